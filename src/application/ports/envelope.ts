import type { CustomerId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** The closed list of what may be said between the zones. */
export const messageTypes = [
  'ledger.record-payment',
  'ledger.record-refund',
  'ledger.read-account',
  'ledger.customer-changed',
  'ledger.account-changed',
] as const;
export type MessageType = (typeof messageTypes)[number];

/** Query: transient. Command: once. Event: from the inside, at least once. Reply: to a query. */
export type MessageClass = 'query' | 'command' | 'event' | 'reply';

export type ReplyStatus = 'OK' | 'BUSY' | 'NOT_FOUND' | 'INVALID' | 'EXPIRED' | 'INTERNAL';

/** A message whose signature, form and schema were checked. `data` fits the schema of its type. */
export interface Envelope {
  readonly id: string;
  readonly source: string;
  readonly type: MessageType;
  readonly messageClass: MessageClass;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly nonce: string;
  readonly subject: CustomerId;
  readonly correlationId: string;
  /** Commands only. */
  readonly idempotencyKey: string | undefined;
  /** Replies only. */
  readonly status: ReplyStatus | undefined;
  readonly retryAfterMs: number | undefined;
  readonly data: unknown;
}
