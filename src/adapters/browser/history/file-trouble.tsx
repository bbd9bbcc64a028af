import type { ReactNode } from 'react';
import { problemText } from '../api/problem-text.ts';
import { useText } from '../i18n/text.ts';
import { Notice } from '../parts/notice.tsx';

/** Why there is no file, and what to do. */
export function FileTrouble({ error }: { readonly error: unknown }): ReactNode {
  const text = useText();
  const problem = problemText(error);
  return (
    <div role="alert">
      <Notice look="warn">{text(problem.id, problem.values)}</Notice>
    </div>
  );
}
