import { parseArgs } from 'node:util';
import { parseDay, type CalendarDay } from '../../domain/time.ts';
import { WrongUsage } from './import-options.ts';

export const reconcileHelp = `Usage: npm run reconcile -- --provider yookassa --registry file.csv [--day 2026-03-11]
       npm run reconcile -- --provider yookassa --day 2026-03-11
       npm run reconcile -- --provider yookassa --batch 42 --bank statement.xml --registry file.csv …
       npm run reconcile -- --list

Holds one day of a payment system against ours, both ways: by its register, or by its own list of that day.
What is paid there and open here, and refunds made in its cabinet, are asked for and taken over; nothing is ever
booked from the register alone. Everything else is a list for people.

With --batch it holds one transfer of a payment system against the bank: payments − fees − refunds − chargebacks ± reserve,
to the smallest unit. Nothing is booked by it; a difference is a break for people (BATCH_DIFF, or NO_SETTLEMENT where nothing
came), and is healed when the same batch, told more completely, comes to what the bank has.

  --provider CODE     the payment system
  --registry FILE     its register of one day; the very same file twice is recognised
  --day YYYY-MM-DD    the day, in the payment system's zone (Europe/Moscow); of a register: the day of its last line
  --batch NUMBER      the number of the payment system's register, as SETTLEMENTS_FILE finds it in the bank's purpose
  --bank FILE         the bank's statement: 1CClientBankExchange or camt
  --registry FILE     with --batch once for each register that the transfer is of
  --deductions FILE   what was kept or given back beside the payments: CSV with kind;ref;amount;currency, where kind is
                      fee, refund, chargeback, chargeback-reversed, reserve-withheld or reserve-released
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
  readonly batch: BatchOptions | undefined;
  readonly out: string;
}

/** A transfer that is held against the bank. */
export interface BatchOptions {
  readonly number: string;
  readonly bank: string;
  readonly registries: readonly string[];
  readonly deductions: string | undefined;
}

/** Reads the command line; throws WrongUsage. */
export function reconcileOptions(args: readonly string[]): ReconcileOptions {
  const values = parsed(args);
  const { help, list, provider = '', registry: registries = [], out } = values;
  const [registry] = registries;
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
  const batch = batchOf(values);
  if (batch === undefined && registries.length > 1) {
    throw new WrongUsage('a day is reconciled by one register; several are for one --batch');
  }
  return { help, list, provider, registry, day, batch, out };
}

function batchOf(values: ReturnType<typeof parsed>): BatchOptions | undefined {
  const { batch: number, bank, registry: registries = [], deductions } = values;
  if (number === undefined) {
    if (bank === undefined && deductions === undefined) return undefined;
    throw new WrongUsage('name the transfer that the bank’s statement is for: --batch NUMBER');
  }
  if (bank === undefined) throw new WrongUsage('a batch is held against a statement: --bank FILE');
  if (registries.length === 0) throw new WrongUsage('name the registers of it: --registry FILE');
  return { number, bank, registries, deductions };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        provider: { type: 'string' },
        registry: { type: 'string', multiple: true },
        day: { type: 'string' },
        batch: { type: 'string' },
        bank: { type: 'string' },
        deductions: { type: 'string' },
        out: { type: 'string', default: 'breaks.csv' },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (cause) {
    throw new WrongUsage(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
