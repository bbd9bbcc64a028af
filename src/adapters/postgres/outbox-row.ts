import type pg from 'pg';
import type { OutgoingMessage } from '../../application/ports/outbox.ts';
import { timestamp } from './pool.ts';

/** Saves a message in the transaction of what it tells of, and wakes who publishes once that commits. */
export async function saveMessage(client: pg.ClientBase, message: OutgoingMessage): Promise<void> {
  await client.query({
    name: 'outbox-save',
    text: messageInsert(1),
    values: messageValues(message),
  });
}

/** The same as a statement that may follow others in one `WITH`; its five parameters begin at `from`. */
export const messageInsert = (from: number): string => {
  const value = (n: number): string => `$${String(from + n)}`;
  return `INSERT INTO outbox (id, topic, customer_id, body, created_at, next_at)
    SELECT ${value(0)}::uuid, ${value(1)}, ${value(2)}::uuid, ${value(3)},
      ${value(4)}::timestamptz, ${value(4)}::timestamptz
    FROM pg_notify('outbox', '')`;
};

export const messageValues = (message: OutgoingMessage): unknown[] => [
  message.id,
  message.topic,
  message.customerId ?? null,
  message.body,
  timestamp(message.createdAt),
];
