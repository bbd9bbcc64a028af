import { methodTerms } from '../payments/method-terms.ts';
import { incomeOf, valueText } from '../money-text.ts';
import type { Payment } from '../payments/payment.ts';
import { WALLET_NUMBER } from '../payments/payment-method.ts';
import type { Refund } from '../refunds/refund.ts';
import { csvText } from './csv-text.ts';
import { moscowTime } from './moscow-day.ts';

export type RegistryLanguage = 'ru' | 'en';

/** Payers without a wallet come by an account of YooKassa’s own. */
const INTERNAL_ACCOUNT = '410010000000001';
/** Above this the law wants to know who pays from a wallet. */
const NAMELESS_MINOR = 15_000_00;

type Column<Item> = readonly [ru: string, en: string, text: (item: Item) => string];

const paymentColumns: readonly Column<Payment>[] = [
  ['Идентификатор платежа', 'Payment ID', ({ id }) => id],
  ['Сумма платежа', 'Payment amount', ({ amountMinor }) => valueText(amountMinor)],
  ['Валюта платежа', 'Payment currency', ({ wish }) => wish.currency],
  [
    'Сумма платежа без комиссии',
    'Payment amount net of commission',
    ({ amountMinor }) => valueText(incomeOf(amountMinor)),
  ],
  ['Время создания платежа', 'Payment creation time', ({ createdAt }) => moscowTime(createdAt)],
  [
    'Идентификатор платёжного средства',
    'Payment instrument ID',
    ({ method }) => (method?.type === 'yoo_money' ? WALLET_NUMBER : INTERNAL_ACCOUNT),
  ],
  ['Описание платежа', 'Payment description', ({ wish }) => wish.description ?? ''],
  [
    'Код типа платежа',
    'Payment type code',
    ({ method }) => methodTerms[method?.type ?? 'bank_card'].registryCode,
  ],
  ['ФИО плательщика', 'Payer name', (payment) => (isNamed(payment) ? 'Каренина Анна' : '')],
  ['Адрес плательщика', 'Payer address', (payment) => (isNamed(payment) ? 'Москва; Арбат, 1' : '')],
];

const refundColumns: readonly Column<Refund>[] = [
  ['Идентификатор возврата', 'Refund ID', ({ id }) => id],
  ['Идентификатор платежа', 'Payment ID', ({ payment }) => payment.id],
  ['Сумма возврата', 'Refund amount', ({ amountMinor }) => valueText(amountMinor)],
  ['Валюта возврата', 'Refund currency', ({ payment }) => payment.wish.currency],
  ['Время создания возврата', 'Refund creation time', ({ createdAt }) => moscowTime(createdAt)],
  ['Описание возврата', 'Refund description', ({ description }) => description ?? ''],
];

/** Payments in the order in which they succeeded; their time is that of creation. */
export function paymentRegistry(payments: readonly Payment[], language: RegistryLanguage): string {
  return registry(paymentColumns, oldestFirst(payments, 'capturedAt'), language);
}

export function refundRegistry(refunds: readonly Refund[], language: RegistryLanguage): string {
  return registry(refundColumns, oldestFirst(refunds, 'succeededAt'), language);
}

/** By the moment of success, what was made first before the others. */
function oldestFirst<Name extends string, Item extends Readonly<Record<Name, number | undefined>>>(
  newestFirst: readonly Item[],
  moment: Name,
): Item[] {
  return newestFirst.toReversed().toSorted((a, b) => (a[moment] ?? 0) - (b[moment] ?? 0));
}

function registry<Item>(
  columns: readonly Column<Item>[],
  items: readonly Item[],
  language: RegistryLanguage,
): string {
  const headings = columns.map(([ru, en]) => (language === 'ru' ? ru : en));
  const lines = items.map((item) => columns.map(([, , text]) => text(item)));
  return csvText([headings, ...lines]);
}

function isNamed({ method, amountMinor }: Payment): boolean {
  return method?.type === 'yoo_money' && amountMinor > NAMELESS_MINOR;
}
