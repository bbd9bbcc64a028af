import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { orderStatementMail } from '../api/file-calls.ts';
import { meQuery, statementMailQuery } from '../api/queries.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { Button } from '../parts/button.tsx';
import { FileTrouble } from './file-trouble.tsx';
import styles from './history.module.css';
import type { Days } from './statement-periods.ts';

interface StatementMailProps {
  readonly accountId: string;
  readonly days: Days | undefined;
}

/** The same statement by e-mail: to the customer's own address, or why that is not possible. */
export function StatementMail({ accountId, days }: StatementMailProps): ReactNode {
  const text = useText();
  const locale = useLocale();
  const mail = useQuery(statementMailQuery).data;
  const support = useQuery({ ...meQuery, enabled: false }).data?.company.support ?? '';
  const ordering = useMutation({
    mutationFn: (wanted: Days) => orderStatementMail(accountId, { ...wanted, locale }),
  });
  if (mail?.isOffered !== true) return null;
  if (mail.sentTo === undefined) {
    return <p className={styles.hint}>{text('statement.no-email', { support })}</p>;
  }
  return (
    <>
      <div className={styles.mail}>
        <Button
          look="quiet"
          busyText={ordering.isPending ? text('statement.ordering') : undefined}
          onPress={() => {
            if (days !== undefined) ordering.mutate(days);
          }}
        >
          {text('statement.mail', { address: mail.sentTo })}
        </Button>
      </div>
      {ordering.isError && <FileTrouble error={ordering.error} />}
      <p role="status" className={styles.hint}>
        {ordering.isSuccess && text('statement.mailed', { address: ordering.data.sentTo })}
      </p>
    </>
  );
}
