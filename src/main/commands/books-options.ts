import { parseArgs } from 'node:util';
import type { DayRange } from '../../application/ports/ledger-reports.ts';
import { parseDay, type CalendarDay } from '../../domain/time.ts';
import { WrongUsage } from './import-options.ts';

export const booksHelp = `Usage: npm run books -- export --format journal [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--out FILE]

Writes the ledger for another bookkeeping program, as of one moment, however large the books are.

  --format journal    plain text that hledger and ledger read: hledger check --strict -f FILE,
                      ledger --pedantic -f FILE bal
  --from, --to        the days to write, both in it; by default from the first to the last. Without --from the file
                      ends with what every account must stand at, for the reading program to check
  --out FILE          where to write; by default the standard output. A file that is there is replaced when all is done
  --help              this text

Exit code: 0 written, 2 wrong usage, 3 trouble (no database, a place that cannot be written to).`;

/** What the command line asks for. */
export interface BooksOptions {
  readonly help: boolean;
  readonly range: DayRange;
  readonly out: string | undefined;
}

/** Reads the command line; throws WrongUsage. */
export function booksOptions(args: readonly string[]): BooksOptions {
  const { values, positionals } = parsed(args);
  const range = { from: dayOf('--from', values.from), to: dayOf('--to', values.to) };
  const options = { help: values.help, range, out: values.out };
  if (values.help) return options;
  if (positionals.join(' ') !== 'export') throw new WrongUsage('say what to do: export');
  if (values.format !== 'journal') {
    throw new WrongUsage('name the format, there is one: --format journal');
  }
  if (range.from !== undefined && range.to !== undefined && range.to < range.from) {
    throw new WrongUsage(`--to ${range.to} is before --from ${range.from}`);
  }
  return options;
}

function dayOf(name: string, text: string | undefined): CalendarDay | undefined {
  if (text === undefined) return undefined;
  const day = parseDay(text);
  if (day === undefined) throw new WrongUsage(`${name} ${text} is no day; write it as 2026-10-31`);
  return day;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        out: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new WrongUsage(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
