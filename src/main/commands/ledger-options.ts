import { parseArgs } from 'node:util';
import type { SealMark } from '../../application/accounting/check-ledger.ts';
import { parseMonth, type Month } from '../../domain/ledger/period.ts';
import { isLocale, type Locale } from '../../domain/locale.ts';
import { parseDay, type CalendarDay } from '../../domain/time.ts';
import { WrongUsage } from './import-options.ts';

export const ledgerHelp = `Usage: npm run ledger -- check [--json] [--seal SEQ:DIGEST]
       npm run ledger -- balance [--at YYYY-MM-DD] [--accounts] [--json]
       npm run ledger -- close --period YYYY-MM
       npm run ledger -- post --file events.jsonl
       npm run ledger -- why --invoice ID
       npm run ledger -- bill --invoice ID --pdf FILE [--language ru|en]

Looks after the double-entry ledger of the inside; needs the books' database.

check    works every counter, balance and seal out from the entries anew, as of one moment, and prints each
         difference with its place. Reads in parts, so the size of the books does not matter. The last seal it
         prints can be kept elsewhere; given back with --seal it shows books that were made anew.
balance  the trial balance, by kind of account; of now, or of the end of a day. --accounts prints every account.
close    closes a month that is over, and all before it, for good. What comes late is booked on the first open day.
post     posts what happened to money: charges, fees, settlements, refunds, chargebacks, reversals … A line of the
         file is one event in JSON; docs/ledger.md has one of each. A file can be given again: what is known is
         skipped. The first event that is refused ends the work with its line.
why      says how a bill comes to its sum.
bill     writes a bill as a PDF that says why each sum is what it is; with bank details (BANK_ACCOUNT, BANK_BIC,
         BANK_NAME) it has a QR code that bank apps pay from. Why there is none is said on the error stream.

  --json   one JSON object a line, instead of text
  --help   this text

Exit code: 0 done, nothing wrong; 1 differences found, out of balance or an event refused; 2 wrong usage, or a month
that cannot be closed; 3 trouble (no database, a file that cannot be read).`;

/** What the command line asks for. */
export type LedgerOptions =
  | { readonly tag: 'help' }
  | { readonly tag: 'check'; readonly json: boolean; readonly seal: SealMark | undefined }
  | {
      readonly tag: 'balance';
      readonly json: boolean;
      readonly accounts: boolean;
      readonly at: CalendarDay | undefined;
    }
  | { readonly tag: 'close'; readonly period: Month }
  | { readonly tag: 'post'; readonly file: string }
  | { readonly tag: 'why'; readonly invoice: string }
  | {
      readonly tag: 'bill';
      readonly invoice: string;
      readonly pdf: string;
      readonly language: Locale;
    };

/** Reads the command line; throws WrongUsage. */
export function ledgerOptions(args: readonly string[]): LedgerOptions {
  const { values, positionals } = parsed(args);
  const [command = '', ...more] = positionals;
  if (values.help) return { tag: 'help' };
  if (more.length > 0) throw new WrongUsage(`there is no ${more.join(' ')} to ${command}`);
  switch (command) {
    case 'check':
      return { tag: 'check', json: values.json, seal: sealOf(values.seal) };
    case 'balance':
      return { tag: 'balance', json: values.json, accounts: values.accounts, at: dayOf(values.at) };
    case 'close':
      return { tag: 'close', period: periodOf(values.period) };
    case 'post':
      return { tag: 'post', file: needed('--file FILE', values.file) };
    case 'why':
      return { tag: 'why', invoice: needed('--invoice ID', values.invoice) };
    case 'bill':
      return {
        tag: 'bill',
        invoice: needed('--invoice ID', values.invoice),
        pdf: needed('--pdf FILE', values.pdf),
        language: languageOf(values.language),
      };
    default:
      throw new WrongUsage(
        'say what to do: check, balance, close, post, why or bill; --help says more',
      );
  }
}

function sealOf(text: string | undefined): SealMark | undefined {
  if (text === undefined) return undefined;
  const [, seqTo, digest] = /^([1-9]\d{0,18}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seqTo === undefined || digest === undefined) {
    throw new WrongUsage(`--seal ${text} is no seal; write it as check has printed it, SEQ:DIGEST`);
  }
  return { seqTo: BigInt(seqTo), digest };
}

function languageOf(text: string): Locale {
  if (!isLocale(text)) throw new WrongUsage(`--language ${text} is not spoken here; take ru or en`);
  return text;
}

function dayOf(text: string | undefined): CalendarDay | undefined {
  if (text === undefined) return undefined;
  const day = parseDay(text);
  if (day === undefined) throw new WrongUsage(`--at ${text} is no day; write it as 2026-10-31`);
  return day;
}

function periodOf(text: string | undefined): Month {
  const month = text === undefined ? undefined : parseMonth(text);
  if (month === undefined) {
    throw new WrongUsage(
      `name the month to close, as --period 2026-10${text === undefined ? '' : `, not ${text}`}`,
    );
  }
  return month;
}

function needed(what: string, text: string | undefined): string {
  if (text === undefined || text === '') throw new WrongUsage(`name it: ${what}`);
  return text;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        accounts: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        at: { type: 'string' },
        seal: { type: 'string' },
        period: { type: 'string' },
        file: { type: 'string' },
        invoice: { type: 'string' },
        pdf: { type: 'string' },
        language: { type: 'string', default: 'ru' },
      },
    });
  } catch (cause) {
    throw new WrongUsage(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
