import type { ReactNode } from 'react';
import type { MoneyJson } from '../../http/contract/money-json.ts';
import type { StaffPaymentJson } from '../../http/contract/staff-json.ts';
import { useText } from '../i18n/text.ts';
import { Amount } from '../parts/amount.tsx';
import { whyText } from './staff-words.ts';
import styles from './staff.module.css';
import { useStaffMoments } from './use-staff.ts';

/** What is known of a payment, in two columns. What nobody said is left out. */
export function PaymentFacts({ payment }: { readonly payment: StaffPaymentJson }): ReactNode {
  const text = useText();
  const moments = useStaffMoments();
  const sum = (money: MoneyJson | undefined): ReactNode => money && <Amount money={money} />;
  const disputes = payment.disputes
    .map(({ ref, state, reason }) => `${ref}: ${state}, ${reason}`)
    .join('; ');
  const facts: readonly (readonly [string, ReactNode])[] = [
    [text('account.word'), payment.accountNumber],
    [text('staff.provider'), `${payment.provider}, ${payment.method}`],
    [text('staff.credited'), sum(payment.amount)],
    [text('staff.ref'), payment.providerRef],
    [text('staff.fee'), sum(payment.fee)],
    [text('staff.id'), payment.id],
    [text('staff.charge'), sum(payment.charge)],
    [text('staff.created'), moments.full(payment.createdAt)],
    [text('staff.captured'), sum(payment.captured)],
    [text('staff.paid-at'), payment.paidAt && moments.full(payment.paidAt)],
    [text('staff.provider-fee'), sum(payment.providerFee)],
    [text('staff.why'), payment.why === undefined ? payment.reason : whyText(text, payment.why)],
    [text('staff.refunded'), sum(payment.sums?.refunded)],
    [text('staff.outstanding'), sum(payment.sums?.outstanding)],
    [text('staff.left'), sum(payment.sums?.left)],
    [text('staff.disputes'), disputes === '' ? undefined : disputes],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([name, value]) =>
          value !== undefined && (
            <div key={name} className={styles.fact}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
