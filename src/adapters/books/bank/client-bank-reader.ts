import { type BankFileItem, BankFileRefused } from '../../../application/ports/bank-file.ts';
import type { CalendarDay } from '../../../domain/time.ts';
import { clientBankLines, type Line } from './client-bank-lines.ts';
import { documentOf, readDay, readSum, type Section } from './client-bank-values.ts';
import {
  account,
  currencyByDigits,
  document,
  firstLine,
  lastLine,
  longestOf,
} from './client-bank-words.ts';
import { balanceChecks } from './balance-checks.ts';

/** What the head of the file says. */
interface Head {
  readonly accounts: readonly string[];
  readonly from: CalendarDay;
  readonly to: CalendarDay;
}

const versions = new Set(['1.00', '1.01', '1.02', '1.03']);

/**
 * Reads a statement in `1CClientBankExchange` 1.00 to 1.03, in windows-1251, cp866 or UTF-8. Every account's sums must
 * add up: what was there, what came and went, and what is there. Totals that differ from the documents are a warning,
 * because banks hand out files that are cut to some kinds of documents.
 */
export async function* readClientBank(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<BankFileItem> {
  const file = fileParts();
  const checks = balanceChecks();
  let last = 0;
  for await (const lines of clientBankLines(chunks)) {
    for (const line of lines) {
      last = line.number;
      if (line.number === 1) expectFirst(line);
      else if (line.text.trim() !== '') {
        const ended = file.take(line);
        if (ended !== undefined) yield* itemsOf(ended, file.head(), checks);
      }
    }
  }
  if (!file.isEnded())
    throw new BankFileRefused('cut-off', last, `the file ends before ${lastLine}`);
  file.head();
  yield* checks.warnings(last);
}

/** Puts lines into their sections. */
const fileParts = () => {
  const head = newSection(firstLine, 1);
  let open: Section | undefined;
  let facts: Head | undefined;
  let isEnded = false;
  const begin = (line: Line): void => {
    if (open !== undefined) throw misplaced(line, `${open.name} is not ended`);
    const isAccount = line.text.trim() === account.begin;
    open = newSection(isAccount ? account.begin : document.begin, line.number);
    if (!isAccount) put(open, line);
  };
  const end = (line: Line): Section => {
    const ended = open;
    if (ended === undefined || endOf(ended) !== line.text.trim()) {
      throw misplaced(line, `${line.text.trim()} ends nothing`);
    }
    open = undefined;
    return ended;
  };
  return {
    /** Answers the section that the line has ended. */
    take: (line: Line): Section | undefined => {
      const text = line.text.trim();
      if (isEnded) throw misplaced(line, `there is something after ${lastLine}`);
      if (isBeginning(text)) begin(line);
      else if (text === account.end || text === document.end) return end(line);
      else if (text !== lastLine) put(open ?? head, line);
      else if (open !== undefined) throw misplaced(line, `${open.name} is not ended`);
      else isEnded = true;
      return undefined;
    },
    head: (): Head => (facts ??= headOf(head)),
    isEnded: () => isEnded,
  };
};

const isBeginning = (text: string): boolean =>
  text === account.begin || text.startsWith(`${document.begin}=`) || text === document.begin;
const endOf = ({ name }: Section): string => (name === account.begin ? account.end : document.end);
const newSection = (name: string, line: number): Section => ({ name, line, values: new Map() });

/** Keeps a value with its line. A key without `=` is a flag. Keys of the head may repeat; others may not. */
function put(section: Section, line: Line): void {
  const at = line.text.indexOf('=');
  const key = (at === -1 ? line.text : line.text.slice(0, at)).trim();
  const value = at === -1 ? '' : line.text.slice(at + 1).trim();
  if (value.length > longestOf(key)) {
    throw new BankFileRefused(
      'too-long',
      line.number,
      `${key} has ${String(value.length)} characters, at most ${String(longestOf(key))} are allowed`,
    );
  }
  const before = section.values.get(key);
  if (before !== undefined && section.name !== firstLine) {
    throw misplaced(line, `${key} stands here a second time`);
  }
  section.values.set(key, [...(before ?? []), { text: value, line: line.number }]);
}

function expectFirst({ text, number }: Line): void {
  if (text.replace(/^\uFEFF/, '').trim() === firstLine) return;
  throw new BankFileRefused('not-this-format', number, `the first line is not ${firstLine}`);
}

function headOf(section: Section): Head {
  const [version] = section.values.get('ВерсияФормата') ?? [];
  if (version === undefined || !versions.has(version.text)) {
    throw new BankFileRefused(
      'unknown-version',
      version?.line ?? 1,
      `the version is ${version?.text ?? 'not said'}; 1.00 to 1.03 can be read`,
    );
  }
  const accounts = (section.values.get('РасчСчет') ?? []).map(({ text }) => text);
  return { accounts, from: readDay(section, 'ДатаНачала'), to: readDay(section, 'ДатаКонца') };
}

function* itemsOf(
  section: Section,
  head: Head,
  checks: ReturnType<typeof balanceChecks>,
): Generator<BankFileItem> {
  if (section.name === account.begin) {
    const item = accountOf(section, head);
    checks.begin(item, totalsOf(section, item.currency));
    yield item;
    return;
  }
  const { from, to } = head;
  for (const item of documentOf(section, head.accounts, currencyOf)) {
    const { day } = item.movement;
    if (day < from || day > to) {
      throw new BankFileRefused(
        'outside-period',
        section.line,
        `the document is of ${day}, the file of ${from} to ${to}`,
      );
    }
    checks.add(item);
    yield item;
  }
}

function accountOf(section: Section, head: Head) {
  const number = section.values.get('РасчСчет')?.[0];
  if (number === undefined) {
    throw new BankFileRefused('missing', section.line, 'РасчСчет is missing');
  }
  const currency = currencyOf(number.text, number.line);
  return {
    kind: 'account',
    line: section.line,
    account: number.text,
    currency,
    from: readDay(section, 'ДатаНачала'),
    to: section.values.has('ДатаКонца') ? readDay(section, 'ДатаКонца') : head.to,
    opening: readSum(section, 'НачальныйОстаток', currency),
    closing: section.values.has('КонечныйОстаток')
      ? readSum(section, 'КонечныйОстаток', currency)
      : undefined,
  } as const;
}

const totalsOf = (section: Section, currency: ReturnType<typeof currencyOf>) => ({
  received: section.values.has('ВсегоПоступило')
    ? readSum(section, 'ВсегоПоступило', currency)
    : undefined,
  spent: section.values.has('ВсегоСписано')
    ? readSum(section, 'ВсегоСписано', currency)
    : undefined,
});

/** Digits six to eight of an account's number are its currency. */
function currencyOf(number: string, line: number) {
  const digits = number.slice(5, 8);
  if (/^\d{20}$/.test(number) && Object.hasOwn(currencyByDigits, digits)) {
    return currencyByDigits[digits as keyof typeof currencyByDigits];
  }
  throw new BankFileRefused(
    'wrong-currency',
    line,
    `the account ${number} does not tell its currency: it is not 20 digits, or ${digits} is no currency of ours`,
  );
}

const misplaced = ({ number }: Line, what: string): BankFileRefused =>
  new BankFileRefused('misplaced', number, what);
