import { z } from 'zod';
import type {
  CreateCommand,
  Created,
  Reading,
} from '../../../application/ports/payment-provider.ts';
import type { Claim, ClaimedState } from '../../../domain/payment-claim.ts';
import { instant, parseInstant, second } from '../../../domain/time.ts';
import { fromStripeAmount, toStripeAmount } from './stripe-money.ts';
import { declineReason } from './stripe-trouble.ts';

const longestName = 250;

/** What we ask Stripe for; undefined when the sum cannot be charged there. The same command asks the same. */
export function sessionRequest(command: CreateCommand) {
  const sum = toStripeAmount(command.amount);
  if (sum === undefined) return undefined;
  const { paymentId, returnUrl } = command;
  const description = shortened(command.description);
  return {
    mode: 'payment' as const,
    client_reference_id: paymentId as string,
    // The intent does not inherit the session's metadata, and its events must tell whose they are.
    metadata: { payment_id: paymentId as string },
    success_url: returnUrl,
    cancel_url: returnUrl,
    // The page speaks the browser's language; a repeated call must not differ by whoever repeats it.
    locale: 'auto',
    expires_at: Math.floor(command.expiresAt / second),
    allowed_payment_method_types: ['card' as const],
    payment_intent_data: {
      capture_method: 'automatic' as const,
      description,
      metadata: { payment_id: paymentId as string },
    },
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: sum.currency,
          unit_amount: sum.amount,
          product_data: { name: description },
        },
      },
    ],
  };
}

/** Cuts between characters, not within one. */
function shortened(description: string): string {
  return Array.from(description.toWellFormed()).slice(0, longestName).join('');
}

const intentShape = z.object({
  id: z.string(),
  status: z.string(),
  amount_received: z.number().catch(0),
  currency: z.string(),
  livemode: z.boolean(),
  metadata: z.record(z.string(), z.string()).catch({}),
  last_payment_error: z
    .object({ code: z.string().optional(), decline_code: z.string().nullish() })
    .nullish()
    .catch(undefined),
});

const sessionShape = z.object({
  id: z.string(),
  url: z.string().nullish(),
  status: z.string().nullish(),
  payment_status: z.string(),
  amount_total: z.number().nullish(),
  currency: z.string().nullish(),
  client_reference_id: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish().catch(undefined),
  livemode: z.boolean(),
  expires_at: z.number(),
  payment_intent: z.union([z.string(), intentShape]).nullish().catch(undefined),
});
export type StripeSession = z.output<typeof sessionShape>;

/** Reads a session as it came; undefined when it lacks what makes it one. */
export function readSession(json: unknown): StripeSession | undefined {
  return sessionShape.safeParse(json).data;
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

/** What a session says of its payment when we ask. */
export function claimFromSession(session: StripeSession): Claim {
  const { payment_intent: intent } = session;
  const error = typeof intent === 'object' ? intent?.last_payment_error : undefined;
  const state = stateOf(session);
  return {
    state,
    ref: session.id,
    amount: sessionAmount(session),
    mode: modeOf(session.livemode),
    reason: state === 'failed' ? declineReason(error?.code, error?.decline_code) : undefined,
    paidAt: undefined,
  };
}

function stateOf(session: StripeSession): ClaimedState {
  if (session.status === 'expired') return 'expired';
  if (session.status !== 'complete') return 'open';
  if (session.payment_status !== 'unpaid') return 'paid';
  const { payment_intent: intent } = session;
  const status = typeof intent === 'object' ? intent?.status : undefined;
  // A method that answers later has said no; the page is closed, so this is final.
  if (status === 'requires_payment_method') return 'failed';
  return status === 'canceled' ? 'canceled' : 'open';
}

/** What was received counts; what was asked only while nothing tells more. */
function sessionAmount(session: StripeSession): Claim['amount'] {
  const { payment_intent: intent } = session;
  if (typeof intent === 'object' && intent?.status === 'succeeded') {
    return fromStripeAmount(intent.amount_received, intent.currency);
  }
  return fromStripeAmount(session.amount_total ?? -1, session.currency ?? '');
}

const modeOf = (live: boolean): Claim['mode'] => (live ? 'live' : 'test');

const eventShape = z.object({
  id: z.string().min(1).max(255),
  type: z.string(),
  created: z.number().int().optional(),
  livemode: z.boolean(),
  data: z.object({ object: z.record(z.string(), z.unknown()) }),
});
type StripeEvent = z.output<typeof eventShape>;

/** Reads the body of a notification whose signature was good. */
export function readEvent(body: Uint8Array, mode: Claim['mode']): Reading {
  const event = eventShape.safeParse(jsonOf(body)).data;
  if (event === undefined) return { tag: 'refused', why: 'malformed' };
  if (modeOf(event.livemode) !== mode) return { tag: 'refused', why: 'mode' };

  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired':
      return sessionReading(event);
    case 'payment_intent.succeeded':
      return intentReading(event);
    default:
      // Of payment_intent.payment_failed, too: the payer may try another card on the same page.
      return { tag: 'ignored', why: 'this event settles nothing' };
  }
}

function sessionReading(event: StripeEvent): Reading {
  const session = readSession(event.data.object);
  if (session === undefined) return { tag: 'refused', why: 'malformed' };
  const paymentId = paymentOf(session);
  if (paymentId === undefined) return { tag: 'ignored', why: 'not a payment of ours' };

  const claim = { ...claimFromSession(session), paidAt: momentOf(event) };
  const proof = { tag: 'proof', eventKey: event.id, of: { by: 'id', id: paymentId } } as const;
  if (event.type === 'checkout.session.expired') {
    return { ...proof, claim: { ...claim, state: 'expired', paidAt: undefined } };
  }
  if (event.type === 'checkout.session.async_payment_failed') {
    const reason = claim.reason ?? 'declined';
    return { ...proof, claim: { ...claim, state: 'failed', reason, paidAt: undefined } };
  }
  if (session.payment_status !== 'paid') return { tag: 'ignored', why: 'not paid yet' };
  return { ...proof, claim: { ...claim, state: 'paid', reason: undefined } };
}

function intentReading(event: StripeEvent): Reading {
  const intent = intentShape.safeParse(event.data.object).data;
  if (intent === undefined) return { tag: 'refused', why: 'malformed' };
  const paymentId = intent.metadata['payment_id'];
  if (paymentId === undefined) return { tag: 'ignored', why: 'not a payment of ours' };
  return {
    tag: 'proof',
    eventKey: event.id,
    of: { by: 'id', id: paymentId },
    claim: {
      state: 'paid',
      // Our name for the payment there is the session's, which the intent does not tell.
      ref: undefined,
      amount: fromStripeAmount(intent.amount_received, intent.currency),
      mode: modeOf(intent.livemode),
      reason: undefined,
      paidAt: momentOf(event),
    },
  };
}

function momentOf({ created }: StripeEvent): Claim['paidAt'] {
  if (created === undefined || created < 0 || created > 253_402_300_799) return undefined;
  return parseInstant(new Date(created * second).toISOString());
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
