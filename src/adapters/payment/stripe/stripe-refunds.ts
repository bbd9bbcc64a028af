import type {
  Outcome,
  PaymentKey,
  RefundCommand,
  RefundKey,
} from '../../../application/ports/payment-provider.ts';
import type { RefundId } from '../../../domain/ids.ts';
import type { RefundClaim } from '../../../domain/refund-settlement.ts';
import { isTimeLeft, waitUntil } from '../deadline.ts';
import { unreadable, type Trouble } from '../trouble.ts';
import {
  absent,
  done,
  outcomeOf,
  outcomeOrAbsent,
  twice,
  uncharged,
  unheard,
  type StripePackage,
} from './stripe-calls.ts';
import { refundRequest } from './stripe-requests.ts';
import { findSession } from './stripe-sessions.ts';
import { troubleOf } from './stripe-trouble.ts';
import { intentIdOf, readRefund, refundClaim } from './stripe-wire.ts';

const mostRefundsLookedAt = 1_000;

/** Pays back under the refund's own id. When the answer is lost, the intent's refunds tell what became of it. */
export async function refundPaid(
  api: StripePackage,
  command: RefundCommand,
  until: number,
): Promise<Outcome<RefundClaim>> {
  const found = await intentIdFor(api, command.payment, until);
  if (found.tag !== 'done') return found;
  const intentId = found.value;
  if (intentId === undefined) return unheard;
  if (command.amount.currency !== command.captured.currency) return uncharged;
  const request = refundRequest(command, intentId);
  if (request === undefined) return uncharged;
  const idempotencyKey = command.refundId as string;
  const sent = await twice(until, (timeout) =>
    outcomeOf(api.refunds.create(request, { idempotencyKey, timeout }), claimOf),
  );
  if (sent.tag === 'done' || sent.tag === 'not-attempted' || !isTimeLeft(until)) return sent;
  const made = await searchRefund(api, intentId, command.refundId, until);
  if (made.tag !== 'done') return sent.tag === 'unknown' ? sent : made;
  return made.value === 'absent' ? sent : done(made.value);
}

/** Asks how a refund stands: by its name there, else by our mark on it among the refunds of its intent. */
export async function findRefund(
  api: StripePackage,
  { refundId, ref, payment }: RefundKey,
  until: number,
): Promise<Outcome<RefundClaim | 'absent'>> {
  if (ref !== undefined) {
    if (!/^re_\w{1,250}$/.test(ref)) return { tag: 'invalid', why: 'this is no refund of theirs' };
    const timeout = waitUntil(until);
    return outcomeOrAbsent(api.refunds.retrieve(ref, {}, { timeout }), claimOf);
  }
  const found = await intentIdFor(api, payment, until);
  if (found.tag !== 'done') return found;
  if (found.value === undefined) return absent;
  return searchRefund(api, found.value, refundId, until);
}

/** The intent behind a payment; undefined while nobody has paid. */
async function intentIdFor(
  api: StripePackage,
  payment: PaymentKey,
  until: number,
): Promise<Outcome<string | undefined>> {
  const found = await findSession(api, payment, until);
  if (found.tag !== 'done') return found;
  return done(found.value === 'absent' ? undefined : intentIdOf(found.value));
}

async function searchRefund(
  api: StripePackage,
  intentId: string,
  refundId: RefundId,
  until: number,
): Promise<Outcome<RefundClaim | 'absent'>> {
  const timeout = waitUntil(until);
  let looked = 0;
  try {
    const refunds = api.refunds.list({ payment_intent: intentId, limit: 100 }, { timeout });
    for await (const json of refunds) {
      const refund = readRefund(json);
      if (refund?.metadata['refund_id'] === refundId) {
        const told = refundClaim(refund);
        return told === undefined ? unreadable : done(told);
      }
      looked += 1;
      if (looked >= mostRefundsLookedAt || !isTimeLeft(until)) return tooMany;
    }
    return absent;
  } catch (error) {
    return troubleOf(error);
  }
}

const tooMany: Trouble = { tag: 'unknown', why: 'too many refunds to look through' };

function claimOf(json: unknown): RefundClaim | undefined {
  const refund = readRefund(json);
  return refund && refundClaim(refund);
}
