import type pg from 'pg';
import { z } from 'zod';
import type {
  BreakCase,
  ReconciliationRun,
  ReconciliationStore,
} from '../../../application/ports/reconciliation-store.ts';
import { breakCodes } from '../../../domain/reconciliation.ts';
import type { CalendarDay, Instant } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';

interface RunRow {
  readonly id: string;
  readonly provider: string;
  readonly day: string;
  readonly source: ReconciliationRun['source'];
  readonly batch: string | null;
  readonly hash: string | null;
  readonly ran_at: Instant;
  readonly lines: number;
  readonly matched: number;
  readonly breaks: unknown;
}

/** Reconciliations in PostgreSQL; a run's breaks are one document with it. */
export class PostgresReconciliationStore implements ReconciliationStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async save(run: ReconciliationRun): Promise<void> {
    await this.#pool.query(
      `INSERT INTO reconciliation_run (id, provider, day, source, hash, ran_at, lines, matched, breaks, batch)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        run.id,
        run.provider,
        run.day,
        run.source,
        run.hash ?? null,
        timestamp(run.ranAt),
        run.lines,
        run.matched,
        JSON.stringify(run.breaks),
        run.batch ?? null,
      ],
    );
  }

  async list(limit: number): Promise<ReconciliationRun[]> {
    return this.#runs('ORDER BY ran_at DESC, id DESC LIMIT $1', [limit]);
  }

  async find(id: string): Promise<ReconciliationRun | undefined> {
    return (await this.#runs('WHERE id = $1', [id]))[0];
  }

  async ofDay(
    provider: string,
    day: CalendarDay,
    source: ReconciliationRun['source'],
  ): Promise<ReconciliationRun | undefined> {
    const where = `WHERE provider = $1 AND day = $2 AND source = $3
      ORDER BY ran_at DESC, id DESC LIMIT 1`;
    return (await this.#runs(where, [provider, day, source]))[0];
  }

  async ofBatch(provider: string, batch: string): Promise<ReconciliationRun | undefined> {
    const where = `WHERE provider = $1 AND batch = $2 ORDER BY ran_at DESC, id DESC LIMIT 1`;
    return (await this.#runs(where, [provider, batch]))[0];
  }

  async findByHash(provider: string, hash: string): Promise<ReconciliationRun | undefined> {
    return (await this.#runs('WHERE provider = $1 AND hash = $2', [provider, hash]))[0];
  }

  async #runs(where: string, values: readonly unknown[]): Promise<ReconciliationRun[]> {
    const { rows } = await this.#pool.query<RunRow>(`SELECT * FROM reconciliation_run ${where}`, [
      ...values,
    ]);
    return rows.map(toRun);
  }
}

const breaksShape = z.array(
  z.object({
    code: z.enum(breakCodes),
    paymentId: z.string().optional(),
    ref: z.string().optional(),
    ours: z.string(),
    theirs: z.string(),
    state: z.enum(['open', 'healed']),
  }),
);

const toRun = (row: RunRow): ReconciliationRun => ({
  id: row.id,
  provider: row.provider,
  day: row.day as CalendarDay,
  source: row.source,
  ...(row.batch !== null && { batch: row.batch }),
  hash: row.hash ?? undefined,
  ranAt: row.ran_at,
  lines: row.lines,
  matched: row.matched,
  breaks: breaksShape
    .parse(row.breaks)
    .map(({ paymentId, ref, ...rest }): BreakCase => ({ ...rest, paymentId, ref })),
});
