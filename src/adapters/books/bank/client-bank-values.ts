import { type BankFileItem, BankFileRefused } from '../../../application/ports/bank-file.ts';
import type { BankMovement, BankParty } from '../../../domain/bank-statement.ts';
import { type Currency, exponentOf } from '../../../domain/currency.ts';
import { type CalendarDay, parseDay } from '../../../domain/time.ts';
import { payee, payer } from './client-bank-words.ts';

interface Value {
  readonly text: string;
  readonly line: number;
}
/** A part of the file from its beginning to its end. */
export interface Section {
  readonly name: string;
  readonly line: number;
  readonly values: Map<string, readonly Value[]>;
}
export type MovementItem = Extract<BankFileItem, { readonly kind: 'movement' }>;

const textOf = ({ values }: Section, key: string): string => values.get(key)?.[0]?.text ?? '';

function required(section: Section, key: string): Value {
  const [value] = section.values.get(key) ?? [];
  if (value === undefined || value.text === '') {
    throw new BankFileRefused('missing', section.line, `${section.name}: ${key} is missing`);
  }
  return value;
}

/** A day written `dd.mm.yyyy`. */
export function readDay(section: Section, key: string): CalendarDay {
  const { text, line } = required(section, key);
  const found = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text);
  const day = found === null ? undefined : parseDay(`${found[3]}-${found[2]}-${found[1]}`);
  if (day !== undefined) return day;
  throw new BankFileRefused('malformed-date', line, `${key} is ${text}, no day as dd.mm.yyyy`);
}

/** A sum with point or comma; spaces and apostrophes between thousands are noise. */
export function readSum(section: Section, key: string, currency: Currency): bigint {
  const { text, line } = required(section, key);
  const plain = text.replaceAll(/[\s'’\u00a0\u202f]/g, '').replace(',', '.');
  const found = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(plain);
  if (found === null) {
    throw new BankFileRefused('malformed-amount', line, `${key} is ${text}, no sum`);
  }
  const digits = exponentOf(currency);
  const [, sign, whole = '0', fraction = ''] = found;
  // 1250.00 yen is written by who has two decimals for everything.
  const kept = fraction.replace(/0+$/, '').padEnd(digits, '0');
  if (fraction.length > Math.max(digits, 2) || kept.length > digits) {
    throw new BankFileRefused(
      'too-many-decimals',
      line,
      `${key} is ${text}: ${currency} has ${String(digits)} decimals`,
    );
  }
  const minor = BigInt(whole + kept);
  return sign === '-' ? -minor : minor;
}

/** What a document did to our accounts: one movement, or two where both sides are ours. */
export function* documentOf(
  section: Section,
  ours: readonly string[],
  currencyOf: (account: string, line: number) => Currency,
): Generator<MovementItem> {
  const [from, to] = [partyOf(section, payer), partyOf(section, payee)];
  const sides = [
    { direction: 'out', own: from, other: to, posted: 'ДатаСписано' },
    { direction: 'in', own: to, other: from, posted: 'ДатаПоступило' },
  ] as const;
  const mine = sides.filter(({ own }) => own.account !== '' && ours.includes(own.account));
  if (mine.length === 0) {
    throw new BankFileRefused(
      'foreign-document',
      section.line,
      `neither ${from.account || 'the payer'} nor ${to.account || 'the payee'} is an account of this file`,
    );
  }
  for (const { direction, own, other, posted } of mine) {
    const currency = currencyOf(own.account, section.line);
    const movement: BankMovement = {
      number: required(section, 'Номер').text,
      day: readDay(section, textOf(section, posted) === '' ? 'Дата' : posted),
      minor: positive(section, readSum(section, 'Сумма', currency)),
      ...{ direction, other, purpose: purposeOf(section) },
    };
    yield { kind: 'movement', line: section.line, account: own.account, currency, movement };
  }
}

function positive(section: Section, minor: bigint): bigint {
  if (minor > 0n) return minor;
  throw new BankFileRefused('malformed-amount', section.line, 'Сумма is not above zero');
}

function purposeOf(section: Section): string {
  const whole = textOf(section, 'НазначениеПлатежа');
  if (whole !== '') return whole;
  const lines = [1, 2, 3, 4, 5, 6].map((n) => textOf(section, `НазначениеПлатежа${String(n)}`));
  return lines.filter((line) => line !== '').join(' ');
}

/** Older files name the party in its first line only, and the account in the bank's fields only. */
const partyOf = (section: Section, keys: typeof payer): BankParty => ({
  name: textOf(section, keys.name) || textOf(section, keys.nameLine),
  account: textOf(section, keys.account) || textOf(section, keys.atBank),
  taxNumber: textOf(section, keys.taxNumber),
  bank: textOf(section, keys.bank),
  bic: textOf(section, keys.bic),
  correspondentAccount: textOf(section, keys.correspondentAccount),
});
