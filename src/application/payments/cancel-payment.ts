import type { CustomerId, PaymentId } from '../../domain/ids.ts';
import type { Claim } from '../../domain/payment-claim.ts';
import { settle as settleClaim, type Settlement } from '../../domain/payment-settlement.ts';
import {
  moved,
  paymentLifetimeMs,
  type CancelingPayment,
  type Payment,
} from '../../domain/payment.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import { later, type Instant } from '../../domain/time.ts';
import type { PaymentProvider } from '../ports/payment-provider.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
import { keyOf } from './key-of.ts';
import type { SettlePayment } from './settle-payment.ts';

export type CancelPaymentRefusal =
  { readonly reason: 'not-found' } | { readonly reason: 'cannot-cancel' };

/** Whether this payment can be taken back now, without guessing what its payer does meanwhile. */
export const canCancel = (payment: Payment, provider: PaymentProvider | undefined): boolean =>
  payment.state === 'created' ||
  (payment.state === 'pending' && provider?.cancelsOpen === true && provider.cancel !== undefined);

/**
 * Takes back a payment nobody has paid yet: recorded as `canceling` first, then told to the provider, whose answer
 * counts. If it says "already paid", it is paid.
 */
export const cancelPayment =
  (payments: PaymentStore, providers: readonly PaymentProvider[], settle: SettlePayment) =>
  async (id: PaymentId, customer: CustomerId): Promise<Result<Payment, CancelPaymentRefusal>> => {
    const found = await payments.find(id, customer);
    if (found === undefined) return refused({ reason: 'not-found' });
    const provider = providers.find(({ code }) => code === found.provider);
    const applied = await settle(id, (payment, now) =>
      canCancel(payment, provider) ? startCancel(payment, now) : { kind: 'same' },
    );
    if (!('payment' in applied) || applied.result !== 'moved') {
      return refused({ reason: 'cannot-cancel' });
    }
    const { payment } = applied;
    if (payment.state !== 'canceling' || provider === undefined) return ok(payment);
    return ok((await finishCancel(payment, provider, settle)) ?? payment);
  };
export type CancelPayment = ReturnType<typeof cancelPayment>;

/** The step before the call: what happens after it can always be looked at again. */
export function startCancel(payment: Payment, now: Instant): Settlement {
  switch (payment.state) {
    case 'created':
      return {
        kind: 'moved',
        payment: moved(payment, { state: 'canceled', providerRef: undefined }, now),
      };
    case 'pending': {
      const { providerRef, redirect, expiresAt } = payment;
      const next = { state: 'canceling', providerRef, redirect, expiresAt } as const;
      return { kind: 'moved', payment: moved(payment, next, now) };
    }
    case 'authorized': {
      const { providerRef } = payment;
      const expiresAt = later(payment.createdAt, paymentLifetimeMs);
      const next = { state: 'canceling', providerRef, redirect: undefined, expiresAt } as const;
      return { kind: 'moved', payment: moved(payment, next, now) };
    }
    default:
      return { kind: 'same' };
  }
}

/** Makes the call, or makes it again with the same key; undefined when nothing is known of its outcome. */
export async function finishCancel(
  payment: CancelingPayment,
  provider: PaymentProvider,
  settle: SettlePayment,
): Promise<Payment | undefined> {
  const key = keyOf(payment);
  const outcome = await provider.cancel?.(key);
  const isFirst = payment.attempts <= 1;
  if (outcome === undefined || outcome.tag === 'unknown') return undefined;
  if (outcome.tag === 'not-attempted' && !isFirst) return undefined;
  const asked = outcome.tag === 'done' ? outcome : await provider.query?.(key);
  const claim = asked?.tag === 'done' && asked.value !== 'absent' ? asked.value : undefined;
  const surelyNot = outcome.tag === 'not-attempted';
  if (claim === undefined && !surelyNot) return undefined;
  const applied = await settle(payment.id, (current, now) =>
    afterCancel(current, claim, provider.mode, now),
  );
  return 'payment' in applied ? applied.payment : undefined;
}

/** What the provider's word after a call to cancel means; without any, the call surely had no effect. */
export function afterCancel(
  payment: Payment,
  claim: Claim | undefined,
  mode: Claim['mode'],
  now: Instant,
): Settlement {
  if (payment.state !== 'canceling') return { kind: 'same' };
  const { providerRef, redirect, expiresAt } = payment;
  const isHeld = claim?.state === 'held';
  if (isHeld) {
    return { kind: 'moved', payment: moved(payment, { state: 'authorized', providerRef }, now) };
  }
  if (claim === undefined || claim.state === 'open') {
    const next = { state: 'pending', providerRef, redirect, expiresAt } as const;
    return { kind: 'moved', payment: moved(payment, next, now) };
  }
  // Its own word on our call: it did not cancel, the payment had run out before.
  if (claim.state === 'expired' && claim.mode === mode) {
    return { kind: 'moved', payment: moved(payment, { state: 'expired', providerRef }, now) };
  }
  return settleClaim(payment, claim, mode, now);
}
