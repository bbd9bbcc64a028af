import { currencies, exponentOf, isCurrency, type Currency } from './currency.ts';
import { isLocale, type Locale } from './locale.ts';
import { parseDecimal, type Money } from './money.ts';
import { isOperationKind, operationKinds, type OperationKind } from './operation.ts';
import type { PhoneNumber } from './phone-number.ts';
import { ok, refused, type Result } from './result.ts';
import { parseDay, parseInstant, type CalendarDay, type Instant } from './time.ts';

/** The files a company hands over, and the columns each must have. */
export const companyColumns = {
  customers: ['contract', 'name', 'phone', 'email', 'locale'],
  accounts: ['number', 'contract', 'currency', 'opened_on', 'title'],
  operations: ['id', 'account', 'posted_at', 'kind', 'amount', 'description', 'counterparty'],
} as const;
export type CompanyFile = keyof typeof companyColumns;

/** Why a row is not taken; the column is absent where the row as a whole is wrong. */
export interface RowRefusal {
  readonly column: string | undefined;
  readonly reason: string;
}
export type ReadRow<Row> = (cells: readonly string[]) => Result<Row, RowRefusal>;

export interface CustomerRow {
  readonly contract: string;
  readonly name: string;
  readonly phone: PhoneNumber;
  readonly email: string | undefined;
  readonly locale: Locale;
}
export interface AccountRow {
  readonly number: string;
  readonly contract: string;
  readonly currency: Currency;
  readonly openedOn: CalendarDay;
  readonly title: string;
}
export interface OperationRow {
  readonly id: string;
  readonly account: string;
  readonly postedAt: Instant;
  readonly kind: OperationKind;
  readonly amount: Money;
  readonly description: string;
  readonly counterparty: string | undefined;
}

/** Reads a customer's row. Telling a phone number needs the world's number plans, so it comes from outside. */
export const readCustomerRow =
  (readPhone: (text: string) => PhoneNumber | undefined): ReadRow<CustomerRow> =>
  (cells) => {
    const [contract = '', name = '', phoneText = '', email = '', locale = ''] = cells;
    const refusal =
      misfit(cells, 'customers') ??
      badKey('contract', contract, 32) ??
      badText('name', name, 200) ??
      badEmail(email);
    if (refusal !== undefined) return refused(refusal);
    const phone = readPhone(phoneText);
    if (phone === undefined) return no('phone', 'is no phone number');
    if (!isLocale(locale)) return no('locale', 'must be ru or en');
    return ok({ contract, name, phone, email: optional(email), locale });
  };

/** Reads an account's row. */
export const readAccountRow: ReadRow<AccountRow> = (cells) => {
  const [number = '', contract = '', currency = '', openedOnText = '', title = ''] = cells;
  const refusal =
    misfit(cells, 'accounts') ??
    badKey('number', number, 64) ??
    badKey('contract', contract, 32) ??
    badText('title', title, 100);
  if (refusal !== undefined) return refused(refusal);
  if (!isCurrency(currency)) return no('currency', `must be one of ${currencies.join(', ')}`);
  const openedOn = parseDay(openedOnText);
  if (openedOn === undefined) return no('opened_on', 'must be a day like 2026-01-31');
  return ok({ number, contract, currency, openedOn, title });
};

// One line per rule of one row, in the order of its columns: splitting it would only hide some.
/* eslint-disable complexity */
/** Reads an operation's row; how many decimals its amount has is known by the account's currency. */
export const readOperationRow =
  (currencyOf: (account: string) => Currency | undefined): ReadRow<OperationRow> =>
  (cells) => {
    const [id = '', account = '', at = '', kind = '', amountText = '', description = ''] = cells;
    const counterparty = cells[6] ?? '';
    const refusal =
      misfit(cells, 'operations') ??
      badKey('id', id, 100) ??
      badText('description', description, 500) ??
      (counterparty === '' ? undefined : badText('counterparty', counterparty, 200));
    if (refusal !== undefined) return refused(refusal);
    const currency = currencyOf(account);
    if (currency === undefined) return no('account', 'is no account of these files or the books');
    const postedAt = parseInstant(at);
    if (postedAt === undefined || at < earliest) {
      return no('posted_at', 'must be a time with its zone like 2026-01-31T09:30:00+03:00');
    }
    if (!isOperationKind(kind)) return no('kind', `must be one of ${operationKinds.join(', ')}`);
    const amount = parseDecimal(amountText, currency);
    if (amount === undefined) return no('amount', amountRule(currency));
    if (amount.minor === 0n) return no('amount', 'must not be zero');
    return ok({
      id,
      account,
      postedAt,
      kind,
      amount,
      description,
      counterparty: optional(counterparty),
    });
  };

/* eslint-enable complexity */

/** Years before are slips of the hand. */
const earliest = '1900';

const no = (column: string, reason: string): { ok: false; refusal: RowRefusal } =>
  refused({ column, reason });

const optional = (text: string): string | undefined => (text === '' ? undefined : text);

function misfit(cells: readonly string[], file: CompanyFile): RowRefusal | undefined {
  const expected = companyColumns[file].length;
  if (cells.length === expected) return undefined;
  return { column: undefined, reason: `has ${cells.length} columns instead of ${expected}` };
}

function badKey(column: string, text: string, longest: number): RowRefusal | undefined {
  if (/^\s|\s$|[\u0000-\u001f\u007f]/.test(text)) {
    return { column, reason: 'has spaces around it or invisible characters' };
  }
  return badText(column, text, longest);
}

function badText(column: string, text: string, longest: number): RowRefusal | undefined {
  if (text.trim() === '') return { column, reason: 'must not be empty' };
  if (text.length > longest) return { column, reason: `is longer than ${longest} characters` };
  // Line breaks and tabs are text; the others break screens, printers or the database.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) {
    return { column, reason: 'has invisible characters' };
  }
  return undefined;
}

function badEmail(text: string): RowRefusal | undefined {
  if (text === '') return undefined;
  const isAddress = text.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
  return isAddress ? undefined : { column: 'email', reason: 'is no e-mail address' };
}

function amountRule(currency: Currency): string {
  const digits = exponentOf(currency);
  const example = digits === 0 ? '-1250' : `-1250.${'5'.padEnd(digits, '0')}`;
  return `must be a decimal like ${example}: ${currency} has ${digits} digits after the point`;
}
