import { kindTexts } from '../../application/accounts/kind-texts.ts';
import type { StatementView } from '../../application/ports/statement-files.ts';
import type { Locale } from '../../domain/locale.ts';
import { money, negate } from '../../domain/money.ts';
import { balancesIn } from '../../domain/statement.ts';
import { moment, ofDay, sum, text, type Cell, type Column, type Table } from './table.ts';
import { zoneText } from './wall-time.ts';

const wordings = {
  ru: {
    title: 'Выписка по лицевому счёту',
    sheet: 'Выписка',
    company: 'Компания',
    holder: 'Клиент',
    contract: 'Договор',
    account: 'Лицевой счёт',
    name: 'Название',
    currency: 'Валюта',
    from: 'Период с',
    to: 'Период по',
    zone: 'Часовой пояс',
    asOf: 'Данные на',
    madeAt: 'Сформирована',
    opening: 'Входящий остаток',
    received: 'Поступило',
    spent: 'Списано',
    closing: 'Исходящий остаток',
    columns: [
      'Дата и время',
      'Вид',
      'Описание',
      'Контрагент',
      'Поступило',
      'Списано',
      'Остаток',
      'Номер операции',
    ],
  },
  en: {
    title: 'Account statement',
    sheet: 'Statement',
    company: 'Company',
    holder: 'Customer',
    contract: 'Contract',
    account: 'Account',
    name: 'Title',
    currency: 'Currency',
    from: 'Period from',
    to: 'Period to',
    zone: 'Time zone',
    asOf: 'Figures as of',
    madeAt: 'Made at',
    opening: 'Opening balance',
    received: 'Money in',
    spent: 'Money out',
    closing: 'Closing balance',
    columns: [
      'Date and time',
      'Kind',
      'Description',
      'Counterparty',
      'Money in',
      'Money out',
      'Balance',
      'Operation number',
    ],
  },
} as const satisfies Record<Locale, object>;

const widths = [20, 22, 44, 28, 16, 16, 16, 38] as const;
const numeric: readonly number[] = [4, 5, 6];

/** A statement as a table: the balance before, every operation with the balance after it, and the totals on top. */
export function statementTable(view: StatementView, locale: Locale): Table {
  const words = wordings[locale];
  const { company, holder, statement, madeAt } = view;
  const { account, period, opening, received, spent, closing } = statement;
  const balances = balancesIn(statement);
  return {
    title: words.title,
    sheet: words.sheet,
    head: [
      [words.company, text(company.legalName)],
      [words.holder, text(holder.name)],
      [words.contract, text(holder.contract)],
      [words.account, text(account.number)],
      [words.name, text(account.title)],
      [words.currency, text(opening.currency)],
      [words.from, ofDay(period.from)],
      [words.to, ofDay(period.to)],
      [words.zone, text(zoneText(madeAt, company.timeZone))],
      [words.asOf, moment(account.asOf)],
      [words.madeAt, moment(madeAt)],
      [words.opening, sum(opening)],
      [words.received, sum(received)],
      [words.spent, sum(spent)],
      [words.closing, sum(closing)],
    ],
    columns: words.columns.map((title, n): Column => ({
      title,
      width: widths[n] ?? 16,
      isNumeric: numeric.includes(n),
    })),
    rows: statement.operations.map((one, n): readonly Cell[] => {
      const isIn = one.amount.minor > 0n;
      return [
        moment(one.postedAt),
        text(kindTexts[one.kind][locale]),
        text(one.description),
        text(one.counterparty ?? ''),
        isIn ? sum(one.amount) : undefined,
        isIn ? undefined : sum(negate(one.amount)),
        sum(balances[n] ?? money(0n, opening.currency)),
        text(one.id),
      ];
    }),
  };
}
