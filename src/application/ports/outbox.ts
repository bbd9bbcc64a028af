import type { CustomerId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** Where a message that was committed goes next. */
export type OutboxTopic = 'sms' | 'command' | 'event';

/** A message saved in the same commit as what it tells of. `body` is JSON text. */
export interface OutgoingMessage {
  readonly id: string;
  readonly topic: OutboxTopic;
  /** Absent where nobody is meant: such a message is dropped in silence. */
  readonly customerId: CustomerId | undefined;
  readonly body: string;
  readonly createdAt: Instant;
}

export interface TakenMessage extends OutgoingMessage {
  /** How often it was taken before. */
  readonly attempts: number;
}

/**
 * Messages that must leave, in the order they were saved per customer. Promises:
 * - nobody else gets a taken message until its lease ends;
 * - a message stays until `done`, so it is delivered at least once;
 * - a message that is put while one of its id waits is not there twice.
 */
export interface Outbox {
  /** Saves a message that belongs to no other commit. */
  put(message: OutgoingMessage): Promise<void>;
  take(limit: number, leaseMs: number, now: Instant): Promise<TakenMessage[]>;
  done(ids: readonly string[]): Promise<void>;
  again(id: string, at: Instant): Promise<void>;
}
