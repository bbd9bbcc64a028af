import { parseArgs } from 'node:util';
import type { GrantMode } from '../../domain/protection/grant.ts';
import type { BudgetSetting } from '../../application/ports/budget-settings.ts';

export const budgetHelp = `Usage: npm run budget -- show
       npm run budget -- set OPERATION [--rate N] [--burst N] [--concurrency N] [--cost N]
                             [--customer-rate N] [--customer-burst N]
                             [--safe-rate N] [--safe-burst N] [--safe-concurrency N]
       npm run budget -- open|throttle|drain|close OPERATION|all

Says what the inside lets the gateways pass, all of them together. It is kept in a file (BUDGETS_FILE) and holds
within a second wherever accounting runs.
  show      what is granted of every operation
  set       changes numbers: cost per second and in a burst, requests at once, what one request costs,
            what one customer may take, and what holds when the inside has fallen silent
  open      lets everything pass that the numbers allow
  throttle  sheds questions that may wait
  drain     lets no new question pass; commands go on, so that queues run empty
  close     lets nothing pass; commands wait in their queues`;

const modes = { open: 'open', throttle: 'throttle', drain: 'drain', close: 'closed' } as const;

const numbers = {
  rate: (one, n) => ({ ...one, rate: { ...one.rate, perSecond: n } }),
  burst: (one, n) => ({ ...one, rate: { ...one.rate, burst: n } }),
  concurrency: (one, n) => ({ ...one, concurrency: n }),
  cost: (one, n) => ({ ...one, cost: n }),
  'customer-rate': (one, n) => ({ ...one, customer: { ...one.customer, perSecond: n } }),
  'customer-burst': (one, n) => ({ ...one, customer: { ...one.customer, burst: n } }),
  'safe-rate': (one, n) => safely(one, { rate: { ...one.safe.rate, perSecond: n } }),
  'safe-burst': (one, n) => safely(one, { rate: { ...one.safe.rate, burst: n } }),
  'safe-concurrency': (one, n) => safely(one, { concurrency: n }),
} satisfies Readonly<Record<string, (one: BudgetSetting, n: number) => BudgetSetting>>;
type NumberName = keyof typeof numbers;
const numberNames = Object.keys(numbers) as NumberName[];

const safely = (one: BudgetSetting, more: Partial<BudgetSetting['safe']>): BudgetSetting => ({
  ...one,
  safe: { ...one.safe, ...more },
});

export type BudgetOptions =
  | { readonly command: 'help' | 'show' }
  | {
      readonly command: 'change';
      /** Undefined: all. */
      readonly operation: string | undefined;
      readonly change: (setting: BudgetSetting) => BudgetSetting;
    };

/** Reads the command line; throws with a sentence for what cannot be meant. */
export function budgetOptions(args: readonly string[]): BudgetOptions {
  const parsed = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      ...Object.fromEntries(numberNames.map((name) => [name, { type: 'string' as const }])),
    },
  });
  const values: Readonly<Record<string, string | boolean | undefined>> = parsed.values;
  const { positionals } = parsed;
  const [command = '', operation, ...more] = positionals;
  if (values.help === true) return { command: 'help' };
  if (more.length > 0) throw new Error(`only one operation at a time, not also ${more.join(' ')}`);
  if (command === 'show') return { command };
  if (!(command in modes) && command !== 'set') {
    throw new Error('say what to do: show, set, open, throttle, drain or close; --help says more');
  }
  if (operation === undefined)
    throw new Error(`say which operation to ${command}; show lists them`);

  const given = numberNames.flatMap((name) => {
    const text = values[name];
    return typeof text === 'string' ? [[name, numberOf(name, text)] as const] : [];
  });
  if (command === 'set') {
    if (operation === 'all') throw new Error('set takes one operation, not all');
    if (given.length === 0) throw new Error('set takes at least one number; --help lists them');
    const change = (setting: BudgetSetting): BudgetSetting =>
      given.reduce((one, [name, n]) => numbers[name](one, n), setting);
    return { command: 'change', operation, change };
  }
  if (given.length > 0) throw new Error(`${command} takes no numbers; set does`);
  const mode: GrantMode = modes[command as keyof typeof modes];
  const change = (setting: BudgetSetting): BudgetSetting => ({ ...setting, mode });
  return { command: 'change', operation: operation === 'all' ? undefined : operation, change };
}

const wholeNumbers: readonly NumberName[] = ['concurrency', 'safe-concurrency'];

const numberOf = (name: NumberName, text: string): number => {
  const isNumber = (wholeNumbers.includes(name) ? /^\d{1,6}$/ : /^\d{1,6}(\.\d{1,3})?$/).test(text);
  if (!isNumber || (name === 'cost' && Number(text) === 0)) {
    throw new Error(`--${name} takes a number from ${name === 'cost' ? '0.001' : '0'} to 999999`);
  }
  return Number(text);
};
