import { randomBytes } from 'node:crypto';
import { intentAnswer, sessionAnswer } from './stripe-answers.ts';
import type { Intent, PaymentError, Session } from './stripe-objects.ts';

/** Something that happened, as a webhook tells it: a snapshot taken at that moment. */
export interface Fact {
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
  /** The shop's payment it speaks of. */
  readonly paymentId: string;
}

/** What a snapshot needs besides the object itself. */
export interface Wire {
  readonly live: boolean;
  /** Seconds since 1970. */
  now(): number;
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
  const intent = actingIntent(session, wire);
  const held = session.captureMethod === 'manual';
  session.status = 'complete';
  session.paymentStatus = held ? 'unpaid' : 'paid';
  intent.lastError = undefined;
  intent.chargeId = newId('ch_');
  if (held) {
    intent.status = 'requires_capture';
    intent.amountCapturable = intent.amount;
    intent.heldAt = wire.now();
  } else {
    intent.status = 'succeeded';
    intent.amountReceived = intent.amount;
  }
  return paidFacts(session, intent, wire, late);
}

/** Whether money was taken or is held. */
export function isPaid({ intent }: Session): boolean {
  return intent?.status === 'succeeded' || intent?.status === 'requires_capture';
}

/** Tells again, as of now, that the session is complete. */
export function retell(session: Session, wire: Wire): Fact[] {
  return session.intent === undefined ? [] : paidFacts(session, session.intent, wire, false);
}

function paidFacts(session: Session, intent: Intent, wire: Wire, late: boolean): Fact[] {
  const above = late ? 'async_payment_succeeded' : 'completed';
  const below = intent.status === 'requires_capture' ? 'amount_capturable_updated' : intent.status;
  return [
    sessionFact(`checkout.session.${above}`, session, wire),
    intentFact(`payment_intent.${below}`, intent, wire),
  ];
}

/** The bank says no. An open session stays open and the payer may try again; a late no is final. */
export function decline(session: Session, error: PaymentError, wire: Wire): Fact[] {
  const late = session.intent?.status === 'processing';
  const intent = actingIntent(session, wire);
  intent.status = 'requires_payment_method';
  intent.lastError = error;
  const failed = intentFact('payment_intent.payment_failed', intent, wire);
  if (!late) return [failed];
  return [sessionFact('checkout.session.async_payment_failed', session, wire), failed];
}

/** The payer chose a method that answers later: complete, but not paid yet. */
export function payLater(session: Session, wire: Wire): Fact[] {
  const intent = actingIntent(session, wire);
  session.status = 'complete';
  intent.status = 'processing';
  intent.lastError = undefined;
  return [
    sessionFact('checkout.session.completed', session, wire),
    intentFact('payment_intent.processing', intent, wire),
  ];
}

/** Closes an open session for good. */
export function expire(session: Session, wire: Wire): Fact[] {
  session.status = 'expired';
  const facts = [sessionFact('checkout.session.expired', session, wire)];
  const { intent } = session;
  if (intent === undefined) return facts;
  return [...facts, ...cancel(intent, 'abandoned', wire)];
}

export function cancel(intent: Intent, reason: string | undefined, wire: Wire): Fact[] {
  intent.status = 'canceled';
  intent.amountCapturable = 0;
  intent.cancellationReason = reason;
  return [intentFact('payment_intent.canceled', intent, wire)];
}

/** Takes the held money, or a part of it; the rest is released. */
export function capture(session: Session, intent: Intent, amount: number, wire: Wire): Fact[] {
  intent.status = 'succeeded';
  intent.amountReceived = amount;
  intent.amountCapturable = 0;
  session.paymentStatus = 'paid';
  return [intentFact('payment_intent.succeeded', intent, wire)];
}

/** Makes the session, and what the payer pays, another sum than the shop asked for. */
export function changeAmount(session: Session, amount: number): void {
  session.amountTotal = amount;
  if (session.intent === undefined) return;
  session.intent.amount = amount;
  if (session.intent.status === 'succeeded') session.intent.amountReceived = amount;
  if (session.intent.status === 'requires_capture') session.intent.amountCapturable = amount;
}

export function newId(prefix: string): string {
  return prefix + randomBytes(12).toString('hex');
}

function actingIntent(session: Session, wire: Wire): Intent {
  session.intent ??= {
    id: newId('pi_'),
    paymentId: session.paymentId,
    currency: session.currency,
    description: session.intentDescription,
    metadata: session.intentMetadata,
    created: wire.now(),
    amount: session.amountTotal,
    amountCapturable: 0,
    amountReceived: 0,
    amountRefunded: 0,
    status: 'requires_payment_method',
    chargeId: undefined,
    heldAt: undefined,
    lastError: undefined,
    cancellationReason: undefined,
    dispute: undefined,
  };
  return session.intent;
}

function sessionFact(type: string, session: Session, wire: Wire): Fact {
  const object = sessionAnswer(session, wire.urlOf(session), wire.live);
  return { type, object, paymentId: session.paymentId };
}

function intentFact(type: string, intent: Intent, wire: Wire): Fact {
  return { type, object: intentAnswer(intent, wire.live), paymentId: intent.paymentId };
}
