import type { PaymentId } from '../../domain/ids.ts';
import { compare, isPositive, type Money } from '../../domain/money.ts';
import type { Claim } from '../../domain/payment-claim.ts';
import { settle as settleClaim, type Settlement } from '../../domain/payment-settlement.ts';
import { moved, type CapturingPayment, type Payment } from '../../domain/payment.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { PaymentDesk } from '../ports/payment-desk.ts';
import type { PaymentProvider } from '../ports/payment-provider.ts';
import { keyOf } from './key-of.ts';
import type { SettlePayment } from './settle-payment.ts';

export type CapturePaymentRefusal =
  | { readonly reason: 'not-found' }
  | { readonly reason: 'not-held' }
  | { readonly reason: 'wrong-currency' }
  | { readonly reason: 'capture-above-held'; readonly held: Money };

/** Takes held money, or a part of it; the rest goes back to the payer. */
export const capturePayment =
  (desk: PaymentDesk, providers: readonly PaymentProvider[], settle: SettlePayment) =>
  async (id: PaymentId, amount: Money): Promise<Result<Payment, CapturePaymentRefusal>> => {
    const found = await desk.find(id);
    if (found === undefined) return refused({ reason: 'not-found' });
    const { charge } = found;
    if (amount.currency !== charge.currency) return refused({ reason: 'wrong-currency' });
    if (!isPositive(amount) || compare(amount, charge) > 0) {
      return refused({ reason: 'capture-above-held', held: charge });
    }
    const provider = providers.find(({ code }) => code === found.provider);
    if (provider?.capture === undefined) return refused({ reason: 'not-held' });
    const applied = await settle(id, (payment, now) => startCapture(payment, amount, now));
    if (applied.result !== 'moved' || applied.payment.state !== 'capturing') {
      return refused({ reason: 'not-held' });
    }
    const { payment } = applied;
    return ok((await finishCapture(payment, provider, settle)) ?? payment);
  };
export type CapturePayment = ReturnType<typeof capturePayment>;

function startCapture(payment: Payment, captured: Money, now: Instant): Settlement {
  if (payment.state !== 'authorized') return { kind: 'same' };
  const { providerRef } = payment;
  const next = moved(payment, { state: 'capturing', providerRef, captured }, now);
  return { kind: 'moved', payment: next };
}

/** Makes the call, or makes it again with the same key; undefined when nothing is known of its outcome. */
export async function finishCapture(
  payment: CapturingPayment,
  provider: PaymentProvider,
  settle: SettlePayment,
): Promise<Payment | undefined> {
  const key = keyOf(payment);
  const outcome = await provider.capture?.(key, payment.captured);
  const isFirst = payment.attempts <= 1;
  if (outcome === undefined || outcome.tag === 'unknown') return undefined;
  if (outcome.tag === 'not-attempted' && !isFirst) return undefined;
  const asked = outcome.tag === 'done' ? outcome : await provider.query?.(key);
  const claim = asked?.tag === 'done' && asked.value !== 'absent' ? asked.value : undefined;
  if (claim === undefined && outcome.tag !== 'not-attempted') return undefined;
  const applied = await settle(payment.id, (current, now) =>
    afterCapture(current, claim, provider.mode, now),
  );
  return 'payment' in applied ? applied.payment : undefined;
}

/** What the provider's word after a call to capture means; without any, the call surely had no effect. */
export function afterCapture(
  payment: Payment,
  claim: Claim | undefined,
  mode: Claim['mode'],
  now: Instant,
): Settlement {
  if (payment.state !== 'capturing') return { kind: 'same' };
  if (claim !== undefined && claim.state !== 'held' && claim.state !== 'open') {
    return settleClaim(payment, claim, mode, now);
  }
  const { providerRef } = payment;
  return { kind: 'moved', payment: moved(payment, { state: 'authorized', providerRef }, now) };
}
