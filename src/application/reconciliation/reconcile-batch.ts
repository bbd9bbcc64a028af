import { decimalText, type Money } from '../../domain/money.ts';
import { ok, type Result } from '../../domain/result.ts';
import {
  compareBatch,
  type BankCredit,
  type Batch,
  type BatchCompared,
  type BatchRefusal,
} from '../../domain/settlement-batch.ts';
import type { CalendarDay } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Randomness } from '../ports/randomness.ts';
import type {
  BreakCase,
  ReconciliationRun,
  ReconciliationStore,
} from '../ports/reconciliation-store.ts';

export interface ReconcileBatchRequest extends Batch {
  readonly provider: string;
  /** The provider's number of the batch. */
  readonly batch: string;
  readonly day: CalendarDay;
  /** Digest of everything that was compared. */
  readonly hash: string;
}

export interface ReconciledBatch {
  readonly run: ReconciliationRun;
  readonly compared: BatchCompared;
}

/**
 * Holds what a provider says it transfers at once against what the bank was credited. Nothing is booked by it: a
 * difference is a case for people. The case of an earlier comparison is healed when the batch, told more completely, comes
 * to what the bank has, and by nothing else.
 */
export const reconcileBatch =
  (runs: ReconciliationStore, randomness: Randomness, clock: Clock) =>
  async (request: ReconcileBatchRequest): Promise<Result<ReconciledBatch, BatchRefusal>> => {
    const compared = compareBatch(request);
    if (!compared.ok) return compared;
    const { provider, batch, day, hash, lines } = request;
    const { code } = compared.value;
    const before = await runs.ofBatch(provider, batch);
    const run: ReconciliationRun = {
      ...{ id: randomness.id(), provider, day, source: 'settlement', batch, hash },
      ...{ ranAt: clock.now(), lines: lines.length },
      matched: code === undefined ? lines.length : 0,
      breaks: casesOf(request, compared.value, before),
    };
    await runs.save(run);
    return ok({ run, compared: compared.value });
  };
export type ReconcileBatch = ReturnType<typeof reconcileBatch>;

function casesOf(
  { batch, credits }: ReconcileBatchRequest,
  compared: BatchCompared,
  before: ReconciliationRun | undefined,
): readonly BreakCase[] {
  const facts = { paymentId: undefined, ref: batch, ...textsOf(compared, credits) };
  if (compared.code !== undefined) return [{ code: compared.code, ...facts, state: 'open' }];
  const open = before?.breaks.filter(({ state }) => state === 'open') ?? [];
  return open.map(({ code }) => ({ code, ...facts, state: 'healed' }));
}

/** Both sides of a batch for people, one line each: what was to come and how it comes about, and what came. */
export function textsOf(
  { gross, fees, refunds, chargebacks, reserve, expected, got, difference }: BatchCompared,
  credits: readonly BankCredit[],
): { readonly ours: string; readonly theirs: string } {
  const parts = [
    `payments ${decimalText(gross)}`,
    ...part('fees', fees),
    ...part('refunds', refunds),
    ...part('chargebacks', chargebacks),
    ...part('reserve', reserve),
  ].join(' ');
  const documents = credits.map(({ day, number }) => `${day} document ${number}`).join(', ');
  return {
    ours: `got credit ${sumText(got)}${documents === '' ? '' : ` (${documents})`}, difference ${sumText(difference)}`,
    theirs: `expected credit ${sumText(expected)} = ${parts}`,
  };
}

const sumText = (sum: Money): string => `${decimalText(sum)} ${sum.currency}`;

const part = (name: string, { minor, currency }: Money): readonly string[] => {
  if (minor === 0n) return [];
  const size = decimalText({ minor: minor < 0n ? -minor : minor, currency });
  return [`${minor < 0n ? '+' : '−'} ${name} ${size}`];
};
