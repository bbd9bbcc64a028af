import type pg from 'pg';
import {
  lineKey,
  moveRef,
  type ForeignLine,
  type ForeignLineStore,
  type LeftOut,
  type LinePlace,
} from '../../../application/ports/foreign-lines.ts';
import type { AccountId, CustomerId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { inTransaction, timestamp } from '../pool.ts';

/** Lines that are left out belong to no customer of ours. */
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * What is known of other systems' lines, on PostgreSQL: lines are commands of their system in the inbox, so that they
 * have one effect as commands have. The pool must come from `openPool`.
 */
export class PostgresForeignLines implements ForeignLineStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async mark(source: string): Promise<Instant | undefined> {
    const { rows } = await this.#pool.query<{ changed_at: Instant }>({
      name: 'foreign-mark',
      text: 'SELECT changed_at FROM foreign_mark WHERE source = $1',
      values: [source],
    });
    return rows[0]?.changed_at;
  }

  async moveMark(source: string, to: Instant): Promise<void> {
    await setMark(this.#pool, source, to);
  }

  async leaveOut(
    source: string,
    lines: readonly { readonly id: string; readonly why: LeftOut }[],
    mark?: Instant,
  ): Promise<void> {
    await inTransaction(this.#pool, async (client) => {
      await client.query({
        name: 'foreign-leave-out',
        text: `INSERT INTO inbox (source, idempotency_key, customer_id, request_hash, result)
          SELECT $1, l.key, $2, '', l.why FROM unnest($3::text[], $4::text[]) AS l (key, why)
          ON CONFLICT DO NOTHING`,
        values: [
          ...[source, nobody],
          lines.map(({ id }) => lineKey(id)),
          lines.map(({ why }) => why),
        ],
      });
      if (mark !== undefined) await setMark(client, source, mark);
    });
  }

  async place(
    source: string,
    lines: readonly ForeignLine[],
  ): Promise<ReadonlyMap<string, LinePlace>> {
    const { rows } = await this.#pool.query<PlaceRow>({
      name: 'foreign-place',
      text: placing,
      values: [
        source,
        lines.map(({ id }) => lineKey(id)),
        lines.map(({ move }) => moveRef(move)),
        lines.map(({ key }) => key ?? null),
        lines.map(({ account }) => account),
      ],
    });
    return new Map(lines.map(({ id }, n) => [id, placeOf(rows[n])]));
  }
}

const setMark = (client: pg.ClientBase | pg.Pool, source: string, to: Instant) =>
  client.query({
    name: 'foreign-mark-move',
    text: `INSERT INTO foreign_mark AS m (source, changed_at) VALUES ($1, $2)
      ON CONFLICT (source) DO UPDATE SET changed_at = greatest(m.changed_at, excluded.changed_at)`,
    values: [source, timestamp(to)],
  });

interface PlaceRow {
  readonly is_known: boolean;
  readonly is_ours: boolean;
  readonly is_pending: boolean;
  readonly customer_id: string | null;
  readonly account_id: string | null;
  readonly currency: string | null;
  readonly is_closed: boolean;
}

/**
 * One row a line, in the order asked. A move with our key is ours where the entry names it; an entry that names none
 * is older than names, or was posted here before it was there.
 */
const placing = `
  SELECT known.source IS NOT NULL AS is_known,
    e.key IS NOT NULL AND (e.provider IS DISTINCT FROM $1 OR e.provider_ref = asked.move) AS is_ours,
    e.key IS NULL AND EXISTS (
      SELECT 1 FROM posting_intent i LEFT JOIN inbox done USING (source, idempotency_key)
      WHERE i.entry_key = asked.key AND done.source IS NULL) AS is_pending,
    a.customer_id, a.id AS account_id, a.currency, EXISTS (
      SELECT 1 FROM closed_ledger_account c WHERE c.ledger_account = 'receivable:' || a.number
    ) AS is_closed
  FROM unnest($2::text[], $3::text[], $4::text[], $5::text[])
    WITH ORDINALITY AS asked (line, move, key, number, place)
  LEFT JOIN inbox known ON known.source = $1 AND known.idempotency_key = asked.line
  LEFT JOIN entry e ON e.key = asked.key
  LEFT JOIN account a ON a.number = asked.number
  ORDER BY asked.place`;

function placeOf(row: PlaceRow | undefined): LinePlace {
  if (row === undefined) throw new Error('the books’ database left a line out');
  if (row.is_known) return { tag: 'known' };
  if (row.is_ours) return { tag: 'ours' };
  if (row.is_pending) return { tag: 'pending' };
  const { customer_id: customerId, account_id: accountId, currency, is_closed: isClosed } = row;
  if (customerId === null || accountId === null || currency === null) return { tag: 'nobodys' };
  return {
    tag: 'of',
    customerId: customerId as CustomerId,
    accountId: accountId as AccountId,
    ...{ currency, isClosed },
  };
}
