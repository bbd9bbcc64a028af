import type { StaffPaymentView } from '../../application/staff/show-payment-to-staff.ts';
import type { JournalEntry } from '../../application/ports/staff-store.ts';
import type { StaffId } from '../../domain/ids.ts';
import { providerRefOf, type Payment } from '../../domain/payment.ts';
import type { Refund } from '../../domain/refund.ts';
import type { Staff } from '../../domain/staff.ts';
import { isoText } from '../../domain/time.ts';
import type { RefundJson, StaffPaymentJson, StaffPaymentRowJson } from './contract/staff-json.ts';
import { toMoneyJson } from './to-json.ts';

export type People = ReadonlyMap<StaffId, Staff>;

const person = (id: StaffId, people: People) => ({ id, name: people.get(id)?.name ?? '?' });

export const toPaymentRow = (payment: Payment): StaffPaymentRowJson => ({
  id: payment.id,
  state: payment.state,
  provider: payment.provider,
  method: payment.method,
  accountNumber: payment.accountNumber,
  amount: toMoneyJson(payment.amount),
  charge: toMoneyJson(payment.charge),
  ...(payment.state === 'review' && { why: payment.why }),
  createdAt: isoText(payment.createdAt),
  updatedAt: isoText(payment.updatedAt),
});

export const toRefundJson = (refund: Refund, people: People): RefundJson => ({
  id: refund.id,
  paymentId: refund.paymentId,
  provider: refund.provider,
  amount: toMoneyJson(refund.amount),
  debit: toMoneyJson(refund.debit),
  state: refund.state,
  origin: refund.origin,
  reason: refund.reason,
  ...(refund.requestedBy && { requestedBy: person(refund.requestedBy, people) }),
  ...(refund.approvedBy && { approvedBy: person(refund.approvedBy, people) }),
  createdAt: isoText(refund.createdAt),
  updatedAt: isoText(refund.updatedAt),
});

export function toStaffPayment(view: StaffPaymentView): StaffPaymentJson {
  const { payment, sums, people } = view;
  const ref = providerRefOf(payment);
  return {
    ...toPaymentRow(payment),
    customerId: payment.customerId,
    fee: toMoneyJson(payment.fee),
    late: payment.state === 'succeeded' && payment.late,
    ...('captured' in payment &&
      payment.captured !== undefined && { captured: toMoneyJson(payment.captured) }),
    ...(ref !== undefined && { providerRef: ref }),
    ...paidFacts(payment),
    ...(payment.state === 'failed' && { reason: payment.reason }),
    ...reviewFacts(view),
    ...(sums !== undefined && {
      sums: {
        refunded: toMoneyJson(sums.refunded),
        outstanding: toMoneyJson(sums.outstanding),
        disputed: toMoneyJson(sums.disputed),
        left: toMoneyJson(sums.left),
      },
    }),
    ...(view.alone !== undefined && { alone: toMoneyJson(view.alone) }),
    can: view.can,
    refunds: view.refunds.map((refund) => toRefundJson(refund, people)),
    disputes: view.disputes.map(({ ref: name, amount, state, reason, openedAt }) => ({
      ...{ ref: name, amount: toMoneyJson(amount), state, reason, openedAt: isoText(openedAt) },
    })),
    journal: view.journal.map((entry) => toJournalJson(entry, people)),
  };
}

function paidFacts(payment: Payment): Partial<StaffPaymentJson> {
  if (payment.state !== 'succeeded') return {};
  const { paidAt, providerFee } = payment;
  return {
    paidAt: isoText(paidAt),
    ...(providerFee !== undefined && { providerFee: toMoneyJson(providerFee) }),
  };
}

function reviewFacts({ payment, people, reviewTakesTwo }: StaffPaymentView) {
  if (payment.state !== 'review') return {};
  const { proposal } = payment;
  return {
    review: {
      takesTwo: reviewTakesTwo,
      ...(proposal && { proposal: { as: proposal.as, by: person(proposal.by, people) } }),
    },
  };
}

const toJournalJson = ({ at, staffId, action, detail }: JournalEntry, people: People) => ({
  at: isoText(at),
  ...(staffId !== undefined && { who: person(staffId, people) }),
  action,
  detail,
});
