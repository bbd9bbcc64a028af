import type { Instant } from '../../domain/time.ts';

export interface InboxEntry {
  readonly source: string;
  readonly idempotencyKey: string;
  /** Digest of what is asked for: the same key must always ask for the same. */
  readonly requestHash: string;
}

/**
 * Which commands came through. Promises, proved by test/contracts/command-inbox.test.ts:
 * - of all who take one key with one content, at the same time or not, exactly one is told `new`;
 * - the same key with other content is a `conflict`, for ever.
 */
export interface CommandInbox {
  take(entry: InboxEntry, now: Instant): Promise<'new' | 'repeated' | 'conflict'>;
  /** Forgets what came before a moment; answers how many. */
  forgetBefore(moment: Instant): Promise<number>;
}
