import { parseArgs } from 'node:util';
import type { DayRange } from '../../application/ports/ledger-reports.ts';
import type { LedgerAccountId } from '../../domain/ledger/entry.ts';
import { parseDay, type CalendarDay } from '../../domain/time.ts';
import { statementFormats, type StatementFormat } from '../books-forms.ts';
import { WrongUsage } from './import-options.ts';

export const booksHelp = `Usage: npm run books -- export --format FORMAT [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--out FILE] …
       npm run books -- import --file FILE

Writes the ledger for another bookkeeping program, as of one moment, however large the books are.

  --format journal    plain text that hledger and ledger read: hledger check --strict -f FILE,
                      ledger --pedantic -f FILE bal
  --from, --to        the days to write, both in it; by default from the first to the last. Without --from the journal
                      ends with what every account must stand at, for the reading program to check
  --out FILE          where to write; by default the standard output. A file that is there is replaced when all is done

A statement of one account over some days, with what was there before and after (--from and --to are needed):

  --format 1c         1CClientBankExchange 1.03, windows-1251, as a bank hands it to 1C
  --format camt.053   ISO 20022 statement, version 08
  --format camt.054   ISO 20022 notification of debits and credits, version 08
  --format csv        a table for spreadsheets
  --format xlsx       the same table with dates and numbers; it goes on on another sheet after 1 048 575 rows
  --account NAME      the account of the ledger: bank:main:RUB, clearing:yookassa:RUB … (npm run ledger -- balance)
  --number NUMBER     what the account is called outside: 20 digits for 1c; by default its name in the ledger
  --bank, --bic, --correspondent   the bank it is kept at, where it has one

import books a bank's statement, 1CClientBankExchange or camt.053/camt.054: what payment systems have transferred goes from
their clearing account to the bank. SETTLEMENTS_FILE says how their transfers are told. Other money that came is listed
and left to people. A file is booked as a whole or not at all where it cannot be believed; one that is given again
changes nothing.

  --file FILE         the bank's file
  --help              this text

Exit code: 0 done; 1 something of a bank's file was left to people; 2 wrong usage, or a file that cannot be believed;
3 trouble (no database, a place that cannot be written to).`;

/** What a statement is of, and where its account is kept. */
export interface StatementOptions {
  readonly format: StatementFormat;
  readonly account: LedgerAccountId;
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  readonly number: string;
  readonly bank: string;
  readonly bic: string;
  readonly correspondent: string;
}

/** What the command line asks for. */
export type BooksOptions =
  | { readonly command: 'help' }
  | { readonly command: 'import'; readonly file: string }
  | { readonly command: 'journal'; readonly range: DayRange; readonly out: string | undefined }
  | ({ readonly command: 'statement'; readonly out: string | undefined } & StatementOptions);

/** Reads the command line; throws WrongUsage. */
export function booksOptions(args: readonly string[]): BooksOptions {
  const { values, positionals } = parsed(args);
  if (values.help) return { command: 'help' };
  const what = positionals.join(' ');
  if (what === 'import') {
    if (values.file === undefined) throw new WrongUsage('name the bank’s file: --file FILE');
    return { command: 'import', file: values.file };
  }
  if (what !== 'export') throw new WrongUsage('say what to do: export or import');
  const range = { from: dayOf('--from', values.from), to: dayOf('--to', values.to) };
  if (range.from !== undefined && range.to !== undefined && range.to < range.from) {
    throw new WrongUsage(`--to ${range.to} is before --from ${range.from}`);
  }
  const { format, out } = values;
  if (format === 'journal') return { command: 'journal', range, out };
  const known = statementFormats.find((name) => name === format);
  if (known === undefined) {
    throw new WrongUsage(`name the format: journal, ${statementFormats.join(', ')}`);
  }
  return { command: 'statement', out, ...statementOf(known, range, values) };
}

function statementOf(
  format: StatementFormat,
  { from, to }: DayRange,
  values: ReturnType<typeof parsed>['values'],
): StatementOptions {
  if (from === undefined || to === undefined) {
    throw new WrongUsage('a statement needs its first and its last day: --from and --to');
  }
  const { account, number = account, bank = '', bic = '', correspondent = '' } = values;
  if (account === undefined || number === undefined) {
    throw new WrongUsage('name the account of the ledger, as in --account clearing:yookassa:RUB');
  }
  if (format === '1c' && !/^\d{20}$/.test(number)) {
    throw new WrongUsage('1c needs the account’s number at its bank: --number with 20 digits');
  }
  return {
    ...{ format, account: account as LedgerAccountId, from, to },
    ...{ number, bank, bic, correspondent },
  };
}

function dayOf(name: string, text: string | undefined): CalendarDay | undefined {
  if (text === undefined) return undefined;
  const day = parseDay(text);
  if (day === undefined) throw new WrongUsage(`${name} ${text} is no day; write it as 2026-10-31`);
  return day;
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ format: text, from: text, to: text, out: text, file: text },
        ...{ account: text, number: text, bank: text, bic: text, correspondent: text },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new WrongUsage(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
