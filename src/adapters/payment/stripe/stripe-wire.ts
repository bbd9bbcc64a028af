import type { Created, Snapshot } from '../../../application/ports/payment-provider.ts';
import type { DisputeClaim } from '../../../domain/dispute.ts';
import type { Claim, ClaimedState } from '../../../domain/payment-claim.ts';
import type { RefundClaim } from '../../../domain/refund-settlement.ts';
import { instant, parseInstant, second, type Instant } from '../../../domain/time.ts';
import { fromStripeAmount } from './stripe-money.ts';
import {
  intentShape,
  refundShape,
  sessionShape,
  type StripeCharge,
  type StripeDispute,
  type StripeIntent,
  type StripeRefund,
  type StripeSession,
} from './stripe-objects.ts';
import { declineReason } from './stripe-trouble.ts';

/** Reads a session as it came; undefined when it lacks what makes it one. */
export function readSession(json: unknown): StripeSession | undefined {
  return sessionShape.safeParse(json).data;
}
export function readIntent(json: unknown): StripeIntent | undefined {
  return intentShape.safeParse(json).data;
}
export function readRefund(json: unknown): StripeRefund | undefined {
  return refundShape.safeParse(json).data;
}

/** Where the payer goes. A session that is over has no page: then the payer comes straight back to us. */
export function createdFrom(session: StripeSession, returnUrl: string): Created {
  return {
    ref: session.id,
    redirect: { kind: 'get', url: session.url ?? returnUrl },
    expiresAt: instant(session.expires_at * second),
  };
}

/** Whose payment the session is: our id as we gave it. */
export const paymentOf = (session: StripeSession): string | undefined =>
  session.client_reference_id ?? session.metadata?.['payment_id'];

/** The session's intent, where it came with it. */
export const intentOf = ({ payment_intent: intent }: StripeSession): StripeIntent | undefined =>
  typeof intent === 'object' ? (intent ?? undefined) : undefined;

export const intentIdOf = ({ payment_intent: intent }: StripeSession): string | undefined =>
  typeof intent === 'string' ? intent : intent?.id;

/** What a session says of its payment when we ask. */
export function claimFromSession(session: StripeSession): Claim {
  const intent = intentOf(session);
  const state = sessionState(session, intent);
  const told =
    intent !== undefined && (state === 'held' || intent.status === 'succeeded')
      ? claimFromIntent(intent, session.id)
      : undefined;
  if (told !== undefined) return { ...told, mode: modeOf(session.livemode) };
  const error = intent?.last_payment_error;
  return {
    state,
    ref: session.id,
    amount: fromStripeAmount(session.amount_total ?? -1, session.currency ?? ''),
    mode: modeOf(session.livemode),
    reason: state === 'failed' ? declineReason(error?.code, error?.decline_code) : undefined,
    paidAt: undefined,
  };
}

function sessionState(session: StripeSession, intent: StripeIntent | undefined): ClaimedState {
  if (session.status === 'expired') return 'expired';
  if (session.status !== 'complete') return 'open';
  if (intent?.status === 'requires_capture') return 'held';
  if (session.payment_status === 'paid') return 'paid';
  // A method that answers later has said no; the page is closed, so this is final.
  if (intent?.status === 'requires_payment_method') return 'failed';
  return intent === undefined ? 'open' : intentState(intent);
}

/** What an intent says of its payment. `ref` is the session's name, which the intent does not tell. */
export function claimFromIntent(intent: StripeIntent, ref: string | undefined): Claim {
  const state = intentState(intent);
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : undefined;
  const isPaid = state === 'paid';
  return {
    state,
    ref,
    amount: fromStripeAmount(intentAmount(intent, state), intent.currency),
    mode: modeOf(intent.livemode),
    reason: undefined,
    // The charge of a hold was made when the money was held, which is not when it was taken.
    paidAt: isPaid && intent.capture_method !== 'manual' ? momentOf(charge?.created) : undefined,
    refundedTotal: isPaid ? refundedOf(charge ?? undefined) : undefined,
  };
}

function intentState({ status, cancellation_reason: reason }: StripeIntent): ClaimedState {
  switch (status) {
    case 'succeeded':
      return 'paid';
    case 'requires_capture':
      return 'held';
    case 'canceled':
      // Nobody's wish: the hold has run out.
      return reason === 'automatic' || reason === 'expired' ? 'expired' : 'canceled';
    default:
      return 'open';
  }
}

function intentAmount(intent: StripeIntent, state: ClaimedState): number {
  if (state === 'paid') return intent.amount_received;
  return state === 'held' ? intent.amount_capturable : (intent.amount ?? -1);
}

/** Whether only a part of what was held was taken. */
export const isTakenInPart = ({ amount, amount_received: received }: StripeIntent): boolean =>
  amount !== undefined && received < amount;

/**
 * All that was paid back of a charge; undefined when nothing was. Of a hold that was let go, and of one taken in part,
 * Stripe counts what was let go as paid back too: then nobody can tell, and nothing is said.
 */
export function refundedOf(charge: StripeCharge | undefined): Claim['refundedTotal'] {
  if (charge === undefined || charge.captured === false || charge.amount_refunded <= 0) {
    return undefined;
  }
  if ((charge.amount_captured ?? charge.amount) !== charge.amount) return undefined;
  return fromStripeAmount(charge.amount_refunded, charge.currency);
}

/** A paid session as a list shows it. */
export function snapshotFrom(session: StripeSession): Snapshot {
  const id = paymentOf(session);
  const of =
    id === undefined ? ({ by: 'ref', ref: session.id } as const) : ({ by: 'id', id } as const);
  return { of, claim: claimFromSession(session) };
}

const refundStates: Readonly<Record<string, RefundClaim['state']>> = {
  pending: 'pending',
  requires_action: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'canceled',
};

/** What a refund says of itself; undefined for a state nobody has heard of. */
export function refundClaim(refund: StripeRefund): RefundClaim | undefined {
  const state = Object.hasOwn(refundStates, refund.status)
    ? refundStates[refund.status]
    : undefined;
  if (state === undefined) return undefined;
  return { state, ref: refund.id, amount: fromStripeAmount(refund.amount, refund.currency) };
}

/** What a dispute says of itself; undefined when its sum is of a currency we do not keep. */
export function disputeClaim({ id, status, amount, currency, reason }: StripeDispute) {
  const sum = fromStripeAmount(amount, currency);
  if (sum === undefined) return undefined;
  const word = /^[a-z_]{1,60}$/.test(reason) ? reason : '';
  return { ref: id, state: disputeState(status), amount: sum, reason: word } satisfies DisputeClaim;
}

function disputeState(status: string): DisputeClaim['state'] {
  // A closed inquiry never became a dispute: the money stays.
  if (status === 'won' || status === 'warning_closed') return 'won';
  return status === 'lost' ? 'lost' : 'open';
}

export const modeOf = (live: boolean): Claim['mode'] => (live ? 'live' : 'test');

/** Seconds of theirs as a moment of ours; undefined for what is none. */
export function momentOf(seconds: number | undefined): Instant | undefined {
  if (seconds === undefined || seconds < 0 || seconds > 253_402_300_799) return undefined;
  return parseInstant(new Date(seconds * second).toISOString());
}
