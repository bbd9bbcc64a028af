import type pg from 'pg';
import type { OutgoingMessage } from '../../../application/ports/outbox.ts';
import type { Papers } from '../../../application/ports/payment-store.ts';
import { invariant } from '../../../domain/invariant.ts';
import { credited, type SucceededPayment } from '../../../domain/payment.ts';
import type { PaymentReceipt } from '../../../domain/receipt.ts';
import { messageInsert, messageValues } from '../outbox-row.ts';
import { timestamp } from '../pool.ts';

/** Saves what a success brings: credit (once for ever, by its key), receipt, command to accounting. */
export async function savePapers(
  client: pg.ClientBase,
  paid: SucceededPayment,
  papers: Papers,
  year: number,
): Promise<void> {
  const credit = credited(paid);
  const { rows } = await client.query<{ contract: string | null; last: number }>({
    name: 'credit-save',
    text: `WITH credit AS (INSERT INTO payment_credit VALUES ($1, $3, $4, $5, $6))
      INSERT INTO receipt_counter AS c (customer_id, year, last) VALUES ($1, $2, 1)
      ON CONFLICT (customer_id, year) DO UPDATE SET last = c.last + 1
      RETURNING last, (SELECT contract FROM customer WHERE id = $1) AS contract`,
    values: [
      ...[paid.customerId, year, paid.id, credit.minor, credit.currency],
      timestamp(paid.updatedAt),
    ],
  });
  const place = rows[0];
  const contract = place?.contract ?? undefined;
  invariant(place !== undefined && contract !== undefined, `payment ${paid.id} has no contract`);
  const { receipt, message } = papers.success(paid, { contract, serial: place.last });
  await saveReceiptAndMessage(client, receipt, message);
}

const saveReceiptAndMessage = (
  client: pg.ClientBase,
  receipt: PaymentReceipt,
  message: OutgoingMessage,
): Promise<unknown> =>
  client.query({
    name: 'receipt-save',
    text: `WITH receipt AS (
        INSERT INTO receipt (customer_id, payment_id, number, code, issued_at, paid_at,
          account_number, amount_minor, currency, method, provider, provider_ref, fee_minor, total_minor,
          total_currency, instrument)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
      ) ${messageInsert(17)}`,
    values: [
      receipt.customerId,
      receipt.paymentId,
      receipt.number,
      receipt.code,
      timestamp(receipt.issuedAt),
      timestamp(receipt.paidAt),
      receipt.accountNumber,
      receipt.amount.minor,
      receipt.amount.currency,
      receipt.method,
      receipt.provider,
      receipt.providerRef ?? null,
      receipt.fee.minor,
      receipt.total.minor,
      receipt.total.currency,
      receipt.instrument ? JSON.stringify(receipt.instrument) : null,
      ...messageValues(message),
    ],
  });
