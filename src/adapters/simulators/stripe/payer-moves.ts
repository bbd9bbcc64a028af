import { randomBytes } from 'node:crypto';
import { chargeAnswer, intentAnswer, refundAnswer, sessionAnswer } from './stripe-answers.ts';
import type { Intent, PaymentError, Refund, Session } from './stripe-objects.ts';

/** Something that happened, as a webhook tells it: a snapshot taken at that moment. */
export interface Fact {
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** What a snapshot needs besides the object itself. */
export interface Wire {
  readonly live: boolean;
  urlOf(session: Session): string;
}

export const declines = {
  declined: {
    code: 'card_declined',
    declineCode: 'generic_decline',
    message: 'Your card was declined.',
  },
  'insufficient-funds': {
    code: 'card_declined',
    declineCode: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  '3ds-failed': {
    code: 'payment_intent_authentication_failure',
    message: 'The card could not be authenticated by 3-D Secure.',
  },
} as const satisfies Record<string, PaymentError>;

/** Whether the payer, or the bank behind a delayed method, can still change the outcome. */
export function isUndecided(session: Session): boolean {
  return session.status === 'open' || session.intent?.status === 'processing';
}

/** The payment succeeds: money is taken, or only held when the shop captures by hand. */
export function pay(session: Session, wire: Wire): Fact[] {
  const late = session.intent?.status === 'processing';
  const intent = actingIntent(session);
  const held = session.captureMethod === 'manual';
  session.status = 'complete';
  session.paymentStatus = held ? 'unpaid' : 'paid';
  intent.lastError = undefined;
  intent.chargeId = newId('ch_');
  if (held) {
    intent.status = 'requires_capture';
    intent.amountCapturable = intent.amount;
  } else {
    intent.status = 'succeeded';
    intent.amountReceived = intent.amount;
  }
  return paidFacts(session, intent, wire, late);
}

/** Tells again, as of now, that the session is complete. */
export function retell(session: Session, wire: Wire): Fact[] {
  return session.intent === undefined ? [] : paidFacts(session, session.intent, wire, false);
}

function paidFacts(session: Session, intent: Intent, wire: Wire, late: boolean): Fact[] {
  const above = late ? 'async_payment_succeeded' : 'completed';
  const below = intent.status === 'requires_capture' ? 'amount_capturable_updated' : intent.status;
  return [
    { type: `checkout.session.${above}`, object: snapshot(session, wire) },
    { type: `payment_intent.${below}`, object: intentAnswer(intent, wire.live) },
  ];
}

/** The bank says no. An open session stays open and the payer may try again; a late no is final. */
export function decline(session: Session, error: PaymentError, wire: Wire): Fact[] {
  const late = session.intent?.status === 'processing';
  const intent = actingIntent(session);
  intent.status = 'requires_payment_method';
  intent.lastError = error;
  const failed = {
    type: 'payment_intent.payment_failed',
    object: intentAnswer(intent, wire.live),
  };
  if (!late) return [failed];
  const type = 'checkout.session.async_payment_failed';
  return [{ type, object: snapshot(session, wire) }, failed];
}

/** The payer chose a method that answers later: complete, but not paid yet. */
export function payLater(session: Session, wire: Wire): Fact[] {
  const intent = actingIntent(session);
  session.status = 'complete';
  intent.status = 'processing';
  intent.lastError = undefined;
  return [
    { type: 'checkout.session.completed', object: snapshot(session, wire) },
    { type: 'payment_intent.processing', object: intentAnswer(intent, wire.live) },
  ];
}

/** Closes an open session for good. */
export function expire(session: Session, wire: Wire): Fact[] {
  session.status = 'expired';
  const facts: Fact[] = [{ type: 'checkout.session.expired', object: snapshot(session, wire) }];
  const { intent } = session;
  if (intent === undefined) return facts;
  return [...facts, ...cancel(intent, 'abandoned', wire)];
}

export function cancel(intent: Intent, reason: string | undefined, wire: Wire): Fact[] {
  intent.status = 'canceled';
  intent.amountCapturable = 0;
  intent.cancellationReason = reason;
  return [{ type: 'payment_intent.canceled', object: intentAnswer(intent, wire.live) }];
}

/** Takes the held money, or a part of it; the rest is released. */
export function capture(session: Session, intent: Intent, amount: number, wire: Wire): Fact[] {
  intent.status = 'succeeded';
  intent.amountReceived = amount;
  intent.amountCapturable = 0;
  session.paymentStatus = 'paid';
  return [{ type: 'payment_intent.succeeded', object: intentAnswer(intent, wire.live) }];
}

export function refundFacts(refund: Refund, wire: Wire): Fact[] {
  return [
    { type: 'refund.created', object: refundAnswer(refund) },
    { type: 'charge.refunded', object: chargeAnswer(refund.intent, wire.live) },
  ];
}

/** Makes the session, and what the payer pays, another sum than the shop asked for. */
export function changeAmount(session: Session, amount: number): void {
  session.amountTotal = amount;
  if (session.intent === undefined) return;
  session.intent.amount = amount;
  if (session.intent.status === 'succeeded') session.intent.amountReceived = amount;
}

export function newId(prefix: string): string {
  return prefix + randomBytes(12).toString('hex');
}

function actingIntent(session: Session): Intent {
  session.intent ??= {
    id: newId('pi_'),
    currency: session.currency,
    description: session.intentDescription,
    metadata: session.intentMetadata,
    created: Math.floor(Date.now() / 1000),
    amount: session.amountTotal,
    amountCapturable: 0,
    amountReceived: 0,
    amountRefunded: 0,
    status: 'requires_payment_method',
    chargeId: undefined,
    lastError: undefined,
    cancellationReason: undefined,
  };
  return session.intent;
}

function snapshot(session: Session, wire: Wire): Fact['object'] {
  return sessionAnswer(session, wire.urlOf(session), wire.live);
}
