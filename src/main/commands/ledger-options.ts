import { parseArgs } from 'node:util';
import type { SealMark } from '../../application/accounting/check-ledger.ts';
import { parseMonth, type Month } from '../../domain/ledger/period.ts';
import type { ToleranceWord } from '../../domain/ledger/tolerance.ts';
import { isLocale, type Locale } from '../../domain/locale.ts';
import { parseDecimal } from '../../domain/money.ts';
import { parseDay, type CalendarDay } from '../../domain/time.ts';
import { WrongUsage } from './import-options.ts';

export const ledgerHelp = `Usage: npm run ledger -- check [--json] [--seal SEQ:DIGEST]
       npm run ledger -- balance [--at YYYY-MM-DD] [--accounts] [--json]
       npm run ledger -- close --period YYYY-MM
       npm run ledger -- close-account --account NUMBER --reason TEXT
       npm run ledger -- post --file events.jsonl
       npm run ledger -- tolerate --case ID --provider CODE --amount SUM --currency RUB --by NAME --reason TEXT
       npm run ledger -- tolerate --case ID --agree|--decline --by NAME
       npm run ledger -- tolerate --list
       npm run ledger -- why --invoice ID
       npm run ledger -- bill --invoice ID --pdf FILE [--language ru|en]

Looks after the double-entry ledger of the inside; needs the books' database.

check    works every counter, balance and seal out from the entries anew, as of one moment, and prints each
         difference with its place. Reads in parts, so the size of the books does not matter. The last seal it
         prints can be kept elsewhere; given back with --seal it shows books that were made anew.
balance  the trial balance, by kind of account; of now, or of the end of a day. --accounts prints every account.
close    closes a month that is over, and all before it, for good. What comes late is booked on the first open day.
close-account
         closes a customer's account for good: one that stands at nothing, with no refund promised and nothing held.
         Nothing is posted to it any more, reversals included; what is paid for it later is kept in suspense.
post     posts what happened to money: charges, fees, settlements, refunds, chargebacks, reversals … A line of the
         file is one event in JSON; docs/ledger.md has one of each. A file can be given again: what is known is
         skipped. The first event that is refused ends the work with its line.
tolerate lets a difference with a payment system pass, as an expense of the case's own. Above zero is money that is
         missing there, below is money too much. Up to TOLERATED_A_DAY ("100.00 RUB, 1.00 EUR"), over all that was let
         pass on the day, one person is enough; above it, and in any other currency, a second one has to agree. Who and
         why is kept for good; a case is closed once.
why      says how a bill comes to its sum.
bill     writes a bill as a PDF that says why each sum is what it is; with bank details (BANK_ACCOUNT, BANK_BIC,
         BANK_NAME) it has a QR code that bank apps pay from. Why there is none is said on the error stream.

  --json   one JSON object a line, instead of text
  --help   this text

Exit code: 0 done, nothing wrong; 1 differences found, out of balance, an event refused or a second person waited for;
2 wrong usage, or a month, an account or a case that cannot be closed; 3 trouble (no database, a file that cannot be read).`;

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
  | { readonly tag: 'close-account'; readonly account: string; readonly reason: string }
  | { readonly tag: 'post'; readonly file: string }
  | { readonly tag: 'tolerate'; readonly caseId: string; readonly word: ToleranceWord }
  | { readonly tag: 'tolerate-list' }
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
    case 'close-account':
      return {
        tag: 'close-account',
        account: needed('--account NUMBER', values.account),
        reason: needed('--reason TEXT', values.reason?.trim()),
      };
    case 'post':
      return { tag: 'post', file: needed('--file FILE', values.file) };
    case 'tolerate':
      return values.list ? { tag: 'tolerate-list' } : toleranceOf(values);
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
        'say what to do: check, balance, close, close-account, post, tolerate, why or bill; --help says more',
      );
  }
}

type Values = ReturnType<typeof parsed>['values'];

function toleranceOf(values: Values): Extract<LedgerOptions, { readonly tag: 'tolerate' }> {
  const tag = 'tolerate';
  const caseId = needed('--case ID', values.case);
  if (!/^[\w.:-]{1,100}$/.test(caseId)) {
    throw new WrongUsage(`--case ${caseId} is no name of letters, digits, . : and -`);
  }
  const by = needed('--by NAME', values.by?.trim());
  if (values.agree && values.decline) throw new WrongUsage('say --agree or --decline, not both');
  if (values.agree) return { tag, caseId, word: { tag: 'agree', by } };
  if (values.decline) return { tag, caseId, word: { tag: 'decline', by } };
  const provider = needed('--provider CODE', values.provider);
  if (!/^[\w.-]{1,64}$/.test(provider)) {
    throw new WrongUsage(`--provider ${provider} is no name of letters, digits, . and -`);
  }
  const [sum, currency] = [needed('--amount SUM', values.amount), values.currency];
  const amount = parseDecimal(sum, currency);
  if (amount === undefined) throw new WrongUsage(`--amount ${sum} is no sum of ${currency}`);
  const reason = needed('--reason TEXT', values.reason?.trim());
  return { tag, caseId, word: { tag: 'ask', provider, amount, reason, by } };
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
        account: { type: 'string' },
        case: { type: 'string' },
        provider: { type: 'string' },
        amount: { type: 'string' },
        currency: { type: 'string', default: 'RUB' },
        by: { type: 'string' },
        reason: { type: 'string' },
        agree: { type: 'boolean', default: false },
        decline: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
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
