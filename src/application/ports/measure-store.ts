import type { Suspect } from '../../domain/protection/detectors/watched.ts';
import type { MeasureHistory } from '../../domain/protection/measures.ts';
import type { Instant } from '../../domain/time.ts';

/** All that is known of what was done about somebody, as one gateway knew it at a moment. */
export interface MeasureChange {
  readonly who: Suspect;
  readonly history: MeasureHistory;
  readonly at: Instant;
}

/**
 * Keeps what gateways did about suspects, for themselves after a restart and for each other. Promises, proved by
 * test/contracts/measure-store.test.ts:
 * - whoever reads on from the mark of the last answer sees every change once it is kept, also of parallel writers;
 * - changes come in the order in which they were kept, whole and to the millisecond.
 */
export interface MeasureStore {
  keep(changes: readonly MeasureChange[]): Promise<void>;
  /** What was kept after a mark (0: ever), and the mark to go on from. */
  after(
    mark: number,
    limit: number,
  ): Promise<{ readonly changes: readonly MeasureChange[]; readonly mark: number }>;
  /** Drops what was known before a moment. */
  forgetBefore(moment: Instant): Promise<void>;
}
