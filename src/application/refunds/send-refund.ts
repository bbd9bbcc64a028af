import { settleRefund, type RefundClaim } from '../../domain/refund-settlement.ts';
import type { Money } from '../../domain/money.ts';
import { refundMoved, refundSums, type Refund } from '../../domain/refund.ts';
import type { SucceededPayment } from '../../domain/payment.ts';
import type { Clock } from '../ports/clock.ts';
import type { PaymentDesk } from '../ports/payment-desk.ts';
import type { Outcome, PaymentProvider } from '../ports/payment-provider.ts';
import type { RefundStore } from '../ports/refund-store.ts';
import { keyOf } from '../payments/key-of.ts';
import type { Decide, SettlePayment } from '../payments/settle-payment.ts';

/**
 * Makes the call that pays back, or finds out what became of it. A call whose outcome is unknown is asked about first
 * and repeated under the same key only when the provider has not heard of it. Answers the refund as it then stands;
 * undefined when nothing new is known.
 */
export const sendRefund =
  (
    desk: PaymentDesk,
    refunds: RefundStore,
    providers: readonly PaymentProvider[],
    settle: SettlePayment,
  ) =>
  async (refund: Refund): Promise<Refund | undefined> => {
    const payment = await desk.find(refund.paymentId);
    const provider = providers.find(({ code }) => code === refund.provider);
    if (payment?.state !== 'succeeded' || provider === undefined) return undefined;
    const others = (await refunds.of(payment.id)).filter(({ id }) => id !== refund.id);
    const paidBack = refundSums(payment, others).refunded;
    const outcome =
      refund.state === 'pending' || refund.attempts > 1
        ? await askOrRepeat(refund, paidBack, payment, provider)
        : await call(refund, paidBack, payment, provider);
    if (outcome === undefined || outcome.tag === 'unknown') return undefined;
    if (outcome.tag === 'not-attempted') return undefined;
    const seen: { refund?: Refund } = {};
    await settle(refund.paymentId, afterRefund(refund, outcome, seen));
    return seen.refund;
  };
export type SendRefund = ReturnType<typeof sendRefund>;

/** Sends refunds whose call was cut short and asks about those on their way. Answers how many were due. */
export const sendDueRefunds =
  (refunds: RefundStore, send: SendRefund, clock: Clock) =>
  async (limit: number): Promise<number> => {
    const due = await refunds.takeDue(clock.now(), limit);
    for (const refund of due) await send(refund);
    return due.length;
  };
export type SendDueRefunds = ReturnType<typeof sendDueRefunds>;

async function call(
  refund: Refund,
  paidBack: Money,
  payment: SucceededPayment,
  provider: PaymentProvider,
): Promise<Outcome<RefundClaim> | undefined> {
  const { id: refundId, amount, reason } = refund;
  const { captured } = payment;
  const command = { refundId, payment: keyOf(payment), captured, paidBack, amount, reason };
  return provider.refund?.(command);
}

async function askOrRepeat(
  refund: Refund,
  paidBack: Money,
  payment: SucceededPayment,
  provider: PaymentProvider,
): Promise<Outcome<RefundClaim> | undefined> {
  const { id: refundId, providerRef: ref, amount } = refund;
  const key = { refundId, ref, payment: keyOf(payment), paidBack, amount };
  const asked = await provider.queryRefund?.(key);
  if (asked?.tag === 'done' && asked.value !== 'absent') {
    return { tag: 'done', value: asked.value };
  }
  if (asked !== undefined && asked.tag !== 'done') return asked;
  return refund.state === 'sending' ? call(refund, paidBack, payment, provider) : undefined;
}

const afterRefund =
  (
    refund: Refund,
    outcome: Exclude<Outcome<RefundClaim>, { readonly tag: 'unknown' | 'not-attempted' }>,
    seen: { refund?: Refund },
  ): Decide =>
  (_payment, now, children) => {
    const current = children.refunds.find(({ id }) => id === refund.id);
    if (current === undefined) return { kind: 'same' };
    if (outcome.tag !== 'done') {
      if (current.state !== 'sending') return { kind: 'same' };
      seen.refund = refundMoved(current, 'failed', now);
      return { kind: 'children', refunds: [seen.refund] };
    }
    const settled = settleRefund(current, outcome.value, now);
    if (settled.kind === 'same') return { kind: 'same' };
    if (settled.kind === 'conflict') return settled;
    seen.refund = settled.refund;
    return { kind: 'children', refunds: [settled.refund] };
  };
