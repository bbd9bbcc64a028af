import type { Reading } from '../../../application/ports/payment-provider.ts';
import type { Claim } from '../../../domain/payment-claim.ts';
import { jsonOfBytes } from '../json.ts';
import { fromStripeAmount } from './stripe-money.ts';
import { chargeShape, disputeShape, eventShape, type StripeEvent } from './stripe-objects.ts';
import {
  claimFromIntent,
  claimFromSession,
  disputeClaim,
  modeOf,
  momentOf,
  paymentOf,
  readIntent,
  readRefund,
  readSession,
  refundClaim,
  refundedOf,
} from './stripe-wire.ts';

const malformed: Reading = { tag: 'refused', why: 'malformed' };
const ignored = (why: string): Reading => ({ tag: 'ignored', why });
const foreign = ignored('not a payment of ours');

/** Reads the body of a notification whose signature was good. */
export function readEvent(body: Uint8Array, mode: Claim['mode']): Reading {
  const event = eventShape.safeParse(jsonOfBytes(body)).data;
  if (event === undefined) return malformed;
  if (modeOf(event.livemode) !== mode) return { tag: 'refused', why: 'mode' };

  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired':
      return sessionReading(event);
    case 'payment_intent.succeeded':
    case 'payment_intent.amount_capturable_updated':
    case 'payment_intent.canceled':
      return intentReading(event);
    case 'charge.refunded':
      return chargeReading(event);
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return refundReading(event);
    case 'charge.dispute.created':
    case 'charge.dispute.closed':
      return disputeReading(event);
    default:
      // Of payment_intent.payment_failed, too: the payer may try another card on the same page.
      return ignored('this event settles nothing');
  }
}

const proofOf = (event: StripeEvent, paymentId: string) =>
  ({ tag: 'proof', eventKey: event.id, of: { by: 'id', id: paymentId } }) as const;

function sessionReading(event: StripeEvent): Reading {
  const session = readSession(event.data.object);
  if (session === undefined) return malformed;
  const paymentId = paymentOf(session);
  if (paymentId === undefined) return foreign;

  const claim = { ...claimFromSession(session), paidAt: momentOf(event.created) };
  const proof = proofOf(event, paymentId);
  if (event.type === 'checkout.session.expired') {
    return { ...proof, claim: { ...claim, state: 'expired', paidAt: undefined } };
  }
  if (event.type === 'checkout.session.async_payment_failed') {
    const reason = claim.reason ?? 'declined';
    return { ...proof, claim: { ...claim, state: 'failed', reason, paidAt: undefined } };
  }
  // Unpaid: a method that answers later, or money that is only held, of which the intent tells.
  if (session.payment_status !== 'paid') return ignored('not paid yet');
  return { ...proof, claim: { ...claim, state: 'paid', reason: undefined } };
}

/** What each event of an intent is about; a snapshot in another state settles nothing. */
const intentStates: Readonly<Record<string, readonly Claim['state'][]>> = {
  'payment_intent.succeeded': ['paid'],
  'payment_intent.amount_capturable_updated': ['held'],
  'payment_intent.canceled': ['canceled', 'expired'],
};

function intentReading(event: StripeEvent): Reading {
  const intent = readIntent(event.data.object);
  if (intent === undefined) return malformed;
  const paymentId = intent.metadata['payment_id'];
  if (paymentId === undefined) return foreign;
  // Our name for the payment there is the session's, which the intent does not tell.
  const claim = claimFromIntent(intent, undefined);
  if (!(intentStates[event.type] ?? []).includes(claim.state)) {
    return ignored('the intent is in another state');
  }
  const paidAt = claim.state === 'paid' ? momentOf(event.created) : undefined;
  return { ...proofOf(event, paymentId), claim: { ...claim, paidAt } };
}

/** A charge tells the total of what was paid back, also of refunds made in the cabinet. */
function chargeReading(event: StripeEvent): Reading {
  const paymentId = markOf(event, 'payment_id');
  if (paymentId === undefined) return foreign;
  const charge = chargeShape.safeParse(event.data.object).data;
  if (charge === undefined) return malformed;
  const refundedTotal = refundedOf(charge);
  if (refundedTotal === undefined) return ignored('no total of refunds can be told');
  const claim: Claim = {
    state: 'paid',
    ref: undefined,
    amount: fromStripeAmount(charge.amount, charge.currency),
    mode: modeOf(event.livemode),
    reason: undefined,
    paidAt: momentOf(charge.created),
    refundedTotal,
  };
  return { ...proofOf(event, paymentId), claim };
}

/** A refund of ours carries our marks. One made in the cabinet has none: whose it is has to be asked. */
function refundReading(event: StripeEvent): Reading {
  const refund = readRefund(event.data.object);
  if (refund === undefined) return malformed;
  const told = refundClaim(refund);
  if (told === undefined) return ignored('a refund in a state nobody has heard of');
  const { payment_id: paymentId, refund_id: refundId } = refund.metadata;
  if (paymentId === undefined) return { tag: 'hint', eventKey: event.id, ref: refund.id };
  const claim: Claim = {
    // It says nothing of the payment itself: `open` moves none.
    state: 'open',
    ref: undefined,
    amount: undefined,
    mode: modeOf(event.livemode),
    reason: undefined,
    paidAt: undefined,
  };
  const named = refundId === undefined ? {} : { refundId };
  return { ...proofOf(event, paymentId), claim, refund: { ...told, ...named } };
}

/** A dispute knows the intent only: the signature proves the dispute, a look tells whose payment it is about. */
function disputeReading(event: StripeEvent): Reading {
  const found = disputeShape.safeParse(event.data.object).data;
  if (found === undefined) return malformed;
  const dispute = disputeClaim(found);
  const { payment_intent: ref } = found;
  if (dispute === undefined || typeof ref !== 'string') return foreign;
  return { tag: 'hint', eventKey: event.id, ref, dispute };
}

function markOf({ data }: StripeEvent, name: string): string | undefined {
  const { metadata } = data.object;
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const mark = Object.entries(metadata).find(([key]) => key === name)?.[1] as unknown;
  return typeof mark === 'string' ? mark : undefined;
}
