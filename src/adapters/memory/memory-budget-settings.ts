import type { BudgetSetting, BudgetSettings } from '../../application/ports/budget-settings.ts';

/** Budgets in a map. */
export class MemoryBudgetSettings implements BudgetSettings {
  readonly #settings: Map<string, BudgetSetting>;

  constructor(usual: readonly BudgetSetting[]) {
    this.#settings = new Map(usual.map((one) => [one.operation, one]));
  }

  read(): Promise<readonly BudgetSetting[]> {
    return Promise.resolve([...this.#settings.values()]);
  }

  keep(setting: BudgetSetting): Promise<void> {
    this.#settings.set(setting.operation, setting);
    return Promise.resolve();
  }
}
