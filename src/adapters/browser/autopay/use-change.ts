import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemText } from '../api/problem-text.ts';
import { useText } from '../i18n/text.ts';

/** What a change touches: asked for anew whatever came of it. */
const touched = ['autopay', 'saved-methods', 'payment-methods', 'autopay-consent'] as const;

export interface Change {
  readonly start: () => void;
  readonly isBusy: boolean;
  /** Why it was refused. */
  readonly mistake: string | undefined;
}

/** One change of auto-pay or of the remembered methods; `then` follows a success. */
export function useChange(work: () => Promise<unknown>, then?: () => void): Change {
  const text = useText();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: work,
    onSettled: () =>
      Promise.all(touched.map((key) => client.invalidateQueries({ queryKey: [key] }))),
    onSuccess: () => then?.(),
  });
  const problem = change.isError ? problemText(change.error) : undefined;
  return {
    start: () => {
      if (!change.isPending) change.mutate();
    },
    isBusy: change.isPending,
    mistake: problem && text(problem.id, problem.values),
  };
}
