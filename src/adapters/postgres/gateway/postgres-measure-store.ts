import type pg from 'pg';
import { Outage } from '../../../application/ports/outage.ts';
import type { MeasureChange, MeasureStore } from '../../../application/ports/measure-store.ts';
import type { Suspect, SuspectKind } from '../../../domain/protection/detectors/watched.ts';
import type { Measure } from '../../../domain/protection/measures.ts';
import type { MeasureKind } from '../../../domain/protection/suspicion.ts';
import { isoText, type Instant } from '../../../domain/time.ts';
import { ask } from '../ask.ts';

/** Names the lock under which one process at a time keeps changes: so their numbers appear in order. */
const lockKey = 7_215_045;

/** What gateways did about suspects, in the gateway's database. */
export class PostgresMeasureStore implements MeasureStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async keep(changes: readonly MeasureChange[]): Promise<void> {
    if (changes.length === 0) return;
    const client = await this.#pool.connect().catch((cause: unknown) => {
      throw new Outage('the gateway’s database does not answer', { cause });
    });
    let trouble = true;
    try {
      await client.query('BEGIN');
      await client.query('SELECT pg_advisory_xact_lock($1)', [lockKey]);
      await client.query(insertion(changes));
      await client.query('COMMIT');
      trouble = false;
    } finally {
      // A connection in the middle of something is of no use to anybody; closing it rolls back.
      client.release(trouble);
    }
  }

  async after(mark: number, limit: number) {
    const { rows } = await ask<ChangeRow>(this.#pool, {
      name: 'measures-after',
      text: 'SELECT * FROM measure_change WHERE seq > $1 ORDER BY seq LIMIT $2',
      values: [mark, limit],
    });
    return { changes: rows.map(toChange), mark: Number(rows.at(-1)?.seq ?? mark) };
  }

  async forgetBefore(moment: Instant): Promise<void> {
    await ask(this.#pool, {
      text: 'DELETE FROM measure_change WHERE at < $1',
      values: [isoText(moment)],
    });
  }
}

const insertion = (changes: readonly MeasureChange[]): pg.QueryConfig => ({
  text: `INSERT INTO measure_change
      (at, who_kind, who_id, measure, until, taken, lifted_at)
    SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[],
      $5::timestamptz[], $6::integer[], $7::timestamptz[])`,
  values: [
    changes.map(({ at }) => isoText(at)),
    changes.map(({ who }) => who.kind),
    changes.map(({ who }) => who.id),
    changes.map(({ history }) => history.measure?.kind),
    changes.map(({ history }) => textOf(history.measure?.until)),
    changes.map(({ history }) => history.taken),
    changes.map(({ history }) => textOf(history.liftedAt)),
  ],
});

interface ChangeRow {
  readonly seq: bigint;
  readonly at: Instant;
  readonly who_kind: SuspectKind;
  readonly who_id: string;
  readonly measure: MeasureKind | null;
  readonly until: Instant | null;
  readonly taken: number;
  readonly lifted_at: Instant | null;
}

const toChange = (row: ChangeRow): MeasureChange => {
  const { at, who_kind: kind, who_id: id, taken, lifted_at: liftedAt } = row;
  const who = { kind, id };
  return {
    who,
    at,
    history: {
      measure: toMeasure(who, row),
      taken,
      liftedAt: liftedAt ?? undefined,
    },
  };
};

const toMeasure = (who: Suspect, { measure, until }: ChangeRow): Measure | undefined =>
  measure === null || until === null ? undefined : { who, kind: measure, until };

const textOf = (at: Instant | undefined): string | undefined => at && isoText(at);
