import type pg from 'pg';
import { Outage } from '../../../application/ports/outage.ts';
import { closeMonth, firstDayOf, monthOf, type Month } from '../../../domain/ledger/period.ts';
import { customersAccounts, ofAccount } from '../../../domain/ledger/chart-of-accounts.ts';
import { money } from '../../../domain/money.ts';
import { ok, refused } from '../../../domain/result.ts';
import type { CalendarDay, Instant } from '../../../domain/time.ts';
import { inTransaction, timestamp } from '../pool.ts';
import { heldFor } from './hold-rows.ts';
import { debitsOverCredits, lockByNumber } from './ledger-reading.ts';

/**
 * Waits until nobody is writing entries, and lets nobody begin until the transaction ends: what is decided then is
 * known to every entry that follows. Writers wait behind it, so it waits only a moment itself.
 */
export async function stopWriters(client: pg.ClientBase, patienceMs: number): Promise<boolean> {
  await client.query(`SAVEPOINT stop; SET LOCAL lock_timeout = '${String(patienceMs)}ms'`);
  try {
    await client.query('SELECT stop_writers()');
    return true;
  } catch (error) {
    if (codeOf(error) !== lockNotAvailable) throw error;
    await client.query('ROLLBACK TO SAVEPOINT stop');
    return false;
  }
}

export async function latestClosed(client: pg.ClientBase | pg.Pool): Promise<Month | undefined> {
  const { rows } = await client.query<{ month: CalendarDay | null }>(
    'SELECT max(month) AS month FROM closed_period',
  );
  const month = rows[0]?.month ?? undefined;
  return month && monthOf(month);
}

/** Closes a month, then adds up what every account that moved stands at; a close that was cut short is finished. */
export async function closePeriod(pool: pg.Pool, month: Month, today: CalendarDay, now: Instant) {
  const closed = await inTransaction(pool, async (client) => {
    if (!(await stopWriters(client, closePatienceMs))) {
      throw new Outage('the books are being written by an import; close the month when it is done');
    }
    const decided = closeMonth(month, await latestClosed(client), today);
    if (decided.ok) {
      await client.query('INSERT INTO closed_period (month, closed_at) VALUES ($1, $2)', [
        firstDayOf(month),
        timestamp(now),
      ]);
    }
    return decided;
  });
  await sumClosedPeriods(pool);
  return closed;
}

async function sumClosedPeriods(pool: pg.Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query('SELECT pg_advisory_xact_lock(7365204)');
    const { rows } = await client.query<{ month: CalendarDay }>(
      'SELECT month FROM closed_period WHERE NOT is_summed ORDER BY month',
    );
    for (const { month } of rows) {
      await client.query(sumPeriod, [month]);
      await client.query('UPDATE closed_period SET is_summed = true WHERE month = $1', [month]);
    }
  });
}

/** Balances at the end of a month: those at the end of the summed month before, and what was booked since. */
const sumPeriod = `
  INSERT INTO period_balance (month, ledger_account, currency, debits, credits)
  SELECT $1::date, m.ledger_account, m.currency,
    m.debits + coalesce(b.debits, 0), m.credits + coalesce(b.credits, 0)
  FROM (
    SELECT p.ledger_account, p.currency,
      coalesce(sum(p.amount) FILTER (WHERE p.side = 'debit'), 0) AS debits,
      coalesce(sum(p.amount) FILTER (WHERE p.side = 'credit'), 0) AS credits
    FROM entry e JOIN posting p ON p.customer_id = e.customer_id AND p.entry_id = e.id
    WHERE e.booked_on < $1::date + interval '1 month'
      AND e.booked_on >= coalesce(
        (SELECT max(month) + interval '1 month' FROM closed_period WHERE is_summed AND month < $1), '-infinity')
    GROUP BY p.ledger_account, p.currency) AS m
  LEFT JOIN LATERAL (
    SELECT debits, credits FROM period_balance b
    WHERE b.ledger_account = m.ledger_account AND b.currency = m.currency AND b.month < $1
    ORDER BY b.month DESC LIMIT 1) AS b ON true`;

/** Closes a customer's account that stands at nothing, with nobody writing or holding meanwhile. */
export function closeCustomersAccount(pool: pg.Pool, number: string, reason: string, now: Instant) {
  return inTransaction(pool, async (client) => {
    if (!(await stopWriters(client, closePatienceMs))) {
      throw new Outage(
        'the books are being written by an import; close the account when it is done',
      );
    }
    const found = await lockByNumber(client, number);
    if (found === undefined) return refused({ reason: 'account-unknown' } as const);
    const payable = await debitsOverCredits(client, ofAccount('refunds-payable', number));
    if (found.isClosed) return ok('closed' as const);
    const { balance } = found.account;
    if (balance.minor !== 0n || payable !== 0n) {
      const promised = money(-payable, balance.currency);
      return refused({ reason: 'not-empty', balance, promised } as const);
    }
    const accounts = customersAccounts(number);
    const key = await heldFor(client, accounts, now);
    if (key !== undefined) return refused({ reason: 'holds-open', key } as const);
    await client.query(
      `INSERT INTO closed_ledger_account (ledger_account, closed_at, reason)
        SELECT name, $2, $3 FROM unnest($1::text[]) AS name ON CONFLICT DO NOTHING`,
      [accounts, timestamp(now), reason],
    );
    return ok('closed' as const);
  });
}

const closePatienceMs = 2_000;
const lockNotAvailable = '55P03';
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
