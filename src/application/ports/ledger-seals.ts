import type { Instant } from '../../domain/time.ts';

/**
 * Brings counters and seals up to what is committed. Promises:
 * - every committed entry is counted and sealed exactly once, in the order of its number;
 * - a seal is a digest over the entry texts since the last one and over its digest, so that nothing before it can be
 *   changed, taken away or added without breaking it;
 * - a payment waits for it no longer than a moment; where that is not enough it does nothing this time.
 */
export interface LedgerSeals {
  /** Answers how many entries were sealed. */
  seal(now: Instant): Promise<number>;
}
