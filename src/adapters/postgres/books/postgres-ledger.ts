import { createHash } from 'node:crypto';
import type pg from 'pg';
import type {
  Ledger,
  LedgerPosting,
  LedgerSeen,
  PostRefusal,
  ToPost,
} from '../../../application/ports/ledger.ts';
import type { Bill } from '../../../domain/ledger/bill.ts';
import { isAboveFloor, type Counters } from '../../../domain/ledger/counters.ts';
import { lowered } from '../../../domain/ledger/decide-event.ts';
import type { LedgerAccountId } from '../../../domain/ledger/entry.ts';
import { resolveHold, type Hold, type HoldEnd } from '../../../domain/ledger/hold.ts';
import { firstOpenDay, type Month } from '../../../domain/ledger/period.ts';
import { ok, refused, type Result } from '../../../domain/result.ts';
import { dayIn, type CalendarDay, type Instant } from '../../../domain/time.ts';
import { inTransaction } from '../pool.ts';
import { findBill, saveBill } from './bill-rows.ts';
import { saveEntry, usedReference } from './entry-writing.ts';
import { expireOver, insertHold, isClosedFor, lockHold, saveHoldEnd } from './hold-rows.ts';
import { closeCustomersAccount, closePeriod, latestClosed } from './ledger-closing.ts';
import {
  debitsOverCredits,
  lockByNumber,
  lockNames,
  readCounters,
  readFamily,
} from './ledger-reading.ts';
import { saveChange } from './postgres-books.ts';

type Answer = Result<'posted' | 'repeated', PostRefusal>;

/** Entries of the company itself, which no customer has a part in. */
const company = '00000000-0000-0000-0000-000000000000';

/** The ledger on PostgreSQL. The pool must come from `openPool`; the zone is the one the company's days are in. */
export class PostgresLedger implements Ledger {
  readonly #pool: pg.Pool;
  readonly #zone: string;

  constructor(pool: pg.Pool, zone = 'Europe/Moscow') {
    this.#pool = pool;
    this.#zone = zone;
  }

  async post(
    asked: ToPost,
    decide: (seen: LedgerSeen) => Result<LedgerPosting, PostRefusal>,
  ): Promise<Answer> {
    try {
      return await inTransaction(this.#pool, async (client) => {
        const seen = await see(client, asked);
        const known = await knownFacts(client, asked.key);
        const facts = digest(asked.facts);
        if (known?.facts) return known.facts.equals(facts) ? ok('repeated') : otherwise(asked.key);
        const decided = decide(seen);
        if (!decided.ok) return decided;
        const refusal = known === undefined && (await unfit(client, decided.value));
        if (refusal) return refused(refusal);
        return this.#save(client, asked.key, decided.value, facts);
      });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return refused(refusal);
    }
  }

  async #save(
    client: pg.ClientBase,
    key: string,
    posting: LedgerPosting,
    facts: Buffer,
  ): Promise<Answer> {
    const { entries, recordedAt, customerId = company, change, hold, bill } = posting;
    for (const { entryId, entry } of entries) {
      const day = dayIn(this.#zone, entry.effectiveAt);
      const saved = await saveEntry(client, { entryId, entry, customerId, recordedAt, day, facts });
      if (saved === 'posted') continue;
      return saved === 'repeated' ? ok('repeated') : otherwise(key);
    }
    if (change !== undefined) await saveChange(client, change);
    if (hold !== undefined) await saveHoldEnd(client, hold);
    if (bill !== undefined) await saveBill(client, bill);
    return ok('posted');
  }

  open(hold: Hold, now: Instant): Promise<'held' | 'repeated' | 'conflict' | 'account-closed'> {
    return inTransaction(this.#pool, async (client) => {
      const isClosed = await isClosedFor(client, hold);
      if (!isClosed && (await insertHold(client, hold, now))) return 'held';
      const known = await lockHold(client, hold.key);
      if (known === undefined && isClosed) return 'account-closed';
      return known !== undefined && holdFacts(known) === holdFacts(hold) ? 'repeated' : 'conflict';
    });
  }

  endHold(key: string, end: Exclude<HoldEnd, { readonly tag: 'capture' }>, now: Instant) {
    return inTransaction(this.#pool, async (client) => {
      const hold = await lockHold(client, key);
      if (hold === undefined) return refused({ reason: 'hold-unknown' } as const);
      const ended = resolveHold(hold, end, now);
      if (ended.ok) await saveHoldEnd(client, ended.value);
      return ended;
    });
  }

  expireHolds(now: Instant): Promise<number> {
    return expireOver(this.#pool, now);
  }

  closeMonth(month: Month, today: CalendarDay, now: Instant) {
    return closePeriod(this.#pool, month, today, now);
  }

  closeAccount(number: string, reason: string, now: Instant) {
    return closeCustomersAccount(this.#pool, number, reason, now);
  }

  counters(account: LedgerAccountId, now: Instant): Promise<Counters> {
    return readCounters(this.#pool, account, now);
  }

  bill(invoiceId: string): Promise<Bill | undefined> {
    return findBill(this.#pool, invoiceId);
  }
}

async function see(client: pg.ClientBase, asked: ToPost): Promise<LedgerSeen> {
  // Who posts under this key, or about this entry, waits for the other.
  await lockNames(client, [...new Set([asked.key, asked.family ?? asked.key])]);
  return {
    found: asked.account === undefined ? undefined : await lockByNumber(client, asked.account),
    family: asked.family === undefined ? [] : await readFamily(client, asked.family),
    hold: asked.hold === undefined ? undefined : await lockHold(client, asked.hold),
  };
}

async function knownFacts(client: pg.ClientBase, key: string) {
  const { rows } = await client.query<{ facts: Buffer | null }>({
    name: 'ledger-known',
    text: 'SELECT facts FROM entry WHERE key = $1',
    values: [key],
  });
  return rows[0];
}

async function unfit(
  client: pg.ClientBase,
  { entries }: LedgerPosting,
): Promise<PostRefusal | undefined> {
  const all = entries.map(({ entry }) => entry);
  const open = firstOpenDay(await latestClosed(client));
  const isLate = all.some(
    ({ bookOn }) => open !== undefined && bookOn !== undefined && bookOn < open,
  );
  if (isLate) return { reason: 'period-closed' };

  const accounts = all.flatMap(({ postings }) => postings.map(({ account }) => account));
  const { rows } = await client.query<{ ledger_account: string }>({
    name: 'ledger-closed-accounts',
    text: 'SELECT ledger_account FROM closed_ledger_account WHERE ledger_account = ANY ($1::text[])',
    values: [accounts],
  });
  if (rows[0] !== undefined) return { reason: 'account-closed', account: rows[0].ledger_account };

  const down = lowered(all);
  await lockNames(client, [...down.keys()]);
  for (const [account, by] of down) {
    const balance = await debitsOverCredits(client, account);
    if (!isAboveFloor(account, balance + by)) return { reason: 'below-floor', account };
  }
  return undefined;
}

/** What the database itself refuses because somebody was faster. */
function refusalOf(error: unknown): PostRefusal | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const usedRef = usedReference(error);
  if (usedRef !== undefined) return { reason: 'proof-used', ref: usedRef };
  if (error.code === '23514' && error.message.includes('in a closed period')) {
    return { reason: 'period-closed' };
  }
  return undefined;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const otherwise = (key: string) => refused({ reason: 'told-otherwise', key } as const);
const holdFacts = ({ debit, credit, amount, expiresAt }: Hold): string =>
  [debit, credit, amount.minor, amount.currency, expiresAt].join(' ');
