import type { ReactNode } from 'react';
import type { StaffPaymentJson } from '../../http/contract/staff-json.ts';
import { useText } from '../i18n/text.ts';
import { actionTexts } from './staff-words.ts';
import { StaffTable } from './staff-table.tsx';
import styles from './staff.module.css';
import { useStaffMoments } from './use-staff.ts';

/** Who did what with a payment, newest first. */
export function JournalList({ payment }: { readonly payment: StaffPaymentJson }): ReactNode {
  const text = useText();
  const moments = useStaffMoments();
  if (payment.journal.length === 0) {
    return <p className={styles.muted}>{text('staff.no-journal')}</p>;
  }
  return (
    <StaffTable
      title={text('staff.journal')}
      columns={[text('staff.when'), text('staff.who'), text('staff.what'), text('staff.detail')]}
      rows={payment.journal.map(({ at, who, action, detail }, position) => ({
        id: `${at} ${String(position)}`,
        cells: [moments.full(at), who?.name ?? '—', text(actionTexts[action] ?? action), detail],
      }))}
    />
  );
}
