import type { BreakCode, RegistryLine } from '../../domain/reconciliation.ts';
import type { CalendarDay, Instant } from '../../domain/time.ts';

/** A break as a case: what stands on each side, and what became of it. */
export interface BreakCase {
  readonly code: BreakCode;
  readonly paymentId: string | undefined;
  readonly ref: string | undefined;
  /** Both sides' facts for people, one line each. */
  readonly ours: string;
  readonly theirs: string;
  /** `healed`: the provider was asked and its word is in the books now. */
  readonly state: 'open' | 'healed';
}

/** One reconciliation of one provider's day. */
export interface ReconciliationRun {
  readonly id: string;
  readonly provider: string;
  readonly day: CalendarDay;
  /** Where their side came from; a settlement is a batch of theirs held against the bank. */
  readonly source: 'list' | 'registry' | 'settlement';
  /** The provider's number of the batch, of a settlement. */
  readonly batch?: string;
  /** Digest of the register; the same file twice is recognised. */
  readonly hash: string | undefined;
  readonly ranAt: Instant;
  readonly lines: number;
  readonly matched: number;
  readonly breaks: readonly BreakCase[];
}

/**
 * Keeps reconciliations. Promises, proved by test/contracts/reconciliation-store.test.ts: nothing is deleted, runs come
 * newest first, a run and its breaks are saved together or not at all.
 */
export interface ReconciliationStore {
  save(run: ReconciliationRun): Promise<void>;
  list(limit: number): Promise<ReconciliationRun[]>;
  find(id: string): Promise<ReconciliationRun | undefined>;
  /** The newest run of a day from one kind of source. */
  ofDay(
    provider: string,
    day: CalendarDay,
    source: ReconciliationRun['source'],
  ): Promise<ReconciliationRun | undefined>;
  /** The newest run that held this batch against the bank. */
  ofBatch(provider: string, batch: string): Promise<ReconciliationRun | undefined>;
  /** The run of this very file, if it was taken before. */
  findByHash(provider: string, hash: string): Promise<ReconciliationRun | undefined>;
}

export type RegistryRefusal = {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly why: string;
};

/** Reads a provider's register: the whole of it or nothing, with the place and the reason. */
export interface RegistryReader {
  readonly provider: string;
  read(
    file: Uint8Array,
  ):
    | { readonly ok: true; readonly value: readonly RegistryLine[] }
    | { readonly ok: false; readonly refusal: RegistryRefusal };
}
