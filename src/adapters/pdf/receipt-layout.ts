import type { ReceiptView } from '../../application/ports/receipt-printer.ts';
import type { Locale } from '../../domain/locale.ts';
import { amountText } from '../../application/amount-text.ts';
import { momentText } from './moment-text.ts';
import { printableText } from './printable-text.ts';

/** A line of the details: what it is, and what it says. */
export interface LabelledLine {
  readonly label: string;
  readonly value: string;
}

/** All texts of a receipt in the order they are read. */
export interface ReceiptLayout {
  readonly language: 'ru-RU' | 'en-GB';
  readonly documentTitle: string;
  readonly company: string;
  readonly companyLines: readonly string[];
  readonly heading: string;
  readonly number: string;
  readonly issued: string;
  readonly status: string;
  readonly amount: string;
  readonly amountInWords: string;
  readonly details: readonly LabelledLine[];
  readonly check: {
    readonly heading: string;
    readonly code: string;
    readonly url: string;
    readonly shownUrl: string;
    readonly qrAlt: string;
  };
  readonly notes: readonly string[];
}

const wordings = {
  ru: {
    heading: 'Квитанция об оплате',
    numberSign: '№',
    status: 'Оплачено',
    taxNumber: 'ИНН',
    support: 'Поддержка',
    payer: 'Плательщик',
    contract: 'договор',
    account: 'Лицевой счёт',
    purpose: 'Назначение',
    method: 'Способ оплаты',
    paidAt: 'Дата оплаты',
    fee: 'Комиссия',
    noFee: 'без комиссии',
    total: 'Итого списано',
    provider: 'Платёжная система',
    providerPayment: 'Номер в системе',
    payment: 'Номер платежа',
    check: 'Проверка подлинности',
    qrAlt: 'QR-код со ссылкой на проверку подлинности:',
    notes: [
      'Не является кассовым чеком.',
      'Документ сформирован автоматически и действителен без подписи.',
    ],
  },
  en: {
    heading: 'Payment receipt',
    numberSign: 'No.',
    status: 'Paid',
    taxNumber: 'Tax number',
    support: 'Support',
    payer: 'Payer',
    contract: 'contract',
    account: 'Account',
    purpose: 'Purpose',
    method: 'Payment method',
    paidAt: 'Paid on',
    fee: 'Fee',
    noFee: 'no fee',
    total: 'Total debited',
    provider: 'Payment system',
    providerPayment: 'Its reference',
    payment: 'Payment number',
    check: 'Check that it is genuine',
    qrAlt: 'QR code with the link to check that this receipt is genuine:',
    notes: ['This is not a fiscal receipt.', 'Made automatically; valid without a signature.'],
  },
} as const satisfies Record<Locale, object>;

/** Writes out a receipt in a language: which lines, in which order, with which words. */
export function receiptLayout(view: ReceiptView, locale: Locale): ReceiptLayout {
  const words = wordings[locale];
  const { company } = view;
  const issued = momentText(view.issuedAt, locale, company.timeZone);
  return {
    language: locale === 'ru' ? 'ru-RU' : 'en-GB',
    documentTitle: `${words.heading} ${printableText(view.number)}`,
    company: printableText(company.name),
    companyLines: [
      company.legalName,
      `${words.taxNumber} ${company.taxNumber}`,
      company.address,
      `${words.support}: ${company.support}`,
    ].map(printableText),
    heading: words.heading,
    number: `${words.numberSign} ${printableText(view.number)}`,
    issued,
    status: words.status,
    amount: amountText(view.amount, locale),
    amountInWords: view.amountInWords[locale],
    details: details(view, locale),
    check: {
      heading: words.check,
      code: view.code,
      url: view.verifyUrl,
      shownUrl: view.verifyUrl.replace(/^https?:\/\//, ''),
      qrAlt: `${words.qrAlt} ${view.verifyUrl}`,
    },
    notes: words.notes,
  };
}

function details(view: ReceiptView, locale: Locale): readonly LabelledLine[] {
  const words = wordings[locale];
  const { payer, fee } = view;
  const line = (label: string, value: string) => ({ label, value: printableText(value) });
  const reference =
    view.providerPaymentId === '' ? [] : [line(words.providerPayment, view.providerPaymentId)];
  return [
    line(words.payer, `${payer.name}, ${words.contract} ${payer.contract}`),
    line(words.account, view.accountNumber),
    line(words.purpose, view.purpose[locale]),
    line(words.method, view.method[locale]),
    line(words.paidAt, momentText(view.paidAt, locale, view.company.timeZone)),
    line(words.fee, fee.minor === 0n ? words.noFee : amountText(fee, locale)),
    line(words.total, amountText(view.total, locale)),
    line(words.provider, capitalised(view.provider)),
    ...reference,
    line(words.payment, view.paymentId),
  ];
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
