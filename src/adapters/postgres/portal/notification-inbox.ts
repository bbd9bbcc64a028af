import type pg from 'pg';
import type { InboxEvent } from '../../../application/ports/payment-store.ts';
import { instant, type Instant } from '../../../domain/time.ts';
import { timestamp } from '../pool.ts';

/**
 * Records an event as applied in the transaction that applies it. A second delivery of the same event waits here for
 * the first one's commit, and then sees that there is nothing left to do.
 */
export async function meetEvent(
  client: pg.ClientBase,
  event: InboxEvent,
  paymentId: string,
): Promise<'new' | 'applied' | 'other-body'> {
  const { rowCount } = await client.query({
    name: 'event-meet',
    text: `INSERT INTO notification (provider, event_key, body_hash, payment_id, received_at, applied)
      VALUES ($1, $2, $3, $4, $5, true) ON CONFLICT DO NOTHING`,
    values: [
      event.provider,
      event.eventKey,
      event.bodyHash,
      paymentId,
      timestamp(event.receivedAt),
    ],
  });
  if (rowCount === 1) return 'new';
  const { rows } = await client.query<{ body_hash: string; applied: boolean }>(
    `SELECT body_hash, applied FROM notification WHERE provider = $1 AND event_key = $2 FOR UPDATE`,
    [event.provider, event.eventKey],
  );
  const met = rows[0];
  if (met?.applied !== true) {
    // A provider may write an event's envelope anew when it repeats it; its signature was checked either way.
    await note(client, event, true);
    return 'new';
  }
  return met.body_hash === event.bodyHash ? 'applied' : 'other-body';
}

/** Notes that an event contradicts what we know. */
export const markConflict = (
  client: pg.ClientBase,
  event: InboxEvent,
  why: string,
): Promise<unknown> => note(client, event, true, why);

/** Takes back that an event was applied: there is no payment yet to apply it to. */
export const markUnapplied = (client: pg.ClientBase, event: InboxEvent): Promise<unknown> =>
  note(client, event, false);

const note = (
  client: pg.ClientBase,
  { provider, eventKey, bodyHash }: InboxEvent,
  applied: boolean,
  why?: string,
): Promise<unknown> =>
  client.query({
    name: 'event-note',
    text: `UPDATE notification SET applied = $3, body_hash = $4, why = $5
      WHERE provider = $1 AND event_key = $2`,
    values: [provider, eventKey, applied, bodyHash, why ?? null],
  });

/** Keeps a proof whose payment we do not know, from its first sight on. */
export async function parkEvent(
  pool: pg.Pool,
  event: InboxEvent,
  paymentId: string,
  now: Instant,
): Promise<{ firstSeenAt: Instant }> {
  const { rows } = await pool.query<{ received_at: Instant }>(
    `INSERT INTO notification AS n (provider, event_key, body_hash, payment_id, received_at, applied)
     VALUES ($1, $2, $3, $4, $5, false)
     ON CONFLICT (provider, event_key) DO UPDATE SET payment_id = n.payment_id RETURNING received_at`,
    [event.provider, event.eventKey, event.bodyHash, paymentId, timestamp(now)],
  );
  return { firstSeenAt: instant(rows[0]?.received_at ?? now) };
}
