import type pg from 'pg';
import type { Currency } from '../../../domain/currency.ts';
import type { LedgerAccountId } from '../../../domain/ledger/entry.ts';
import type { Hold, HoldState } from '../../../domain/ledger/hold.ts';
import { invariant } from '../../../domain/invariant.ts';
import { money } from '../../../domain/money.ts';
import type { Instant } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';

interface HoldRow {
  readonly key: string;
  readonly debit_account: string;
  readonly credit_account: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly expires_at: Instant;
  readonly state: HoldState['tag'];
  readonly captured: bigint | null;
  readonly resolved_at: Instant | null;
}

/** Reads a hold and keeps it still until the transaction ends. */
export async function lockHold(client: pg.ClientBase, key: string): Promise<Hold | undefined> {
  const { rows } = await client.query<HoldRow>({
    name: 'hold-lock',
    text: 'SELECT * FROM hold WHERE key = $1 FOR UPDATE',
    values: [key],
  });
  return rows[0] && toHold(rows[0]);
}

/** Whether an account of a hold is closed; from now on to the end of the transaction none is closed beside it. */
export async function isClosedFor(
  client: pg.ClientBase,
  { debit, credit }: Hold,
): Promise<boolean> {
  // Whoever closes an account waits here for us, or we for them: what they did is seen by the next statement.
  await client.query('LOCK TABLE hold IN ROW EXCLUSIVE MODE');
  const { rowCount } = await client.query({
    name: 'hold-closed',
    text: 'SELECT FROM closed_ledger_account WHERE ledger_account IN ($1, $2)',
    values: [debit, credit],
  });
  return rowCount !== 0;
}

/** The key of a hold that could still be taken for one of the accounts, with nobody opening another one meanwhile. */
export async function heldFor(
  client: pg.ClientBase,
  accounts: readonly LedgerAccountId[],
  now: Instant,
): Promise<string | undefined> {
  await client.query('SELECT stop_holders()');
  const { rows } = await client.query<{ key: string }>(
    `SELECT key FROM hold WHERE state = 'open' AND expires_at > $2
      AND (debit_account = ANY ($1::text[]) OR credit_account = ANY ($1::text[]))
      ORDER BY key COLLATE "C" LIMIT 1`,
    [accounts, timestamp(now)],
  );
  return rows[0]?.key;
}

/** Saves a new hold; answers whether there was none of that key. */
export async function insertHold(
  client: pg.ClientBase,
  hold: Hold,
  now: Instant,
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'hold-save',
    text: `INSERT INTO hold (key, debit_account, credit_account, amount, currency, opened_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (key) DO NOTHING`,
    values: [
      hold.key,
      hold.debit,
      hold.credit,
      hold.amount.minor,
      hold.amount.currency,
      timestamp(now),
      timestamp(hold.expiresAt),
    ],
  });
  return rowCount === 1;
}

/** Saves how a hold ended; its row must be locked. */
export async function saveHoldEnd(client: pg.ClientBase, { key, state }: Hold): Promise<void> {
  invariant(state.tag !== 'open', `hold ${key} has not ended`);
  await client.query({
    name: 'hold-end',
    text: 'UPDATE hold SET state = $2, captured = $3, resolved_at = $4 WHERE key = $1',
    values: [
      key,
      state.tag,
      state.tag === 'captured' ? state.amount.minor : null,
      timestamp(state.at),
    ],
  });
}

/** Expires what is over and not ended; one that is being captured at this moment is left to that. */
export async function expireOver(client: pg.Pool, now: Instant): Promise<number> {
  const { rowCount } = await client.query({
    name: 'holds-expire',
    text: `UPDATE hold SET state = 'expired', resolved_at = $1 WHERE key IN (
      SELECT key FROM hold WHERE state = 'open' AND expires_at <= $1
      ORDER BY expires_at LIMIT 1000 FOR UPDATE SKIP LOCKED)`,
    values: [timestamp(now)],
  });
  return rowCount ?? 0;
}

const toHold = (row: HoldRow): Hold => ({
  key: row.key,
  debit: row.debit_account as LedgerAccountId,
  credit: row.credit_account as LedgerAccountId,
  amount: money(row.amount, row.currency as Currency),
  expiresAt: row.expires_at,
  state: toState(row),
});

function toState({ state, captured, currency, resolved_at: at }: HoldRow): HoldState {
  if (state === 'open' || at === null) return { tag: 'open' };
  if (state === 'captured') {
    return { tag: state, amount: money(captured ?? 0n, currency as Currency), at };
  }
  return { tag: state, at };
}
