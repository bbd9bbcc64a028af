import { newId } from './payer-moves.ts';
import type { Fact, Wire } from './payer-moves.ts';
import { disputeAnswer } from './stripe-answers.ts';
import type { Dispute, Intent } from './stripe-objects.ts';

/** The payer's bank takes the payment back until the dispute is decided; undefined: it cannot, or has done so already. */
export function openDispute(
  intent: Intent,
  amount: number | undefined,
  wire: Wire,
): Fact[] | undefined {
  const { status, amountReceived, dispute: known } = intent;
  const disputed = amount ?? amountReceived;
  if (status !== 'succeeded' || known !== undefined || disputed > amountReceived) return undefined;
  const dispute: Dispute = {
    id: newId('dp_'),
    amount: disputed,
    reason: 'fraudulent',
    created: wire.now(),
    status: 'needs_response',
  };
  intent.dispute = dispute;
  return [disputeFact('created', intent, dispute, wire)];
}

/** The dispute is decided; undefined when none is open. */
export function closeDispute(
  intent: Intent,
  status: 'won' | 'lost',
  wire: Wire,
): Fact[] | undefined {
  const { dispute } = intent;
  if (dispute?.status !== 'needs_response') return undefined;
  dispute.status = status;
  return [disputeFact('closed', intent, dispute, wire)];
}

function disputeFact(
  what: 'created' | 'closed',
  intent: Intent,
  dispute: Dispute,
  wire: Wire,
): Fact {
  const object = disputeAnswer(intent, dispute, wire.live);
  return { type: `charge.dispute.${what}`, object, paymentId: intent.paymentId };
}
