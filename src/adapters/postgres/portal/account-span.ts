import type pg from 'pg';
import type { AccountId, CustomerId } from '../../../domain/ids.ts';
import type { AccountSpan, Span } from '../../../domain/statement.ts';
import { inTransaction, timestamp, together } from '../pool.ts';
import { toAccount, toOperation, type AccountRow, type OperationRow } from './account-row.ts';

/** Sums as text: a sum of int8 is wider than int8. */
interface SumsRow extends AccountRow {
  readonly earlier: string;
  readonly later: string;
  readonly received: string;
  readonly spent: string;
  readonly count: bigint;
}

const sum = (condition: string): string =>
  `coalesce(sum(o.amount_minor) FILTER (WHERE ${condition}), 0)::text`;
const within = 'o.posted_at >= $3 AND o.posted_at < $4';

/** Reads an account around a span; both statements see one snapshot, and walk along the primary key. */
export function readSpan(
  pool: pg.Pool,
  account: AccountId,
  customer: CustomerId,
  { from, before }: Span,
  limit: number,
): Promise<AccountSpan | undefined> {
  return inTransaction(pool, async (client) => {
    const moments = [timestamp(from), timestamp(before)];
    const [, sums, operations] = await together(
      client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY'),
      client.query<SumsRow>({
        name: 'account-span-sums',
        text: `SELECT a.*, ${sum('o.posted_at < $3')} AS earlier, ${sum('o.posted_at >= $4')} AS later,
            ${sum(`${within} AND o.amount_minor > 0`)} AS received,
            (-${sum(`${within} AND o.amount_minor < 0`)}::numeric)::text AS spent,
            count(o.id) FILTER (WHERE ${within}) AS count
          FROM account a LEFT JOIN operation o ON o.customer_id = a.customer_id AND o.account_id = a.id
          WHERE a.customer_id = $1 AND a.id = $2 GROUP BY a.customer_id, a.id`,
        values: [customer, account, ...moments],
      }),
      client.query<OperationRow>({
        name: 'account-span-operations',
        text: `SELECT * FROM operation
          WHERE customer_id = $1 AND account_id = $2 AND posted_at >= $3 AND posted_at < $4
          ORDER BY posted_at, id LIMIT $5`,
        values: [customer, account, ...moments, limit],
      }),
    );
    const [row] = sums.rows;
    if (row === undefined) return undefined;
    return {
      account: toAccount(row),
      earlier: BigInt(row.earlier),
      later: BigInt(row.later),
      received: BigInt(row.received),
      spent: BigInt(row.spent),
      count: Number(row.count),
      operations: operations.rows.map(toOperation),
    };
  });
}
