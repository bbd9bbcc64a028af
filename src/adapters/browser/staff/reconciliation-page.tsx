import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { reconciliationsQuery } from '../api/staff-calls.ts';
import { useText } from '../i18n/text.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { Queue } from './staff-table.tsx';
import styles from './staff.module.css';
import { useStaffMoments } from './use-staff.ts';

/** Days held against the payment systems' own word, newest first. */
export function ReconciliationPage(): ReactNode {
  const text = useText();
  const moments = useStaffMoments();
  const query = useQuery(reconciliationsQuery);
  return (
    <div className={styles.page}>
      <PageHeading title={text('staff.reconciliation')}>{text('staff.reconciliation')}</PageHeading>
      <Queue
        title={text('staff.runs')}
        query={query}
        empty={text('staff.no-runs')}
        columns={[
          text('history.day'),
          text('staff.provider'),
          text('staff.source'),
          text('staff.lines'),
          text('staff.matched'),
          text('staff.healed'),
          text('staff.open-breaks'),
        ]}
        sums={[3, 4, 5, 6]}
        rows={(query.data?.items ?? []).map((run) => ({
          id: run.id,
          cells: [
            <Link
              key="link"
              to="/staff/reconciliation/$id"
              params={{ id: run.id }}
              className={styles.link ?? ''}
            >
              {moments.numericDay(run.day)}
            </Link>,
            run.provider,
            text(sourceTexts[run.source], { batch: run.batch ?? '' }),
            run.lines,
            run.matched,
            run.healed,
            <span key="open" className={run.open > 0 ? styles.bad : ''}>
              {run.open}
            </span>,
          ],
        }))}
      />
    </div>
  );
}

const sourceTexts = {
  list: 'staff.by-list',
  registry: 'staff.by-registry',
  settlement: 'staff.by-settlement',
} as const;
