import { maskAccountNumber } from './account.ts';
import type { Instrument } from './instrument.ts';
import { decimalText, type Money } from './money.ts';
import type { Receipt } from './receipt.ts';
import { isoText } from './time.ts';

/** Money in a signed text: exact decimal text in major units, with its ISO 4217 code. */
export interface ContentAmount {
  readonly value: string;
  readonly currency: string;
}

/**
 * What is signed of a receipt: everything on it that may be forged for gain, and nobody's name. It never changes after
 * the issue; how the receipt stands today is asked for.
 */
export interface ReceiptContent {
  readonly v: 1;
  readonly kind: Receipt['kind'];
  readonly number: string;
  readonly code: string;
  readonly issuedAt: string;
  /** When the money was taken; not on the receipt of a refund. */
  readonly paidAt?: string;
  readonly payee: { readonly name: string; readonly taxNumber: string };
  /** Masked. */
  readonly account: string;
  /** What the account was credited, or debited by a refund. */
  readonly amount: ContentAmount;
  readonly fee?: ContentAmount;
  /** What the payer paid, or got back. */
  readonly total: ContentAmount;
  readonly method: string;
  readonly provider: string;
  readonly providerPaymentId: string;
  readonly paymentId: string;
  /** What it was paid with, and the codes by which the card's bank finds it. */
  readonly instrument?: Instrument;
  readonly refundId?: string;
}

/** Writes what is signed of a receipt; texts in NFC, so that the same receipt is the same text. */
export function receiptContent(
  receipt: Receipt,
  payee: { readonly legalName: string; readonly taxNumber: string },
): ReceiptContent {
  const { kind, number, code, issuedAt, accountNumber } = receipt;
  const { method, provider, providerRef, paymentId } = receipt;
  return {
    ...{ v: 1, kind, number, code, issuedAt: isoText(issuedAt) },
    payee: { name: plain(payee.legalName), taxNumber: plain(payee.taxNumber) },
    account: maskAccountNumber(accountNumber),
    amount: contentAmount(receipt.amount),
    total: contentAmount(receipt.total),
    ...{ method, provider, providerPaymentId: plain(providerRef ?? ''), paymentId },
    ...(receipt.kind === 'payment'
      ? {
          paidAt: isoText(receipt.paidAt),
          fee: contentAmount(receipt.fee),
          ...(receipt.instrument && { instrument: receipt.instrument }),
        }
      : { refundId: receipt.refundId }),
  };
}

const contentAmount = (sum: Money): ContentAmount => ({
  value: decimalText(sum),
  currency: sum.currency,
});

/** RFC 8785 takes no half letters and leaves composition to us. */
const plain = (text: string): string => text.toWellFormed().normalize('NFC');
