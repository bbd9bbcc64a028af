import type { ReactNode } from 'react';
import type { RefundJson, StaffPaymentJson } from '../../http/contract/staff-json.ts';
import { decideRefund } from '../api/staff-calls.ts';
import { useText } from '../i18n/text.ts';
import { Amount } from '../parts/amount.tsx';
import { ActButton, ActMistake } from './act-button.tsx';
import { refundTexts } from './staff-words.ts';
import styles from './staff.module.css';
import { useAct } from './use-act.ts';
import { useMay, useStaffMe, useStaffMoments } from './use-staff.ts';

/** Money that went back, or is on its way; the second person decides here. */
export function RefundList({ payment }: { readonly payment: StaffPaymentJson }): ReactNode {
  const text = useText();
  if (payment.refunds.length === 0) {
    return <p className={styles.muted}>{text('staff.none-refunded')}</p>;
  }
  return (
    <ul>
      {payment.refunds.map((refund) => (
        <RefundEntry key={refund.id} refund={refund} />
      ))}
    </ul>
  );
}

function RefundEntry({ refund }: { readonly refund: RefundJson }): ReactNode {
  const text = useText();
  const moments = useStaffMoments();
  const may = useMay();
  const { state, requestedBy, approvedBy } = refund;
  return (
    <li className={styles.entry}>
      <p className={styles.line}>
        <strong>
          <Amount money={refund.amount} />
        </strong>
        <span>{text(refundTexts[state])}</span>
      </p>
      <p>{refund.reason}</p>
      <p className={`${styles.line} ${styles.muted}`}>
        <span>
          {text('staff.asked-by')}: {requestedBy?.name ?? refund.provider}
        </span>
        {approvedBy !== undefined && (
          <span>
            {text('staff.decided-by')}: {approvedBy.name}
          </span>
        )}
        <span>{moments.short(refund.createdAt)}</span>
      </p>
      {state === 'requested' && may('decide-refund') && <Decision refund={refund} />}
    </li>
  );
}

function Decision({ refund }: { readonly refund: RefundJson }): ReactNode {
  const text = useText();
  const isOwn = useStaffMe()?.staffId === refund.requestedBy?.id;
  const agree = useAct(() => decideRefund(refund.id, true));
  const disagree = useAct(() => decideRefund(refund.id, false));
  return (
    <>
      {isOwn && <p className={styles.muted}>{text('staff.needs-other')}</p>}
      <div className={styles.buttons}>
        <ActButton act={agree} look="main" isDisabled={isOwn}>
          {text('staff.agree')}
        </ActButton>
        <ActButton act={disagree}>{text('staff.disagree')}</ActButton>
      </div>
      <ActMistake act={agree} />
      <ActMistake act={disagree} />
    </>
  );
}
