import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { OperationJson } from '../../http/contract/account-json.ts';
import { useText } from '../i18n/text.ts';
import { useMoments } from '../i18n/use-moments.ts';
import styles from './history.module.css';
import { kindTexts } from './operation-words.ts';

interface OperationNameProps {
  readonly operation: OperationJson;
  readonly isNew: boolean;
}

/** What it was for; below it the kind, the time and the other side. Leads to the receipt if paid here. */
export function OperationName({ operation, isNew }: OperationNameProps): ReactNode {
  const text = useText();
  const moments = useMoments();
  const { description, paymentId, kind, counterparty, postedAt } = operation;
  return (
    <div className={styles.name}>
      {paymentId === undefined ? (
        <span>{description}</span>
      ) : (
        <Link to="/payments/$id" params={{ id: paymentId }} className={styles.nameLink ?? ''}>
          {description}
        </Link>
      )}
      <span className={styles.second}>
        {isNew && <span className={styles.newMark}>{text('operation.new')}</span>}
        {text(kindTexts[kind])}
        {' · '}
        <time dateTime={postedAt}>{moments.time(postedAt)}</time>
        {counterparty !== undefined && ` · ${counterparty}`}
      </span>
    </div>
  );
}
