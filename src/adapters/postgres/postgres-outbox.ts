import type pg from 'pg';
import type {
  OutgoingMessage,
  Outbox,
  OutboxTopic,
  TakenMessage,
} from '../../application/ports/outbox.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { instant, isoText, later, type Instant } from '../../domain/time.ts';
import { messageInsert, messageValues } from './outbox-row.ts';

/**
 * SQL that makes the outbox, the same in every database. Taking is a function so that it is one round trip and
 * yet sees what the taker before it did: of one customer and topic nothing is taken while an earlier message waits.
 * That is asked as a value and not as NOT EXISTS, which would be planned as a join with all of a long outbox.
 */
export const outboxTable = `
  CREATE TABLE outbox (
    id uuid PRIMARY KEY,
    topic text NOT NULL,
    customer_id uuid,
    body text NOT NULL,
    created_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL
  );
  CREATE INDEX outbox_order ON outbox (created_at, id) INCLUDE (next_at);
  CREATE INDEX outbox_customer ON outbox (customer_id, topic, created_at, id) INCLUDE (next_at);

  CREATE FUNCTION take_outbox(at_most integer, moment timestamptz, lease_end timestamptz)
  RETURNS SETOF outbox LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock('outbox'::regclass::oid::bigint);
    RETURN QUERY WITH waiting AS (
      SELECT o.id FROM outbox o
      WHERE o.next_at <= moment AND coalesce((
        SELECT false FROM outbox e
        WHERE e.customer_id = o.customer_id AND e.topic = o.topic
          AND (e.created_at, e.id) < (o.created_at, o.id) AND e.next_at > moment
        LIMIT 1), true)
      ORDER BY o.created_at, o.id
      LIMIT at_most
      FOR UPDATE SKIP LOCKED
    ), taken AS (
      UPDATE outbox o SET attempts = o.attempts + 1, next_at = lease_end
      FROM waiting w WHERE o.id = w.id
      RETURNING o.*
    )
    SELECT * FROM taken ORDER BY created_at, id;
  END $$;
`;

interface OutboxRow {
  readonly id: string;
  readonly topic: OutboxTopic;
  readonly customer_id: CustomerId | null;
  readonly body: string;
  readonly created_ms: string;
  readonly attempts: number;
}

/** The outbox of one database; see `outboxTable`. Needs no more of a transaction than each call's own. */
export class PostgresOutbox implements Outbox {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async put(message: OutgoingMessage): Promise<void> {
    await this.#pool.query({
      name: 'outbox-put',
      text: `${messageInsert(1)} ON CONFLICT (id) DO NOTHING`,
      values: messageValues(message),
    });
  }

  async take(limit: number, leaseMs: number, now: Instant): Promise<TakenMessage[]> {
    const { rows } = await this.#pool.query<OutboxRow>({
      name: 'take-outbox',
      text: `SELECT id, topic, customer_id, body, attempts,
          floor(extract(epoch FROM created_at) * 1000)::text AS created_ms
        FROM take_outbox($1, $2, $3)`,
      values: [limit, isoText(now), isoText(later(now, leaseMs))],
    });
    return rows.map(takenMessage);
  }

  async done(ids: readonly string[]): Promise<void> {
    await this.#pool.query({
      name: 'outbox-done',
      text: 'DELETE FROM outbox WHERE id = ANY($1::uuid[])',
      values: [ids],
    });
  }

  async again(id: string, at: Instant): Promise<void> {
    await this.#pool.query({
      name: 'outbox-again',
      text: 'UPDATE outbox SET next_at = $2 WHERE id = $1',
      values: [id, isoText(at)],
    });
  }
}

const takenMessage = (row: OutboxRow): TakenMessage => ({
  id: row.id,
  topic: row.topic,
  customerId: row.customer_id ?? undefined,
  body: row.body,
  createdAt: instant(Number(row.created_ms)),
  attempts: row.attempts - 1,
});
