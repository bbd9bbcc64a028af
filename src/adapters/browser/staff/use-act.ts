import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemText } from '../api/problem-text.ts';
import { useText } from '../i18n/text.ts';

export interface Act {
  readonly start: () => void;
  readonly isBusy: boolean;
  readonly isDone: boolean;
  /** Why it was refused. */
  readonly mistake: string | undefined;
}

/** Something done at the desk. Whatever came of it, what is shown is asked for anew. */
export function useAct(work: () => Promise<unknown>): Act {
  const text = useText();
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: work,
    onSettled: () => client.invalidateQueries({ queryKey: ['staff'] }),
  });
  const problem = act.isError ? problemText(act.error) : undefined;
  return {
    start: () => {
      if (!act.isPending) act.mutate();
    },
    isBusy: act.isPending,
    isDone: act.isSuccess,
    mistake: problem && text(problem.id, problem.values),
  };
}
