import type pg from 'pg';
import type { ToleranceAsked, ToleranceStore } from '../../../application/ports/tolerance-store.ts';
import type { Currency } from '../../../domain/currency.ts';
import type { Tolerance, ToleranceState } from '../../../domain/ledger/tolerance.ts';
import { money } from '../../../domain/money.ts';
import type { Result } from '../../../domain/result.ts';
import type { CalendarDay, Instant } from '../../../domain/time.ts';
import { inTransaction, timestamp } from '../pool.ts';
import { lockNames } from './ledger-reading.ts';

interface ToleranceRow {
  readonly case_id: string;
  readonly provider: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly reason: string;
  readonly asked_by: string;
  readonly asked_at: Instant;
  readonly state: ToleranceState['tag'];
  readonly decided_by: string | null;
  readonly decided_at: Instant | null;
  readonly decided_on: string | null;
}

/** Differences that people let pass, beside the ledger on PostgreSQL. The pool must come from `openPool`. */
export class PostgresToleranceStore implements ToleranceStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  decide<Refusal>(
    { caseId, currency, day }: ToleranceAsked,
    decide: (found: Tolerance | undefined, aloneToday: bigint) => Result<Tolerance, Refusal>,
  ): Promise<Result<Tolerance, Refusal>> {
    return inTransaction(this.#pool, async (client) => {
      // Two cases of one currency share its day; two words about one case share the case.
      const theDay = currency === undefined ? [] : [`tolerated on a day in ${currency}`];
      await lockNames(client, [`tolerance of ${caseId}`, ...theDay]);
      const found = await findCase(client, caseId);
      const alone = currency === undefined ? 0n : await aloneOn(client, day, currency);
      const decided = decide(found, alone);
      if (decided.ok && decided.value !== found) await saveCase(client, decided.value);
      return decided;
    });
  }

  async list(limit: number): Promise<readonly Tolerance[]> {
    const { rows } = await this.#pool.query<ToleranceRow>(
      'SELECT * FROM tolerance ORDER BY asked_at DESC, case_id COLLATE "C" DESC LIMIT $1',
      [limit],
    );
    return rows.map(toTolerance);
  }
}

async function findCase(client: pg.ClientBase, caseId: string): Promise<Tolerance | undefined> {
  const { rows } = await client.query<ToleranceRow>('SELECT * FROM tolerance WHERE case_id = $1', [
    caseId,
  ]);
  return rows[0] && toTolerance(rows[0]);
}

async function aloneOn(client: pg.ClientBase, day: CalendarDay, currency: Currency) {
  const { rows } = await client.query<{ sum: string }>(
    `SELECT coalesce(sum(abs(amount)), 0)::text AS sum FROM tolerance
      WHERE state = 'agreed' AND decided_by IS NULL AND decided_on = $1 AND currency = $2`,
    [day, currency],
  );
  return BigInt(rows[0]?.sum ?? 0);
}

async function saveCase(client: pg.ClientBase, tolerance: Tolerance): Promise<void> {
  const { caseId, provider, amount, reason, askedBy, askedAt, state } = tolerance;
  await client.query(
    `INSERT INTO tolerance VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      ON CONFLICT (case_id) DO UPDATE SET state = excluded.state, decided_by = excluded.decided_by,
        decided_at = excluded.decided_at, decided_on = excluded.decided_on`,
    [
      ...[caseId, provider, amount.minor, amount.currency, reason, askedBy, timestamp(askedAt)],
      state.tag,
      state.tag === 'waiting' ? null : (state.by ?? null),
      state.tag === 'waiting' ? null : timestamp(state.at),
      state.tag === 'agreed' ? state.on : null,
    ],
  );
}

const toTolerance = (row: ToleranceRow): Tolerance => ({
  caseId: row.case_id,
  provider: row.provider,
  amount: money(row.amount, row.currency as Currency),
  reason: row.reason,
  askedBy: row.asked_by,
  askedAt: row.asked_at,
  state: toState(row),
});

function toState({
  state,
  decided_by: by,
  decided_at: at,
  decided_on: on,
}: ToleranceRow): ToleranceState {
  if (at === null) return { tag: 'waiting' };
  if (state === 'declined') return { tag: state, by: by ?? '', at };
  return { tag: 'agreed', by: by ?? undefined, at, on: on as CalendarDay };
}
