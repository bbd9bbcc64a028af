import type { ToleranceAsked, ToleranceStore } from '../../application/ports/tolerance-store.ts';
import { sizeOf, type Tolerance } from '../../domain/ledger/tolerance.ts';
import type { Result } from '../../domain/result.ts';

/** Differences that people let pass, in a map. */
export class MemoryToleranceStore implements ToleranceStore {
  readonly #cases = new Map<string, Tolerance>();

  async decide<Refusal>(
    { caseId, currency, day }: ToleranceAsked,
    decide: (found: Tolerance | undefined, aloneToday: bigint) => Result<Tolerance, Refusal>,
  ): Promise<Result<Tolerance, Refusal>> {
    const alone = [...this.#cases.values()].filter(
      ({ state, amount }) =>
        state.tag === 'agreed' &&
        state.by === undefined &&
        state.on === day &&
        amount.currency === currency,
    );
    const aloneToday = alone.reduce((sum, { amount }) => sum + sizeOf(amount), 0n);
    const decided = decide(this.#cases.get(caseId), aloneToday);
    if (decided.ok) this.#cases.set(caseId, decided.value);
    return decided;
  }

  async list(limit: number): Promise<readonly Tolerance[]> {
    return [...this.#cases.values()]
      .toSorted((a, b) => b.askedAt - a.askedAt || (a.caseId < b.caseId ? 1 : -1))
      .slice(0, limit);
  }
}
