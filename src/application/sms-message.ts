import type { CustomerId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { OutgoingMessage } from './ports/outbox.ts';
import type { Secrets } from './ports/secrets.ts';

/** What the worker needs to send a text; locked while it waits in the outbox. */
export interface SmsOrder {
  readonly to: string;
  readonly text: string;
  /** After this the text is of no use and is not sent any more. */
  readonly usefulUntil: Instant;
}

/** Seals an order into the message that carries it; without a customer it goes nowhere. */
export const smsMessage = (
  secrets: Secrets,
  id: string,
  customerId: CustomerId | undefined,
  order: SmsOrder,
  now: Instant,
): OutgoingMessage => ({
  id,
  topic: 'sms',
  customerId,
  body: JSON.stringify({ sealed: secrets.seal(JSON.stringify(order), id) }),
  createdAt: now,
});
