import type { MeasureChange, MeasureStore } from '../../application/ports/measure-store.ts';
import type { Instant } from '../../domain/time.ts';

/** What gateways did about suspects, in memory. */
export class MemoryMeasureStore implements MeasureStore {
  #kept: { readonly mark: number; readonly change: MeasureChange }[] = [];
  #lastMark = 0;

  async keep(changes: readonly MeasureChange[]): Promise<void> {
    for (const change of changes) this.#kept.push({ mark: (this.#lastMark += 1), change });
  }

  async after(mark: number, limit: number) {
    const found = this.#kept.filter((one) => one.mark > mark).slice(0, limit);
    return { changes: found.map(({ change }) => change), mark: found.at(-1)?.mark ?? mark };
  }

  async forgetBefore(moment: Instant): Promise<void> {
    this.#kept = this.#kept.filter(({ change }) => change.at >= moment);
  }
}
