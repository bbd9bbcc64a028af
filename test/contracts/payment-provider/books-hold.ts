import assert from 'node:assert/strict';
import type pg from 'pg';

/**
 * What holds after every case, over all payments of a provider: the credits less the debits are what was captured less
 * what was refunded, every paid payment has its credit and only a paid one, and no card number is in any row.
 */
export async function booksHold(pool: pg.Pool, provider: string): Promise<void> {
  const { rows } = await pool.query<{ odd: string }>(
    `SELECT 'paid without credit ' || p.id AS odd FROM payment p
       LEFT JOIN payment_credit c ON c.customer_id = p.customer_id AND c.payment_id = p.id
       WHERE p.provider = $1 AND p.state = 'succeeded' AND c.payment_id IS NULL
     UNION ALL SELECT 'credit without payment ' || c.payment_id FROM payment_credit c
       JOIN payment p ON p.id = c.payment_id WHERE p.provider = $1 AND p.state <> 'succeeded'
     UNION ALL SELECT 'another credit than captured ' || p.id FROM payment p
       JOIN payment_credit c ON c.payment_id = p.id
       WHERE p.provider = $1 AND p.quote IS NULL AND p.fee_minor = 0
         AND (c.amount_minor <> p.captured_minor OR c.currency <> p.captured_currency)
     UNION ALL SELECT 'refund without debit ' || r.id FROM refund r
       LEFT JOIN refund_debit d ON d.refund_id = r.id AND d.kind = 'debit'
       WHERE r.provider = $1 AND r.state = 'succeeded' AND d.refund_id IS NULL
     UNION ALL SELECT 'paid back more than taken ' || p.id FROM payment p JOIN refund r ON r.payment_id = p.id
       WHERE p.provider = $1 AND r.state IN ('succeeded', 'sending', 'pending')
       GROUP BY p.customer_id, p.id HAVING sum(r.amount_minor) > max(p.captured_minor)`,
    [provider],
  );
  assert.deepEqual(
    rows.map(({ odd }) => odd),
    [],
  );
  await noCardNumbers(pool, provider);
}

async function noCardNumbers(pool: pg.Pool, provider: string): Promise<void> {
  const { rows } = await pool.query<{ row: string }>(
    `SELECT p::text AS row FROM payment p WHERE provider = $1
     UNION ALL SELECT n::text FROM notification n WHERE provider = $1
     UNION ALL SELECT r::text FROM refund r WHERE provider = $1`,
    [provider],
  );
  const masked = /\d{4,6}\*{2,}\d{2,4}/;
  const whole = /(?<![\w-])(?:4\d{15}|5[1-5]\d{14}|2[2-7]\d{14})(?![\w-])/;
  for (const { row } of rows) {
    assert.doesNotMatch(row, masked);
    assert.doesNotMatch(row, whole);
  }
}
