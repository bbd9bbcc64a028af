import type { Refunds } from '../refunds.ts';
import type { Intent, Refund } from '../stripe-objects.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { RequestForm } from './request-form.ts';
import { invalidRequest } from './stripe-problem.ts';

const known: readonly RegExp[] = [/^(payment_intent|amount|reason)$/, /^metadata\[[^\]]+\]$/];

/** Pays back what was asked, or all that is left; throws a 400 problem when that is too much. */
export function refund(
  refunds: Refunds,
  webhooks: Webhooks,
  intent: Intent,
  form: RequestForm,
): Refund {
  form.allowOnly(known);
  const reasons = ['duplicate', 'fraudulent', 'requested_by_customer'] as const;
  const more = { reason: form.choice('reason', reasons), metadata: form.group('metadata') };
  if (intent.status !== 'succeeded') {
    throw invalidRequest(`This PaymentIntent (${intent.id}) does not have a successful charge`);
  }
  const left = intent.amountReceived - intent.amountRefunded;
  if (left === 0) {
    const message = `Charge ${intent.chargeId ?? ''} has already been refunded.`;
    throw invalidRequest(message, undefined, 'charge_already_refunded');
  }
  const amount = form.whole('amount') ?? left;
  if (amount === 0 || amount > left) {
    throw invalidRequest(
      `Refund amount (${amount}) is not within what is left (${left})`,
      'amount',
    );
  }
  const made = refunds.make(intent, amount, more);
  void webhooks.send(made.facts);
  return made.refund;
}
