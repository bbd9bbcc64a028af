import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReconciliationJson } from '../../http/contract/desk-json.ts';
import { Problem } from '../api/problem.ts';
import { breaksCsvPath, reconciliationQuery } from '../api/staff-calls.ts';
import { useText } from '../i18n/text.ts';
import { buttonClass } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PaymentLink } from './desk-page.tsx';
import { Queue } from './staff-table.tsx';
import styles from './staff.module.css';
import { useStaffMoments } from './use-staff.ts';

type Break = ReconciliationJson['breaks'][number];

/** One reconciliation: every break with what stands on each side. */
export function ReconciliationRunPage(): ReactNode {
  const text = useText();
  const moments = useStaffMoments();
  const { id } = useParams({ from: '/staff/staff/reconciliation/$id' });
  const query = useQuery(reconciliationQuery(id));
  const run = query.data;
  const title = text('staff.reconciliation');
  const isAbsent = query.error instanceof Problem && query.error.status === 404;
  return (
    <div className={styles.page}>
      <PageHeading title={title}>
        {title}
        {run !== undefined && ` · ${run.provider} · ${moments.numericDay(run.day)}`}
      </PageHeading>
      {run !== undefined && (
        <div className={styles.buttons}>
          <a href={breaksCsvPath(run.id)} download className={buttonClass('plain')}>
            <Icon name="download" />
            {text('staff.csv')}
          </a>
          <span className={styles.muted}>
            {text('staff.run-line', { lines: run.lines, matched: run.matched })}
          </span>
        </div>
      )}
      {isAbsent ? (
        <p>{text('staff.no-run')}</p>
      ) : (
        <Queue
          title={text('staff.breaks')}
          query={query}
          empty={text('staff.no-breaks')}
          columns={[
            text('staff.break'),
            text('staff.payment'),
            text('staff.ref'),
            text('staff.ours'),
            text('staff.theirs'),
          ]}
          rows={(run?.breaks ?? []).map((each, position) => ({
            id: String(position),
            cells: cellsOf(each, text(each.state === 'open' ? 'staff.break-open' : 'staff.healed')),
          }))}
        />
      )}
    </div>
  );
}

const cellsOf = ({ code, paymentId, ref, ours, theirs, state }: Break, word: string) => [
  <span key="code" className={state === 'open' ? styles.bad : ''}>
    {code}, {word}
  </span>,
  paymentId === undefined ? '—' : <PaymentLink key="link" id={paymentId} name={paymentId} />,
  ref ?? '—',
  ours === '' ? '—' : ours,
  theirs === '' ? '—' : theirs,
];
