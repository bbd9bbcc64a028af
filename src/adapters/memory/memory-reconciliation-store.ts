import type {
  ReconciliationRun,
  ReconciliationStore,
} from '../../application/ports/reconciliation-store.ts';
import type { CalendarDay } from '../../domain/time.ts';

/** Reconciliations in a list, newest last. */
export class MemoryReconciliationStore implements ReconciliationStore {
  readonly #runs: ReconciliationRun[] = [];

  async save(run: ReconciliationRun): Promise<void> {
    this.#runs.push(run);
  }

  async list(limit: number): Promise<ReconciliationRun[]> {
    return this.#runs
      .toSorted((a, b) => b.ranAt - a.ranAt || (a.id < b.id ? 1 : -1))
      .slice(0, limit);
  }

  async find(id: string): Promise<ReconciliationRun | undefined> {
    return this.#runs.find((run) => run.id === id);
  }

  async ofDay(
    provider: string,
    day: CalendarDay,
    source: ReconciliationRun['source'],
  ): Promise<ReconciliationRun | undefined> {
    const all = await this.list(this.#runs.length);
    return all.find((run) => run.provider === provider && run.day === day && run.source === source);
  }

  async ofBatch(provider: string, batch: string): Promise<ReconciliationRun | undefined> {
    const all = await this.list(this.#runs.length);
    return all.find((run) => run.provider === provider && run.batch === batch);
  }

  async findByHash(provider: string, hash: string): Promise<ReconciliationRun | undefined> {
    return this.#runs.find((run) => run.provider === provider && run.hash === hash);
  }
}
