import type { Outcome, PaymentKey } from '../../../application/ports/payment-provider.ts';
import type { Money } from '../../../domain/money.ts';
import type { Claim } from '../../../domain/payment-claim.ts';
import { isTimeLeft } from '../deadline.ts';
import { done, outcomeOf, twice, uncharged, unheard, type StripePackage } from './stripe-calls.ts';
import { toStripeAmount } from './stripe-money.ts';
import type { StripeSession } from './stripe-objects.ts';
import { findSession } from './stripe-sessions.ts';
import {
  claimFromIntent,
  claimFromSession,
  intentOf,
  readIntent,
  readSession,
} from './stripe-wire.ts';

/** Takes held money, or a part of it. What is held no more is answered as it stands. */
export async function captureHeld(
  api: StripePackage,
  key: PaymentKey,
  amount: Money,
  until: number,
): Promise<Outcome<Claim>> {
  const sum = toStripeAmount(amount);
  if (sum === undefined) return uncharged;
  const found = await findSession(api, key, until);
  if (found.tag !== 'done') return found;
  if (found.value === 'absent') return unheard;
  const { id } = found.value;
  const intent = intentOf(found.value);
  const before = claimFromSession(found.value);
  if (intent === undefined || before.state !== 'held') return done(before);
  if (intent.currency !== sum.currency) return uncharged;

  // A sum of its own has a key of its own: after a refused one another may be tried. Stripe takes a hold only once.
  const idempotencyKey = `${key.paymentId}:capture:${String(sum.amount)}`;
  const params = { amount_to_capture: sum.amount };
  const sent = await twice(until, (timeout) =>
    outcomeOf(
      api.paymentIntents.capture(intent.id, params, { idempotencyKey, timeout }),
      readIntent,
    ),
  );
  if (sent.tag === 'done') return done(claimFromIntent(sent.value, id));
  if (sent.tag === 'not-attempted' || !isTimeLeft(until)) return sent;
  const after = await findSession(api, { ...key, ref: id }, until);
  if (after.tag !== 'done' || after.value === 'absent') return sent;
  const claim = claimFromSession(after.value);
  return claim.state === 'held' ? sent : done(claim);
}

/** The payer may pay, or the money be held, between the look and the call: then it is looked at again. */
const mostRounds = 2;

/** Closes an open session, or lets held money go. What is closed or paid already is answered as it stands. */
export async function cancelPayment(
  api: StripePackage,
  key: PaymentKey,
  until: number,
): Promise<Outcome<Claim>> {
  let sent: Outcome<Claim> | undefined;
  for (let round = 0; round < mostRounds; round += 1) {
    const found = await findSession(api, key, until);
    if (found.tag !== 'done') return sent ?? found;
    if (found.value === 'absent') return unheard;
    const claim = claimFromSession(found.value);
    const isEnded = claim.state !== 'held' && found.value.status !== 'open';
    if (isEnded) return done(sent === undefined ? claim : byOurCall(claim));
    const closed = await close(api, key, found.value, until);
    if (closed.tag === 'done') return closed;
    const mayHaveWorked = sent?.tag === 'unknown';
    sent = mayHaveWorked ? sent : closed;
    if (sent?.tag === 'not-attempted' || !isTimeLeft(until)) break;
  }
  return sent ?? unheard;
}

async function close(
  api: StripePackage,
  { paymentId }: PaymentKey,
  session: StripeSession,
  until: number,
): Promise<Outcome<Claim>> {
  if (session.status === 'open') {
    const idempotencyKey = `${paymentId}:expire`;
    const sent = await twice(until, (timeout) =>
      outcomeOf(
        api.checkout.sessions.expire(session.id, {}, { idempotencyKey, timeout }),
        readSession,
      ),
    );
    return sent.tag === 'done' ? done(byOurCall(claimFromSession(sent.value))) : sent;
  }
  const intent = intentOf(session);
  if (intent === undefined) return done(claimFromSession(session));
  const idempotencyKey = `${paymentId}:cancel`;
  const sent = await twice(until, (timeout) =>
    outcomeOf(api.paymentIntents.cancel(intent.id, {}, { idempotencyKey, timeout }), readIntent),
  );
  return sent.tag === 'done' ? done(claimFromIntent(sent.value, session.id)) : sent;
}

/** Stripe says that a session has expired, however it came to its end; this one we ended. */
const byOurCall = (claim: Claim): Claim =>
  claim.state === 'expired' ? { ...claim, state: 'canceled' } : claim;
