import type pg from 'pg';
import type { Account } from '../../../domain/account.ts';
import type { CustomerId } from '../../../domain/ids.ts';
import type { Operation } from '../../../domain/operation.ts';
import { timestamp } from '../pool.ts';

/** Saves an account's figures unless newer ones are known; answers whether they were new. */
export async function saveAccount(client: pg.ClientBase, account: Account): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'account-save',
    text: `INSERT INTO account AS a
        (customer_id, id, number, title, currency, balance_minor, opened_on, as_of, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (customer_id, id) DO UPDATE SET
        number = $3, title = $4, balance_minor = $6, opened_on = $7, as_of = $8, version = $9
      WHERE a.version < $9 OR (a.version = $9 AND a.as_of < $8)`,
    values: [
      account.customerId,
      account.id,
      account.number,
      account.title,
      account.balance.currency,
      account.balance.minor,
      account.openedOn,
      timestamp(account.asOf),
      account.version,
    ],
  });
  return rowCount === 1;
}

/** Saves operations that are not known yet, in one statement; answers their ids. */
export async function saveOperations(
  client: pg.ClientBase,
  customer: CustomerId,
  operations: readonly Operation[],
): Promise<string[]> {
  if (operations.length === 0) return [];
  const column = <Value>(read: (operation: Operation) => Value): Value[] => operations.map(read);
  const { rows } = await client.query<{ id: string }>({
    name: 'operation-save',
    text: `INSERT INTO operation (customer_id, account_id, posted_at, id, kind, amount_minor,
        currency, description, counterparty, payment_id)
      SELECT $1, account_id, posted_at, id, kind, amount_minor, currency, description,
        counterparty, payment_id
      FROM unnest($2::uuid[], $3::timestamptz[], $4::uuid[], $5::text[], $6::bigint[], $7::text[],
        $8::text[], $9::text[], $10::uuid[])
        AS new (account_id, posted_at, id, kind, amount_minor, currency, description,
          counterparty, payment_id)
      ON CONFLICT DO NOTHING RETURNING id`,
    values: [
      customer,
      column((one) => one.accountId),
      column((one) => timestamp(one.postedAt)),
      column((one) => one.id),
      column((one) => one.kind),
      column((one) => one.amount.minor),
      column((one) => one.amount.currency),
      column((one) => one.description),
      column((one) => one.counterparty ?? null),
      column((one) => one.paymentId ?? null),
    ],
  });
  return rows.map((row) => row.id);
}
