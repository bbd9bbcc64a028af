import type pg from 'pg';
import type { OutgoingMessage } from '../../application/ports/outbox.ts';
import { timestamp } from './pool.ts';

/** Saves a message in the transaction of what it tells of, and wakes who publishes once that commits. */
export async function saveMessage(client: pg.ClientBase, message: OutgoingMessage): Promise<void> {
  await client.query({
    name: 'outbox-save',
    text: `WITH woken AS (SELECT pg_notify('outbox', ''))
      INSERT INTO outbox (id, topic, customer_id, body, created_at, next_at)
      SELECT $1, $2, $3, $4, $5, $5 FROM woken`,
    values: [
      message.id,
      message.topic,
      message.customerId ?? null,
      message.body,
      timestamp(message.createdAt),
    ],
  });
}
