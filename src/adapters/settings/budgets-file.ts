import { z } from 'zod';
import type { BudgetSetting, BudgetSettings } from '../../application/ports/budget-settings.ts';
import { readSettingsIfAny, writeSettings, wrongSettings } from './settings-file.ts';

const rate = z.strictObject({
  perSecond: z.number().min(0).max(1_000_000),
  burst: z.number().min(0).max(1_000_000),
});
const limits = { rate, concurrency: z.number().int().min(0).max(100_000) };
const budget = z.strictObject({
  ...limits,
  cost: z.number().positive().max(1_000),
  mode: z.enum(['open', 'throttle', 'drain', 'closed']),
  customer: rate,
  safe: z.strictObject(limits),
});
const file = z.record(z.string().max(64), budget);

/**
 * Budgets in a JSON file: what it does not name has its usual values. It may be edited by hand; throws an Error of
 * one sentence that names the place of what is wrong.
 */
export const budgetsFile = (path: string, usual: readonly BudgetSetting[]): BudgetSettings => {
  const read = (): readonly BudgetSetting[] => {
    const named = readSettingsIfAny(path, file) ?? {};
    const stranger = Object.keys(named).find(
      (name) => !usual.some((one) => one.operation === name),
    );
    if (stranger !== undefined) throw wrongSettings(path, `there is no operation ${stranger}`);
    return usual.map((one) => ({ ...one, ...named[one.operation] }));
  };
  return {
    read: () => new Promise((resolve) => resolve(read())),
    keep: (setting) =>
      new Promise((resolve) => {
        const all = read().map((one) => (one.operation === setting.operation ? setting : one));
        writeSettings(
          path,
          Object.fromEntries(all.map(({ operation, ...one }) => [operation, one])),
        );
        resolve();
      }),
  };
};
