import { isCurrency } from '../../domain/currency.ts';
import { invariant } from '../../domain/invariant.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { postCapture, type Owner } from '../../domain/ledger/provider-money.ts';
import { captureKey } from '../../domain/ledger/posting-rules.ts';
import { standingOf } from '../../domain/ledger/standing.ts';
import type { Texts } from '../../domain/locale.ts';
import { money, type Money } from '../../domain/money.ts';
import { parseInstant, type Instant } from '../../domain/time.ts';
import type { PaymentCommand } from '../ports/accounting-system.ts';
import type { BooksAccount, Posting } from '../ports/books.ts';
import type { MoneyMessage } from '../ports/inside-messages.ts';
import { changeOf } from './account-change.ts';

/** Ids and time of a posting. */
export interface PostingMoment {
  readonly entryId: string;
  readonly messageId: string;
  readonly now: Instant;
}

/** The key of the entry that a payment becomes. */
export const paymentEntryKey = ({ payment }: PaymentCommand): string =>
  captureKey(payment.provider, payment.paymentId);

/**
 * Decides what a captured payment does to the books: credit the account it was meant for, or, where there is no such
 * open account in that currency, keep the money in suspense.
 */
export function postPayment(
  command: PaymentCommand,
  found: BooksAccount | undefined,
  moment: PostingMoment,
): Posting {
  const capture = readCapture(command);
  const facts = { entryId: moment.entryId, customerId: command.customerId, recordedAt: moment.now };
  const owner = ownerOf(found, capture.amount);
  if (found === undefined || owner === 'unknown') {
    const memo = `for account ${command.payment.accountId}`;
    const entry = postCapture({ ...capture, owner: 'unknown', memo, kind: 'payment-unidentified' });
    return { ...facts, entry: proved(entry, command) };
  }
  const description = describePayment(command.payment.method)[found.locale];
  const entry = postCapture({ ...capture, owner, memo: description, kind: 'payment-captured' });
  const line = { kind: 'payment', amount: capture.amount, description } as const;
  const change = changeOf(found, { ...line, ...capture }, moment);
  return { ...facts, entry: proved(entry, command), change };
}

/** An entry with the provider's own name of the payment, where it was told. */
function proved(entry: Entry, { payment: { provider, providerRef } }: PaymentCommand): Entry {
  return providerRef === undefined ? entry : { ...entry, proof: { provider, ref: providerRef } };
}

/** Whose money a sum is: that of an open account in its currency, or nobody's that we know. */
export function ownerOf(found: BooksAccount | undefined, amount: Money): Owner {
  if (found === undefined || found.isClosed) return 'unknown';
  const { balance, number } = found.account;
  return balance.currency === amount.currency ? standingOf(number, balance) : 'unknown';
}

/** The message schemas have seen to the form; what is left is a bug of ours. */
function readCapture({ payment }: PaymentCommand) {
  const { provider, paymentId, providerFee } = payment;
  const amount = readMoney(payment.amount);
  invariant(amount.minor > 0n, `a payment of ${payment.amount.minor} ${amount.currency}`);
  const captured = payment.captured === undefined ? amount : readMoney(payment.captured);
  return {
    provider,
    paymentId,
    amount,
    captured,
    providerFee: providerFee && readMoney(providerFee),
    paidAt: readTime(payment.paidAt),
  };
}

/** Reads a sum of a message whose form was checked. */
export function readMoney({ minor, currency }: MoneyMessage): Money {
  invariant(isCurrency(currency), `${currency} is no currency of ours`);
  invariant(/^(0|[1-9]\d{0,18})$/.test(minor), `a sum of ${minor} ${currency}`);
  return money(BigInt(minor), currency);
}

/** Reads a time of a message whose form was checked. */
export function readTime(text: string): Instant {
  const time = parseInstant(text);
  invariant(time !== undefined, `${text} is no time`);
  return time;
}

const methodTexts: Readonly<Record<string, Texts>> = {
  'bank-card': { ru: 'Оплата банковской картой', en: 'Payment by bank card' },
  yoomoney: { ru: 'Оплата через ЮMoney', en: 'Payment by YooMoney' },
  sbp: { ru: 'Оплата через СБП', en: 'Payment by SBP' },
  sberpay: { ru: 'Оплата через SberPay', en: 'Payment by SberPay' },
  'tinkoff-pay': { ru: 'Оплата через T-Pay', en: 'Payment by T-Pay' },
  webmoney: { ru: 'Оплата через WebMoney', en: 'Payment by WebMoney' },
  qiwi: { ru: 'Оплата через QIWI', en: 'Payment by QIWI' },
};

/** What a payment is called in the customer's history. */
export const describePayment = (method: string): Texts =>
  methodTexts[method] ?? { ru: 'Оплата в личном кабинете', en: 'Payment in the personal area' };
