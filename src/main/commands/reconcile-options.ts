import { parseArgs } from 'node:util';
import { parseDay, type CalendarDay } from '../../domain/time.ts';
import { WrongUsage } from './import-options.ts';

export const reconcileHelp = `Usage: npm run reconcile -- --provider yookassa --registry file.csv [--day 2026-03-11]
       npm run reconcile -- --provider yookassa --day 2026-03-11
       npm run reconcile -- --list

Holds one day of a payment system against ours, both ways: by its register, or by its own list of that day.
What is paid there and open here, and refunds made in its cabinet, are asked for and taken over; nothing is ever
booked from the register alone. Everything else is a list for people.

  --provider CODE     the payment system
  --registry FILE     its register of one day; the very same file twice is recognised
  --day YYYY-MM-DD    the day, in the payment system's zone (Europe/Moscow); of a register: the day of its last line
  --out FILE          where the breaks are listed (breaks.csv)
  --list              the latest reconciliations
  --help              this text

Exit code: 0 nothing is open, 1 breaks are open, 2 wrong usage or a file refused, 3 trouble.`;

/** What the command line asks for. */
export interface ReconcileOptions {
  readonly help: boolean;
  readonly list: boolean;
  readonly provider: string;
  readonly registry: string | undefined;
  readonly day: CalendarDay | undefined;
  readonly out: string;
}

/** Reads the command line; throws WrongUsage. */
export function reconcileOptions(args: readonly string[]): ReconcileOptions {
  const values = parsed(args);
  const { help, list, provider = '', registry, out } = values;
  const day = values.day === undefined ? undefined : parseDay(values.day);
  if (values.day !== undefined && day === undefined) {
    throw new WrongUsage(`--day ${values.day} is no day; write it as 2026-03-11`);
  }
  if (!help && !list) {
    if (provider === '') throw new WrongUsage('name the payment system: --provider yookassa');
    if (registry === undefined && day === undefined) {
      throw new WrongUsage('name its register (--registry FILE) or a day (--day YYYY-MM-DD)');
    }
  }
  return { help, list, provider, registry, day, out };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        provider: { type: 'string' },
        registry: { type: 'string' },
        day: { type: 'string' },
        out: { type: 'string', default: 'breaks.csv' },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (cause) {
    throw new WrongUsage(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
