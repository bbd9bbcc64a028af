import type pg from 'pg';
import type { LedgerLine, LedgerWorld } from './given-ledger.ts';

/** Puts accounts into the books' database and looks at what is in it. */
export const booksLook = (pool: pg.Pool): Omit<LedgerWorld, 'system'> => ({
  add: async (account, locale) => {
    await pool.query(`INSERT INTO customer VALUES ($1, $2, 'Anna', '+79990000001', NULL, $3, 1)`, [
      account.customerId,
      account.number,
      locale,
    ]);
    await pool.query('INSERT INTO account VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
      account.customerId,
      account.id,
      account.number,
      account.balance.currency,
      account.title,
      account.openedOn,
      account.balance.minor,
      account.version,
    ]);
  },
  ledger: async () => {
    const { rows } = await pool.query<LedgerLine>(`SELECT e.key, p.ledger_account AS account,
        p.side, p.amount AS minor
      FROM entry e JOIN posting p ON p.customer_id = e.customer_id AND p.entry_id = e.id
      ORDER BY e.key, p.line`);
    return rows;
  },
  events: async () => {
    const { rows } = await pool.query<{ body: string }>(
      'SELECT body FROM outbox ORDER BY created_at, id',
    );
    return rows.map(({ body }) => JSON.parse(body));
  },
});
