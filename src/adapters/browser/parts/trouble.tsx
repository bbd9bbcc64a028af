import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from '../api/problem.ts';
import { problemText } from '../api/problem-text.ts';
import { meQuery } from '../api/queries.ts';
import { useText } from '../i18n/text.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface TroubleProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** One part of a page could not be shown: what happened, whom to ask, the id of this very error. */
export function Trouble({ error, onRetry }: TroubleProps): ReactNode {
  const text = useText();
  const support = useQuery({ ...meQuery, enabled: false }).data?.company.support;
  const { id, values } = problemText(error);
  const isOurs = error instanceof Problem && error.status >= 500;
  const instance = error instanceof Problem ? error.body.instance : undefined;
  return (
    <div role="alert">
      <Notice look={isOurs ? 'bad' : 'warn'}>
        <p>{text(id, values)}</p>
        {isOurs && support !== undefined && <p>{text('trouble.support', { support })}</p>}
        {isOurs && instance !== undefined && <p>{text('trouble.instance', { instance })}</p>}
        {onRetry !== undefined && <Button onPress={onRetry}>{text('loading.retry')}</Button>}
      </Notice>
    </div>
  );
}
