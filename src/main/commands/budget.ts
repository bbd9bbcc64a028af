import { budgetsFile } from '../../adapters/settings/budgets-file.ts';
import { usualBudgets } from '../../application/budgets/usual-budgets.ts';
import type { BudgetSetting } from '../../application/ports/budget-settings.ts';
import { readConfig } from '../config.ts';
import { sentence } from '../run-alone.ts';
import { budgetHelp, budgetOptions, type BudgetOptions } from './budget-options.ts';

const columns = [
  ['operation', ({ operation }) => operation],
  ['mode', ({ mode }) => mode],
  ['rate/s', ({ rate }) => rate.perSecond],
  ['burst', ({ rate }) => rate.burst],
  ['at once', ({ concurrency }) => concurrency],
  ['cost', ({ cost }) => cost],
  ['customer/s', ({ customer }) => customer.perSecond],
  ['burst', ({ customer }) => customer.burst],
  ['safe/s', ({ safe }) => safe.rate.perSecond],
  ['at once', ({ safe }) => safe.concurrency],
] as const satisfies readonly (readonly [string, (one: BudgetSetting) => string | number])[];

const table = (settings: readonly BudgetSetting[]): string => {
  const rows = [
    columns.map(([title]) => title),
    ...settings.map((setting) => columns.map(([, cell]) => String(cell(setting)))),
  ];
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, at) => pad(cell, widths[at] ?? 0, at)).join('  '))
    .join('\n');
};

/** Words to the left, numbers to the right. */
const pad = (cell: string, width: number, at: number): string =>
  at < 2 ? cell.padEnd(width) : cell.padStart(width);

async function run(options: BudgetOptions): Promise<void> {
  if (options.command === 'help') {
    console.log(budgetHelp);
    return;
  }
  const path = readConfig(process.env).budgetsFile;
  const settings = budgetsFile(path, usualBudgets);
  if (options.command === 'change') {
    const { operation, change } = options;
    const all = await settings.read();
    const meant = all.filter((one) => operation === undefined || one.operation === operation);
    if (meant.length === 0) {
      const known = all.map((one) => one.operation).join(', ');
      throw new Error(`there is no operation ${operation ?? ''}; there are ${known}`);
    }
    for (const one of meant) await settings.keep(change(one));
  }
  console.log(table(await settings.read()));
  console.log(`\nkept in ${path}`);
}

try {
  await run(budgetOptions(process.argv.slice(2)));
} catch (error) {
  console.error(`kabinet: ${sentence(error)}`);
  process.exitCode = 1;
}
