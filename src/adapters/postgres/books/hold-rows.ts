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
