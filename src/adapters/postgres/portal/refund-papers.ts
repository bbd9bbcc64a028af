import type pg from 'pg';
import type { OutgoingMessage } from '../../../application/ports/outbox.ts';
import type { Papers } from '../../../application/ports/payment-store.ts';
import { invariant } from '../../../domain/invariant.ts';
import type { SucceededPayment } from '../../../domain/payment.ts';
import type { RefundReceipt } from '../../../domain/receipt.ts';
import type { Refund } from '../../../domain/refund.ts';
import { messageInsert, messageValues, saveMessage } from '../outbox-row.ts';
import { timestamp } from '../pool.ts';

/** Saves what a refund brings that was paid back: debit (once for ever, by its key), receipt, command to accounting. */
export async function saveRefundPapers(
  client: pg.ClientBase,
  refund: Refund,
  payment: SucceededPayment,
  papers: Papers,
  year: number,
): Promise<void> {
  const { rows } = await client.query<{ contract: string | null; last: number }>({
    name: 'refund-debit',
    text: `WITH debit AS (INSERT INTO refund_debit VALUES ($1, $3, 'debit', $4, $5, $6))
      INSERT INTO receipt_counter AS c (customer_id, year, last) VALUES ($1, $2, 1)
      ON CONFLICT (customer_id, year) DO UPDATE SET last = c.last + 1
      RETURNING last, (SELECT contract FROM customer WHERE id = $1) AS contract`,
    values: [refund.customerId, year, ...debitValues(refund)],
  });
  const place = rows[0];
  const contract = place?.contract ?? undefined;
  invariant(place !== undefined && contract !== undefined, `refund ${refund.id} has no contract`);
  const { receipt, message } = papers.refund(refund, payment, { contract, serial: place.last });
  await saveReceiptAndMessage(client, receipt, message);
}

/** Saves that a refund came back: the debit is undone, once. */
export async function saveReversal(
  client: pg.ClientBase,
  refund: Refund,
  payment: SucceededPayment,
  papers: Papers,
): Promise<void> {
  await client.query({
    name: 'refund-reversal',
    text: `INSERT INTO refund_debit VALUES ($1, $2, 'reversal', $3, $4, $5)`,
    values: [refund.customerId, ...debitValues(refund)],
  });
  await saveMessage(client, papers.reversal(refund, payment));
}

const debitValues = ({ id, debit, updatedAt }: Refund) => [
  id,
  debit.minor,
  debit.currency,
  timestamp(updatedAt),
];

const saveReceiptAndMessage = (
  client: pg.ClientBase,
  receipt: RefundReceipt,
  message: OutgoingMessage,
): Promise<unknown> =>
  client.query({
    name: 'refund-receipt-save',
    text: `WITH receipt AS (
        INSERT INTO refund_receipt (customer_id, refund_id, payment_id, number, code, issued_at,
          account_number, amount_minor, currency, total_minor, total_currency, method, provider, provider_ref)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      ) ${messageInsert(15)}`,
    values: [
      receipt.customerId,
      receipt.refundId,
      receipt.paymentId,
      receipt.number,
      receipt.code,
      timestamp(receipt.issuedAt),
      receipt.accountNumber,
      receipt.amount.minor,
      receipt.amount.currency,
      receipt.total.minor,
      receipt.total.currency,
      receipt.method,
      receipt.provider,
      receipt.providerRef ?? null,
      ...messageValues(message),
    ],
  });
