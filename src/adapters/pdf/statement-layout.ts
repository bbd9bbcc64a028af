import { kindTexts } from '../../application/accounts/kind-texts.ts';
import { amountText, numberText } from '../../application/amount-text.ts';
import type { StatementView } from '../../application/ports/statement-files.ts';
import type { Locale } from '../../domain/locale.ts';
import { money, negate } from '../../domain/money.ts';
import type { Operation } from '../../domain/operation.ts';
import { balancesIn } from '../../domain/statement.ts';
import { dayIn, type CalendarDay, type Instant } from '../../domain/time.ts';
import { momentText } from './moment-text.ts';
import { letterhead, type Letterhead } from './letterhead.ts';
import { printableText } from './printable-text.ts';

/** One row of the table. Empty where there is nothing to say. */
export interface StatementRow {
  readonly at: string;
  readonly what: string;
  readonly more: string;
  readonly received: string;
  readonly spent: string;
  readonly balance: string;
}

/** All texts of a statement in the order they are read. */
export interface StatementLayout extends Letterhead {
  readonly language: 'ru-RU' | 'en-GB';
  readonly documentTitle: string;
  readonly heading: string;
  readonly period: string;
  readonly made: string;
  readonly facts: readonly (readonly [string, string])[];
  /** Opening, received, spent, closing. */
  readonly figures: readonly (readonly [string, string])[];
  readonly columns: StatementRow;
  readonly opening: StatementRow;
  /** One that says so where there were no operations. */
  readonly rows: readonly StatementRow[];
  readonly closing: StatementRow;
  readonly notes: readonly string[];
  /** What the company says of its own; undefined where it says nothing. */
  readonly companyNote: string | undefined;
  readonly footer: string;
  readonly pageOf: (page: number, pages: number) => string;
}

const wordings = {
  ru: {
    heading: 'Выписка по лицевому счёту',
    period: (from: string, to: string) => `с ${from} по ${to}`,
    made: 'Сформирована',
    holder: 'Клиент',
    contract: 'Договор',
    account: 'Лицевой счёт',
    currency: 'Валюта',
    opening: 'Входящий остаток',
    received: 'Поступило',
    spent: 'Списано',
    closing: 'Исходящий остаток',
    columns: { at: 'Дата и время', what: 'Операция', balance: 'Остаток' },
    none: 'За этот период операций не было.',
    asOf: 'Данные на',
    open: 'Период ещё не закончился: исходящий остаток может измениться.',
    notes: [
      'Отрицательный остаток — задолженность.',
      'Документ сформирован автоматически и действителен без подписи.',
    ],
    pageOf: (page: number, pages: number) => `Страница ${String(page)} из ${String(pages)}`,
  },
  en: {
    heading: 'Account statement',
    period: (from: string, to: string) => `${from} to ${to}`,
    made: 'Made',
    holder: 'Customer',
    contract: 'Contract',
    account: 'Account',
    currency: 'Currency',
    opening: 'Opening balance',
    received: 'Money in',
    spent: 'Money out',
    closing: 'Closing balance',
    columns: { at: 'Date and time', what: 'Operation', balance: 'Balance' },
    none: 'There were no operations in this period.',
    asOf: 'Figures as of',
    open: 'The period has not ended yet: the closing balance may change.',
    notes: [
      'A balance below zero is what is owed.',
      'Made automatically; valid without a signature.',
    ],
    pageOf: (page: number, pages: number) => `Page ${String(page)} of ${String(pages)}`,
  },
} as const satisfies Record<Locale, object>;
const languages = { ru: 'ru-RU', en: 'en-GB' } as const;

/** Writes out a statement in a language: which lines, in which order, with which words. */
export function statementLayout(view: StatementView, locale: Locale): StatementLayout {
  const words = wordings[locale];
  const { company, holder, statement, madeAt } = view;
  const { account, period, opening, received, spent, closing } = statement;
  const number = printableText(account.number);
  const days = words.period(longDay(period.from, locale), longDay(period.to, locale));
  const isOpen = period.to >= dayIn(company.timeZone, account.asOf);
  const asOf = `${words.asOf} ${momentText(account.asOf, locale, company.timeZone)}.`;
  return {
    language: languages[locale],
    documentTitle: `${words.heading} ${number}, ${days}`,
    ...letterhead(company, locale),
    heading: words.heading,
    period: days,
    made: `${words.made} ${momentText(madeAt, locale, company.timeZone)}`,
    facts: [
      [words.holder, printableText(holder.name)],
      [words.contract, printableText(holder.contract)],
      [words.account, printableText(`${account.number}, ${account.title}`)],
      [words.currency, opening.currency],
    ],
    figures: [
      [words.opening, amountText(opening, locale)],
      [words.received, amountText(received, locale)],
      [words.spent, amountText(spent, locale)],
      [words.closing, amountText(closing, locale)],
    ],
    columns: { ...words.columns, more: '', received: words.received, spent: words.spent },
    opening: { ...emptyRow, what: words.opening, balance: numberText(opening, locale) },
    rows:
      statement.operations.length === 0
        ? [{ ...emptyRow, what: words.none }]
        : rowsOf(view, locale),
    closing: {
      ...emptyRow,
      what: words.closing,
      received: numberText(received, locale),
      spent: numberText(spent, locale),
      balance: numberText(closing, locale),
    },
    notes: [asOf, ...(isOpen ? [words.open] : []), ...words.notes],
    companyNote: company.texts?.[locale]?.statementNote,
    footer: `${printableText(company.name)} · ${number} · ${days}`,
    pageOf: words.pageOf,
  };
}

const emptyRow: StatementRow = {
  at: '',
  what: '',
  more: '',
  received: '',
  spent: '',
  balance: '',
};

function rowsOf({ statement, company }: StatementView, locale: Locale): readonly StatementRow[] {
  const momentOf = shortMoments(locale, company.timeZone);
  const balances = balancesIn(statement);
  const { currency } = statement.opening;
  return statement.operations.map((one, n) => {
    const { amount } = one;
    const isIn = amount.minor > 0n;
    return {
      at: momentOf(one.postedAt),
      what: printableText(one.description) || kindTexts[one.kind][locale],
      more: printableText(moreOf(one, locale)),
      received: isIn ? numberText(amount, locale) : '',
      spent: isIn ? '' : numberText(negate(amount), locale),
      balance: numberText(balances[n] ?? money(0n, currency), locale),
    };
  });
}

const moreOf = ({ kind, counterparty = '' }: Operation, locale: Locale): string =>
  [kindTexts[kind][locale], counterparty].filter((part) => part !== '').join(' · ');

/** `01.10.2026 12:15` in Russian, `01/10/2026 12:15` in English. A format costs more than what it writes. */
function shortMoments(locale: Locale, timeZone: string): (at: Instant) => string {
  const format = new Intl.DateTimeFormat(languages[locale], {
    timeZone,
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => format.format(at).replace(',', '').replaceAll('\u202F', '\u00A0');
}

const longDay = (day: CalendarDay, locale: Locale): string =>
  new Intl.DateTimeFormat(languages[locale], { dateStyle: 'long', timeZone: 'UTC' })
    .format(Date.parse(`${day}T00:00:00Z`))
    .replaceAll(' ', '\u00A0')
    .replaceAll('\u202F', '\u00A0');
