import type pg from 'pg';
import type { LedgerSeals } from '../../../application/ports/ledger-seals.ts';
import type { Instant } from '../../../domain/time.ts';
import { inTransaction, timestamp } from '../pool.ts';
import { stopWriters } from './ledger-closing.ts';

/** So many entries share a digest at most; what broke is told by seal. */
const mostEntries = 10_000;
/** Who posts waits no longer than this for the sealing. */
const patienceMs = 50;

/** Counters and seals on PostgreSQL, in batches behind the payments. */
export class PostgresLedgerSeals implements LedgerSeals {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async seal(now: Instant): Promise<number> {
    const horizon = await this.#settled();
    if (horizon === undefined) return 0;
    let sealed = 0;
    for (;;) {
      const batch = await this.#sealBatch(horizon, now);
      sealed += batch;
      if (batch < mostEntries) return sealed;
    }
  }

  /**
   * The number up to which no entry can appear any more. Numbers are given before their transactions commit, so this
   * is known only at a moment when nobody is writing.
   */
  #settled(): Promise<bigint | undefined> {
    return inTransaction(this.#pool, async (client) => {
      if (!(await stopWriters(client, patienceMs))) return undefined;
      const { rows } = await client.query<{ seq: bigint | null }>(
        'SELECT max(seq) AS seq FROM entry',
      );
      return rows[0]?.seq ?? undefined;
    });
  }

  #sealBatch(horizon: bigint, now: Instant): Promise<number> {
    return inTransaction(this.#pool, async (client) => {
      await client.query('SET LOCAL statement_timeout = 0');
      await client.query('SELECT pg_advisory_xact_lock(7365205)');
      const { rows } = await client.query<{
        last: bigint;
        digest: Buffer;
        seq_to: bigint | null;
        entries: number;
      }>(nextBatch, [horizon]);
      const [batch] = rows;
      if (batch === undefined || batch.seq_to === null) return 0;
      const { last, digest, seq_to: to, entries } = batch;
      await client.query(
        `INSERT INTO ledger_seal (seq_to, entries, sealed_at, digest)
          VALUES ($3, $4, $5, seal_digest($1, $2, $3))`,
        [digest, last, to, entries, timestamp(now)],
      );
      await client.query(countBatch, [last, to]);
      return entries;
    });
  }
}

const nextBatch = `
  WITH before AS (
    SELECT seq_to, digest FROM ledger_seal
    UNION ALL SELECT 0, ''::bytea ORDER BY seq_to DESC LIMIT 1)
  SELECT before.seq_to AS last, before.digest, batch.seq_to, batch.entries
  FROM before, LATERAL (
    SELECT max(seq) AS seq_to, count(*)::integer AS entries FROM (
      SELECT seq FROM entry WHERE seq > before.seq_to AND seq <= $1 ORDER BY seq LIMIT ${String(mostEntries)}) AS next
  ) AS batch`;

const countBatch = `
  INSERT INTO ledger_counter AS c (ledger_account, currency, debits, credits)
  SELECT p.ledger_account, p.currency, coalesce(sum(p.amount) FILTER (WHERE p.side = 'debit'), 0),
    coalesce(sum(p.amount) FILTER (WHERE p.side = 'credit'), 0)
  FROM entry e JOIN posting p ON p.customer_id = e.customer_id AND p.entry_id = e.id
  WHERE e.seq > $1 AND e.seq <= $2
  GROUP BY p.ledger_account, p.currency
  ON CONFLICT (ledger_account, currency)
    DO UPDATE SET debits = c.debits + excluded.debits, credits = c.credits + excluded.credits`;
