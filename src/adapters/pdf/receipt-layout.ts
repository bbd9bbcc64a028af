import type { ReceiptView } from '../../application/ports/receipt-printer.ts';
import type { Locale } from '../../domain/locale.ts';
import { add, zero } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import { amountText } from '../../application/amount-text.ts';
import { momentText } from './moment-text.ts';
import { letterhead, type Letterhead } from './letterhead.ts';
import { printableText } from './printable-text.ts';
import { receiptWords } from './receipt-words.ts';

/** A line of the details: what it is, and what it says. */
export interface LabelledLine {
  readonly label: string;
  readonly value: string;
}

/** The block of the cash register: its lines two by two, and its QR. */
export interface FiscalLayout {
  readonly heading: string;
  readonly lines: readonly LabelledLine[];
  readonly qr: string;
  readonly qrAlt: string;
}

/** All texts of a receipt in the order they are read. */
export interface ReceiptLayout extends Letterhead {
  readonly language: 'ru-RU' | 'en-GB';
  readonly documentTitle: string;
  readonly heading: string;
  readonly number: string;
  readonly issued: string;
  readonly status: string;
  /** Whether the money has gone another way since. */
  readonly isTurned: boolean;
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
  readonly fiscal: FiscalLayout | undefined;
  readonly notes: readonly string[];
  /** What the company says of its own; undefined where it says nothing. */
  readonly sheetNote: string | undefined;
  readonly rollNote: string | undefined;
}

/** Writes out a receipt in a language: which lines, in which order, with which words. */
export function receiptLayout(view: ReceiptView, locale: Locale): ReceiptLayout {
  const words = receiptWords[locale];
  const { company } = view;
  const heading = words.heading[view.kind];
  return {
    language: locale === 'ru' ? 'ru-RU' : 'en-GB',
    documentTitle: `${heading} ${printableText(view.number)}`,
    ...letterhead(company, locale),
    heading,
    number: `${words.numberSign} ${printableText(view.number)}`,
    issued: momentText(view.issuedAt, locale, company.timeZone),
    status: words.status[view.status],
    isTurned: view.status !== 'paid' && view.status !== 'paid-back',
    amount: amountText(view.kind === 'payment' ? view.amount : view.total, locale),
    amountInWords: view.amountInWords[locale],
    details: details(view, locale),
    check: {
      heading: words.check,
      code: view.code,
      url: view.sealedUrl,
      shownUrl: view.verifyUrl.replace(/^https?:\/\//, ''),
      qrAlt: `${words.qrAlt} ${view.verifyUrl}`,
    },
    fiscal: view.fiscal && {
      heading: view.fiscal.heading[locale],
      lines: view.fiscal.lines[locale].map(({ label, value }) => ({
        label,
        value: printableText(value),
      })),
      qr: view.fiscal.qr,
      qrAlt: words.fiscalQrAlt,
    },
    notes: words.notes,
    sheetNote: company.texts?.[locale]?.receiptNote,
    rollNote: company.texts?.[locale]?.rollNote,
  };
}

function details(view: ReceiptView, locale: Locale): readonly LabelledLine[] {
  const words = receiptWords[locale];
  const { kind, payer, company } = view;
  const line = (label: string, value: string) => ({ label, value: printableText(value) });
  const moment = (at: Instant) => momentText(at, locale, company.timeZone);
  const reference =
    view.providerPaymentId === '' ? [] : [line(words.providerPayment, view.providerPaymentId)];
  return [
    line(words.payer[kind], `${payer.name}, ${words.contract} ${payer.contract}`),
    line(words.account, view.accountNumber),
    line(words.purpose[kind], view.purpose[locale]),
    line(words.method, methodText(view, locale)),
    ...codeLines(view, locale),
    line(words.paidAt[kind], moment(view.paidAt)),
    ...feeLine(view, locale),
    line(words.total[kind], amountText(view.total, locale)),
    line(words.provider, capitalised(view.provider)),
    ...reference,
    line(words.payment, view.paymentId),
    ...refundLines(view, locale),
  ];
}

const methodText = ({ method, instrument }: ReceiptView, locale: Locale): string =>
  instrument === undefined ? method[locale] : `${method[locale]}, ${instrument.label}`;

/** By which the card's bank finds the payment. */
function codeLines({ instrument }: ReceiptView, locale: Locale): readonly LabelledLine[] {
  const { rrn, authCode } = receiptWords[locale];
  const found = [
    [rrn, instrument?.rrn],
    [authCode, instrument?.authCode],
  ] as const;
  return found.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}

/** More of them would not fit half a sheet; each has a receipt of its own. */
const mostRefundLines = 5;

function refundLines({ refunds, company }: ReceiptView, locale: Locale): readonly LabelledLine[] {
  const { refunded: label, more } = receiptWords[locale];
  const lines = refunds.slice(0, mostRefundLines).map(({ at, amount, number }) => {
    const moment = momentText(at, locale, company.timeZone);
    return { label, value: printableText(`${amountText(amount, locale)}, ${moment}, ${number}`) };
  });
  const rest = refunds.slice(mostRefundLines).map(({ amount }) => amount);
  const [first] = rest;
  if (first === undefined) return lines;
  const sum = amountText(rest.reduce(add, zero(first.currency)), locale);
  return [...lines, { label, value: `${more} ${rest.length}: ${sum}` }];
}

function feeLine({ fee }: ReceiptView, locale: Locale): readonly LabelledLine[] {
  if (fee === undefined) return [];
  const { fee: label, noFee } = receiptWords[locale];
  return [{ label, value: fee.minor === 0n ? noFee : amountText(fee, locale) }];
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
