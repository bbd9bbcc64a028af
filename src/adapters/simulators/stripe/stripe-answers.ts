import type { Dispute, Intent, Refund, Session } from './stripe-objects.ts';

type Json = Readonly<Record<string, unknown>>;

/** How the session looks on the wire; `url` is where the payer goes while it is open. */
export function sessionAnswer(session: Session, url: string, live: boolean, expand = false): Json {
  const { intent } = session;
  return {
    id: session.id,
    object: 'checkout.session',
    amount_subtotal: session.amountTotal,
    amount_total: session.amountTotal,
    cancel_url: session.cancelUrl ?? null,
    client_reference_id: session.clientReferenceId ?? null,
    created: session.created,
    currency: session.currency,
    customer_email: session.customerEmail ?? null,
    expires_at: session.expiresAt,
    livemode: live,
    locale: session.locale ?? null,
    metadata: session.metadata,
    mode: 'payment',
    payment_intent: intent === undefined ? null : expand ? intentAnswer(intent, live) : intent.id,
    payment_status: session.paymentStatus,
    status: session.status,
    success_url: session.successUrl,
    ui_mode: 'hosted_page',
    url: session.status === 'open' ? url : null,
  };
}

export function intentAnswer(intent: Intent, live: boolean): Json {
  return {
    id: intent.id,
    object: 'payment_intent',
    amount: intent.amount,
    amount_capturable: intent.amountCapturable,
    amount_received: intent.amountReceived,
    cancellation_reason: intent.cancellationReason ?? null,
    created: intent.created,
    currency: intent.currency,
    description: intent.description ?? null,
    last_payment_error: lastErrorAnswer(intent),
    latest_charge: intent.chargeId ?? null,
    livemode: live,
    metadata: intent.metadata,
    status: intent.status,
  };
}

function lastErrorAnswer({ lastError }: Intent): Json | null {
  if (lastError === undefined) return null;
  const { code, declineCode, message } = lastError;
  return { type: 'card_error', code, decline_code: declineCode ?? null, message };
}

export function refundAnswer(refund: Refund): Json {
  return {
    id: refund.id,
    object: 'refund',
    amount: refund.amount,
    charge: refund.intent.chargeId ?? null,
    created: refund.created,
    currency: refund.intent.currency,
    failure_reason: refund.failureReason ?? null,
    metadata: refund.metadata,
    payment_intent: refund.intent.id,
    reason: refund.reason ?? null,
    status: refund.status,
  };
}

/** The charge as refund events carry it: `amount_refunded` is the sum of all refunds so far, less those that failed. */
export function chargeAnswer(intent: Intent, live: boolean): Json {
  return {
    id: intent.chargeId ?? null,
    object: 'charge',
    amount: intent.amount,
    amount_captured: intent.amountReceived,
    amount_refunded: intent.amountRefunded,
    currency: intent.currency,
    disputed: intent.dispute !== undefined,
    livemode: live,
    metadata: intent.metadata,
    payment_intent: intent.id,
    refunded: intent.amountRefunded >= intent.amountReceived,
    status: 'succeeded',
  };
}

/** A dispute knows its intent and charge, not the shop's metadata of them. */
export function disputeAnswer(intent: Intent, dispute: Dispute, live: boolean): Json {
  return {
    id: dispute.id,
    object: 'dispute',
    amount: dispute.amount,
    charge: intent.chargeId ?? null,
    created: dispute.created,
    currency: intent.currency,
    livemode: live,
    metadata: {},
    payment_intent: intent.id,
    reason: dispute.reason,
    status: dispute.status,
  };
}
