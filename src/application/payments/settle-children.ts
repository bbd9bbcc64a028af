import { settleDispute, type DisputeClaim } from '../../domain/dispute.ts';
import type { RefundId } from '../../domain/ids.ts';
import { isEqual, type Money } from '../../domain/money.ts';
import type { SucceededPayment } from '../../domain/payment.ts';
import { settleRefund, unknownRefund, type RefundClaim } from '../../domain/refund-settlement.ts';
import { debitFor, type Refund } from '../../domain/refund.ts';
import type { Instant } from '../../domain/time.ts';
import type { Children, Decision } from '../ports/payment-store.ts';
import type { Decide } from './settle-payment.ts';

/** What a provider says beside the payment itself. */
export interface ChildrenTold {
  readonly refundedTotal?: Money | undefined;
  readonly refund?: (RefundClaim & { readonly refundId?: string | undefined }) | undefined;
  readonly dispute?: DisputeClaim | undefined;
}

export const tellsOfChildren = ({ refundedTotal, refund, dispute }: ChildrenTold): boolean =>
  (refundedTotal?.minor ?? 0n) > 0n || refund !== undefined || dispute !== undefined;

/**
 * Decides what refunds and disputes become by a provider's word. `newId` names a refund made in the provider's own
 * cabinet, should this be the first we hear of it.
 */
export const byChildren =
  (told: ChildrenTold, newId: RefundId): Decide =>
  (payment, now, children) => {
    if (payment.state !== 'succeeded') {
      return { kind: 'conflict', why: 'money paid back of a payment that is not paid' };
    }
    const changed = new Map<RefundId, Refund>();
    if (told.refund !== undefined) {
      const conflict = takeRefund(told.refund, { payment, children, changed, newId, now });
      if (conflict !== undefined) return conflict;
    }
    takeTotal(told.refundedTotal, { payment, children, changed, newId, now });
    const known = children.disputes.find(({ ref }) => ref === told.dispute?.ref);
    const of = {
      provider: payment.provider,
      paymentId: payment.id,
      customerId: payment.customerId,
    };
    const dispute = told.dispute && settleDispute(known, told.dispute, of, now);
    if (changed.size === 0 && dispute === undefined) return { kind: 'same' };
    const refunds = [...changed.values()];
    return { kind: 'children', refunds, ...(dispute !== undefined && { dispute }) };
  };

interface Taking {
  readonly payment: SucceededPayment;
  readonly children: Children;
  readonly changed: Map<RefundId, Refund>;
  readonly newId: RefundId;
  readonly now: Instant;
}

function takeRefund(
  told: NonNullable<ChildrenTold['refund']>,
  { payment, children, changed, newId, now }: Taking,
): Decision | undefined {
  const known = knownRefund(told, children.refunds);
  if (known === undefined) {
    if (told.amount === undefined || told.state === 'failed' || told.state === 'canceled') {
      return undefined;
    }
    const made = foreignRefund(payment, children.refunds, told.amount, newId, now);
    changed.set(newId, { ...made, state: told.state, providerRef: told.ref });
    return undefined;
  }
  const named = { ...known, providerRef: known.providerRef ?? told.ref };
  const settled = settleRefund(named, told, now);
  if (settled.kind === 'conflict') return settled;
  if (settled.kind === 'moved') changed.set(known.id, settled.refund);
  else if (named.providerRef !== known.providerRef) changed.set(known.id, named);
  return undefined;
}

/** By our own id, by the provider's, or a refund of its cabinet that only a total told of so far. */
const knownRefund = (
  told: NonNullable<ChildrenTold['refund']>,
  refunds: readonly Refund[],
): Refund | undefined =>
  refunds.find(({ id }) => id === told.refundId) ??
  refunds.find(({ providerRef }) => told.ref !== undefined && providerRef === told.ref) ??
  refunds.find(
    ({ origin, providerRef, amount }) =>
      told.refundId === undefined &&
      origin === 'provider' &&
      providerRef === undefined &&
      told.amount !== undefined &&
      isEqual(amount, told.amount),
  );

function takeTotal(total: Money | undefined, taking: Taking): void {
  if (total === undefined) return;
  const { payment, children, changed, newId, now } = taking;
  const current = children.refunds
    .filter(({ id }) => !changed.has(id))
    .concat([...changed.values()]);
  const missing = unknownRefund(total, current);
  if (missing !== undefined && !changed.has(newId)) {
    changed.set(newId, foreignRefund(payment, current, missing, newId, now));
  }
}

/** A refund made in the provider's own cabinet. */
const foreignRefund = (
  payment: SucceededPayment,
  refunds: readonly Refund[],
  amount: Money,
  id: RefundId,
  now: Instant,
): Refund => ({
  id,
  paymentId: payment.id,
  customerId: payment.customerId,
  provider: payment.provider,
  amount,
  debit: debitFor(amount, payment, refunds),
  state: 'succeeded',
  origin: 'provider',
  reason: '',
  requestedBy: undefined,
  approvedBy: undefined,
  providerRef: undefined,
  createdAt: now,
  updatedAt: now,
  attempts: 0,
});
