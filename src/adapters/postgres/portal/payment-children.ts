import type pg from 'pg';
import type { Children, Decision, Papers } from '../../../application/ports/payment-store.ts';
import type { Dispute } from '../../../domain/dispute.ts';
import { invariant } from '../../../domain/invariant.ts';
import type { Payment } from '../../../domain/payment.ts';
import { bookingOf } from '../../../domain/refund.ts';
import { timestamp } from '../pool.ts';
import {
  refundSave,
  refundValues,
  toDispute,
  toRefund,
  type DisputeRow,
  type RefundRow,
} from './refund-row.ts';
import { saveRefundPapers, saveReversal } from './refund-papers.ts';

const none: Children = { refunds: [], disputes: [] };

/** What hangs on a payment; only a paid one has any, so nobody else pays for the look. */
export async function childrenOf(client: pg.ClientBase, payment: Payment): Promise<Children> {
  if (payment.state !== 'succeeded') return none;
  const refunds = await client.query<RefundRow>({
    name: 'refunds-of-payment',
    text: 'SELECT * FROM refund WHERE payment_id = $1 ORDER BY created_at, id',
    values: [payment.id],
  });
  const disputes = await client.query<DisputeRow>({
    name: 'disputes-of-payment',
    text: 'SELECT * FROM dispute WHERE customer_id = $1 AND payment_id = $2 ORDER BY opened_at, ref',
    values: [payment.customerId, payment.id],
  });
  return { refunds: refunds.rows.map(toRefund), disputes: disputes.rows.map(toDispute) };
}

/** Saves children in their next state, with what follows from money that was paid back, or came back. */
export async function saveChildren(
  client: pg.ClientBase,
  payment: Payment,
  before: Children,
  { refunds, dispute }: Extract<Decision, { readonly kind: 'children' }>,
  { papers, year }: { readonly papers: Papers; readonly year: number },
): Promise<void> {
  invariant(payment.state === 'succeeded', `children of payment ${payment.id}, which is not paid`);
  for (const refund of refunds) {
    await client.query({ name: 'refund-save', text: refundSave, values: refundValues(refund) });
    const was = before.refunds.find(({ id }) => id === refund.id)?.state;
    const kind = bookingOf(refund.state, was);
    if (kind === 'debit') await saveRefundPapers(client, refund, payment, papers, year);
    if (kind === 'reversal') await saveReversal(client, refund, payment, papers);
  }
  if (dispute !== undefined) await saveDispute(client, dispute);
}

const saveDispute = (client: pg.ClientBase, dispute: Dispute): Promise<pg.QueryResult> =>
  client.query(
    `INSERT INTO dispute VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (customer_id, payment_id, provider, ref) DO UPDATE SET state = $7, updated_at = $10`,
    [
      dispute.customerId,
      dispute.paymentId,
      dispute.provider,
      dispute.ref,
      dispute.amount.minor,
      dispute.amount.currency,
      dispute.state,
      dispute.reason,
      timestamp(dispute.openedAt),
      timestamp(dispute.updatedAt),
    ],
  );
