import { kindTexts } from '../../application/accounts/kind-texts.ts';
import type { HistoryFilter } from '../../application/ports/account-store.ts';
import type { OperationsView } from '../../application/ports/statement-files.ts';
import type { Locale } from '../../domain/locale.ts';
import { money } from '../../domain/money.ts';
import { dayIn, instant } from '../../domain/time.ts';
import { moment, ofDay, sum, text, type Cell, type Column, type Table } from './table.ts';
import { zoneText } from './wall-time.ts';

const wordings = {
  ru: {
    title: 'Операции по лицевому счёту',
    sheet: 'Операции',
    company: 'Компания',
    account: 'Лицевой счёт',
    name: 'Название',
    balance: 'Остаток',
    zone: 'Часовой пояс',
    asOf: 'Данные на',
    madeAt: 'Сформировано',
    from: 'Отбор: с',
    to: 'Отбор: по',
    kind: 'Отбор: вид',
    min: 'Отбор: сумма от',
    max: 'Отбор: сумма до',
    words: 'Отбор: в описании',
    all: 'Отбор',
    none: 'все операции',
    columns: ['Дата и время', 'Вид', 'Описание', 'Контрагент', 'Сумма', 'Валюта', 'Номер операции'],
  },
  en: {
    title: 'Operations of an account',
    sheet: 'Operations',
    company: 'Company',
    account: 'Account',
    name: 'Title',
    balance: 'Balance',
    zone: 'Time zone',
    asOf: 'Figures as of',
    madeAt: 'Made at',
    from: 'Filter: from',
    to: 'Filter: to',
    kind: 'Filter: kind',
    min: 'Filter: sum from',
    max: 'Filter: sum to',
    words: 'Filter: in the description',
    all: 'Filter',
    none: 'all operations',
    columns: [
      'Date and time',
      'Kind',
      'Description',
      'Counterparty',
      'Amount',
      'Currency',
      'Operation number',
    ],
  },
} as const satisfies Record<Locale, object>;

const widths = [20, 22, 44, 28, 16, 9, 38] as const;
const amountColumn = 4;

/** Operations as the page has them, newest first, under what narrowed them. */
export function operationsTable(view: OperationsView, locale: Locale): Table {
  const words = wordings[locale];
  const { company, account, operations, madeAt } = view;
  return {
    title: words.title,
    sheet: words.sheet,
    head: [
      [words.company, text(company.legalName)],
      [words.account, text(account.number)],
      [words.name, text(account.title)],
      [words.balance, sum(account.balance)],
      [words.zone, text(zoneText(madeAt, company.timeZone))],
      [words.asOf, moment(account.asOf)],
      [words.madeAt, moment(madeAt)],
      ...filterLines(view, locale),
    ],
    columns: words.columns.map((title, n): Column => ({
      title,
      width: widths[n] ?? 16,
      isNumeric: n === amountColumn,
    })),
    rows: operations.map((one): readonly Cell[] => [
      moment(one.postedAt),
      text(kindTexts[one.kind][locale]),
      text(one.description),
      text(one.counterparty ?? ''),
      sum(one.amount),
      text(one.amount.currency),
      text(one.id),
    ]),
  };
}

function filterLines(
  { filter, account, company }: OperationsView,
  locale: Locale,
): readonly (readonly [string, Cell])[] {
  const words = wordings[locale];
  const { from, before, kind, min, max, text: asked = '' }: HistoryFilter = filter;
  const { timeZone } = company;
  const sumOf = (minor: bigint): Cell => sum(money(minor, account.balance.currency));
  const lines: (readonly [string, Cell])[] = [];
  if (from !== undefined) lines.push([words.from, ofDay(dayIn(timeZone, from))]);
  if (before !== undefined) {
    lines.push([words.to, ofDay(dayIn(timeZone, instant(before - 1)))]);
  }
  if (kind !== undefined) lines.push([words.kind, text(kindTexts[kind][locale])]);
  if (min !== undefined) lines.push([words.min, sumOf(min)]);
  if (max !== undefined) lines.push([words.max, sumOf(max)]);
  if (asked !== '') lines.push([words.words, text(asked)]);
  return lines.length === 0 ? [[words.all, text(words.none)]] : lines;
}
