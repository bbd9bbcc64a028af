import { amountText } from '../../application/amount-text.ts';
import type { BillView, Transfer } from '../../application/ports/bill-printer.ts';
import type { Locale } from '../../domain/locale.ts';
import { decimalText } from '../../domain/money.ts';
import type { CalendarDay } from '../../domain/time.ts';
import { letterhead, type Letterhead } from './letterhead.ts';
import { printableText } from './printable-text.ts';

/** A service and its sum, with the formulas under it. */
export interface LaidOutLine {
  readonly title: string;
  readonly formulas: readonly string[];
  readonly amount: string;
}

/** The part of the paper that is for the bank. */
export interface LaidOutSlip {
  readonly heading: string;
  readonly hint: string;
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  readonly qrAlt: string;
  readonly order: Uint8Array;
  readonly signature: string;
}

/** All texts of a bill in the order they are read. */
export interface BillLayout extends Letterhead {
  readonly language: 'ru-RU' | 'en-GB';
  readonly documentTitle: string;
  readonly heading: string;
  readonly number: string;
  readonly account: string;
  readonly period: string;
  readonly toPay: string;
  readonly amount: string;
  readonly amountInWords: string;
  readonly service: string;
  readonly sum: string;
  readonly lines: readonly LaidOutLine[];
  readonly total: LaidOutLine;
  readonly note: string;
  readonly slip: LaidOutSlip | undefined;
  /** What the company says of its own; undefined where it says nothing. */
  readonly companyNote: string | undefined;
  /** What stands over the second page and later ones. */
  readonly pageLine: (page: number) => string;
}

const wordings = {
  ru: {
    heading: 'Квитанция',
    page: 'лист',
    account: 'Лицевой счёт',
    period: 'за период',
    toPay: 'К оплате',
    service: 'Услуга и расчёт',
    sum: 'Сумма',
    taxNumber: 'ИНН',
    penalty: 'Пени',
    total: 'Итого к оплате',
    note: 'Под каждой услугой: количество × тариф × доля дней периода. В скобках то, что изменило округление.',
    slip: 'Оплата по реквизитам',
    hint: 'Наведите камеру приложения банка: реквизиты и сумма заполнятся сами.',
    payee: 'Получатель',
    kpp: 'КПП',
    payeeAccount: 'Счёт получателя',
    bank: 'Банк',
    bic: 'БИК',
    correspondent: 'Корр. счёт',
    purpose: 'Назначение',
    qrAlt: 'QR-код для оплаты в приложении банка: получатель, счёт и сумма, как рядом.',
    signature: 'Дата, подпись',
  },
  en: {
    heading: 'Bill',
    page: 'page',
    account: 'Account',
    period: 'for',
    toPay: 'To pay',
    service: 'Service and calculation',
    sum: 'Sum',
    taxNumber: 'Tax number',
    penalty: 'Penalty',
    total: 'Total to pay',
    note: 'Under each service: quantity × tariff × share of the period’s days. In brackets, what rounding changed.',
    slip: 'Pay by transfer',
    hint: 'Point your bank’s app at the code: it fills in all fields and the sum.',
    payee: 'Payee',
    kpp: 'KPP',
    payeeAccount: 'Payee’s account',
    bank: 'Bank',
    bic: 'BIC',
    correspondent: 'Corr. account',
    purpose: 'Purpose',
    qrAlt: 'QR code to pay in a bank’s app: payee, account and sum as beside it.',
    signature: 'Date, signature',
  },
} as const satisfies Record<Locale, object>;
type Wording = (typeof wordings)[Locale];

/** Writes out a bill in a language: which lines, in which order, with which words. */
export function billLayout(view: BillView, locale: Locale): BillLayout {
  const words = wordings[locale];
  const { company, penalty } = view;
  const penalties =
    penalty.minor === 0n
      ? []
      : [{ title: words.penalty, formulas: [], amount: amountText(penalty, locale) }];
  const number = printableText(view.number);
  const numbered = `${locale === 'ru' ? '№' : 'No.'} ${number}`;
  return {
    language: locale === 'ru' ? 'ru-RU' : 'en-GB',
    documentTitle: `${words.heading} ${number}`,
    ...letterhead(company, locale),
    heading: words.heading,
    number: numbered,
    account: `${words.account} ${printableText(view.account)}`,
    period: `${words.period} ${dayText(view.from, locale)}–${dayText(view.to, locale)}`,
    toPay: words.toPay,
    amount: amountText(view.total, locale),
    amountInWords: view.totalInWords[locale],
    service: words.service,
    sum: words.sum,
    lines: [
      ...view.lines.map(({ title, formulas, amount }) => ({
        title: printableText(title),
        formulas: formulas.map((formula) => printableText(formulaText(formula, locale))),
        amount: amountText(amount, locale),
      })),
      ...penalties,
    ],
    total: { title: words.total, formulas: [], amount: amountText(view.total, locale) },
    note: words.note,
    pageLine: (page) => `${words.heading} ${numbered}, ${words.page} ${String(page)}`,
    slip: view.transfer && slipOf(view, view.transfer, words),
    companyNote: company.texts?.[locale]?.billNote,
  };
}

/** Names, purpose and sum stay in Russian: a bank's clerk reads them. */
function slipOf(view: BillView, { bank, purpose, order }: Transfer, words: Wording): LaidOutSlip {
  const kpp = bank.kpp === undefined ? '' : `, ${words.kpp} ${bank.kpp}`;
  const roubles = decimalText(view.total).split('.');
  const fields = [
    [words.payee, bank.payee],
    [words.taxNumber, `${bank.taxNumber}${kpp}`],
    [words.payeeAccount, bank.account],
    [words.bank, bank.bank],
    [words.bic, bank.bic],
    [words.correspondent, bank.correspondentAccount],
    [words.account, view.account],
    [words.purpose, purpose],
    [words.sum, `${roubles[0] ?? ''} руб. ${roubles[1] ?? ''} коп.`],
  ] as const;
  return {
    heading: words.slip,
    hint: words.hint,
    fields: fields
      .filter(([, value]) => value !== '0')
      .map(([label, value]) => ({ label, value: printableText(value) })),
    qrAlt: words.qrAlt,
    order,
    signature: words.signature,
  };
}

/** Formulas have points and currency codes; readers of Russian expect commas and the sign. */
const formulaText = (formula: string, locale: Locale): string =>
  locale === 'ru'
    ? formula.replaceAll(/(\d)\.(?=\d)/g, '$1,').replace(/ RUB(?=$| \()/, '\u00A0₽')
    : formula;

const dayText = (day: CalendarDay, locale: Locale): string =>
  day
    .split('-')
    .toReversed()
    .join(locale === 'ru' ? '.' : '/');
