import type { Outcome, Snapshot } from '../../../application/ports/payment-provider.ts';
import { waitUntil } from '../deadline.ts';
import { absent, done, outcomeOrAbsent, type StripePackage } from './stripe-calls.ts';
import type { StripeIntent } from './stripe-objects.ts';
import { retrieveSession } from './stripe-sessions.ts';
import {
  claimFromIntent,
  isTakenInPart,
  readIntent,
  readRefund,
  refundClaim,
  snapshotFrom,
} from './stripe-wire.ts';

/** Looks by one of Stripe's names alone: a session, an intent, or a refund made in the cabinet. */
export async function lookAt(
  api: StripePackage,
  ref: string,
  until: number,
): Promise<Outcome<Snapshot | 'absent'>> {
  if (ref.startsWith('pi_')) return lookAtIntent(api, ref, until);
  if (ref.startsWith('re_')) return lookAtRefund(api, ref, until);
  const found = await retrieveSession(api, ref, until);
  if (found.tag !== 'done') return found;
  return found.value === 'absent' ? absent : done(snapshotFrom(found.value));
}

async function lookAtIntent(
  api: StripePackage,
  ref: string,
  until: number,
): Promise<Outcome<Snapshot | 'absent'>> {
  const found = await retrieveIntent(api, ref, until);
  if (found.tag !== 'done') return found;
  return found.value === 'absent' ? absent : done(snapshotOf(found.value) ?? 'absent');
}

async function lookAtRefund(
  api: StripePackage,
  ref: string,
  until: number,
): Promise<Outcome<Snapshot | 'absent'>> {
  if (!/^re_\w{1,250}$/.test(ref)) return { tag: 'invalid', why: 'this is no refund of theirs' };
  const timeout = waitUntil(until, 0.5);
  const refund = await outcomeOrAbsent(api.refunds.retrieve(ref, {}, { timeout }), readRefund);
  if (refund.tag !== 'done') return refund;
  if (refund.value === 'absent') return absent;
  const { payment_intent: intentId } = refund.value;
  if (typeof intentId !== 'string') return absent;
  const intent = await retrieveIntent(api, intentId, until);
  if (intent.tag !== 'done') return intent;
  if (intent.value === 'absent') return absent;
  const snapshot = snapshotOf(intent.value);
  if (snapshot === undefined) return absent;
  // What was let go of a hold taken in part looks like a refund, too, and is none.
  const told = isTakenInPart(intent.value) ? undefined : refundClaim(refund.value);
  return done({ ...snapshot, ...(told !== undefined && { refund: told }) });
}

async function retrieveIntent(
  api: StripePackage,
  ref: string,
  until: number,
): Promise<Outcome<StripeIntent | 'absent'>> {
  if (!/^pi_\w{1,250}$/.test(ref)) return { tag: 'invalid', why: 'this is no intent of theirs' };
  const timeout = waitUntil(until);
  const call = api.paymentIntents.retrieve(ref, { expand: ['latest_charge'] }, { timeout });
  return outcomeOrAbsent(call, readIntent);
}

/** Undefined for a payment that is none of ours: the account may serve other shops. */
function snapshotOf(intent: StripeIntent): Snapshot | undefined {
  const id = intent.metadata['payment_id'];
  if (id === undefined) return undefined;
  return { of: { by: 'id', id }, claim: claimFromIntent(intent, undefined) };
}
