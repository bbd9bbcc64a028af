import type { CustomerId, PaymentId, RefundId } from './ids.ts';
import type { Instrument } from './instrument.ts';
import { isEqual, zero, type Money } from './money.ts';
import { credited, type SucceededPayment } from './payment.ts';
import type { Refund } from './refund.ts';
import type { Instant } from './time.ts';

interface Paper {
  readonly paymentId: PaymentId;
  readonly customerId: CustomerId;
  /** `R-2026-7000001-0001`: gapless within a contract and year, so that no row is shared by all customers. */
  readonly number: string;
  /** 16 symbols of Crockford's base 32 (80 bits): who has it has the paper. */
  readonly code: string;
  readonly issuedAt: Instant;
  readonly accountNumber: string;
  readonly method: string;
  readonly provider: string;
  readonly providerRef: string | undefined;
}

/** Proof for the payer that a payment was taken. Not a fiscal receipt. */
export interface PaymentReceipt extends Paper {
  readonly kind: 'payment';
  readonly paidAt: Instant;
  /** What the account was credited. */
  readonly amount: Money;
  /** What the payer paid on top, and all in all, in the currency the provider took. */
  readonly fee: Money;
  readonly total: Money;
  readonly instrument?: Instrument;
}

/** Proof for the payer that money was paid back: a document of its own, in the same row of numbers. */
export interface RefundReceipt extends Paper {
  readonly kind: 'refund';
  readonly refundId: RefundId;
  /** What the account was debited. */
  readonly amount: Money;
  /** What the payer gets back, in the currency the provider took. */
  readonly total: Money;
}
export type Receipt = PaymentReceipt | RefundReceipt;

/** Where a receipt stands: whose contract, and its serial of the year, counted from 1. */
export interface NumberedPlace {
  readonly contract: string;
  readonly year: number;
  readonly serial: number;
}

const numberAt = ({ contract, year, serial }: NumberedPlace): string =>
  `R-${year.toString()}-${contract}-${serial.toString().padStart(4, '0')}`;

/** Issues the receipt of a paid payment. */
export const issueReceipt = (
  payment: SucceededPayment,
  place: NumberedPlace,
  code: string,
  now: Instant,
): PaymentReceipt => ({
  kind: 'payment',
  paymentId: payment.id,
  customerId: payment.customerId,
  number: numberAt(place),
  code,
  issuedAt: now,
  paidAt: payment.paidAt,
  accountNumber: payment.accountNumber,
  amount: credited(payment),
  fee: isEqual(payment.captured, payment.charge) ? payment.fee : zero(payment.fee.currency),
  total: payment.captured,
  ...(payment.instrument && { instrument: payment.instrument }),
  method: payment.method,
  provider: payment.provider,
  providerRef: payment.providerRef,
});

/** Issues the receipt of a refund that was paid back. */
export const issueRefundReceipt = (
  refund: Refund,
  payment: SucceededPayment,
  place: NumberedPlace,
  code: string,
): RefundReceipt => ({
  kind: 'refund',
  refundId: refund.id,
  paymentId: payment.id,
  customerId: refund.customerId,
  number: numberAt(place),
  code,
  issuedAt: refund.updatedAt,
  accountNumber: payment.accountNumber,
  amount: refund.debit,
  total: refund.amount,
  method: payment.method,
  provider: refund.provider,
  providerRef: refund.providerRef,
});

/** How a receipt stands today; what is printed on it stays true. */
export type ReceiptStatus = 'paid' | 'partly-refunded' | 'refunded' | 'paid-back' | 'came-back';

/** The standing of a receipt, from all refunds of its payment. */
export function receiptStatus(receipt: Receipt, refunds: readonly Refund[]): ReceiptStatus {
  if (receipt.kind === 'refund') {
    const own = refunds.find(({ id }) => id === receipt.refundId);
    return own?.state === 'failed' ? 'came-back' : 'paid-back';
  }
  const back = refunds.filter(({ state }) => state === 'succeeded');
  if (back.length === 0) return 'paid';
  const sum = back.reduce((minor, { amount }) => minor + amount.minor, 0n);
  return sum >= receipt.total.minor ? 'refunded' : 'partly-refunded';
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 16;

/** Writes 10 random bytes as a receipt code. Source: Crockford's base 32, without I L O U. */
export function receiptCode(random: Uint8Array): string {
  let bits = 0n;
  for (const byte of random.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  const symbols = Array.from({ length: codeLength }, (_, n) =>
    alphabet.charAt(Number((bits >> BigInt(5 * (codeLength - 1 - n))) & 31n)),
  );
  return symbols.join('');
}

/** Groups of four, as printed. */
export const printedCode = (code: string): string => code.replaceAll(/(.{4})(?!$)/g, '$1-');

/** Reads what a person typed: any case, any grouping, O for 0, I and L for 1; undefined when it is no code. */
export function parseReceiptCode(typed: string): string | undefined {
  const plain = typed
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const isCode =
    plain.length === codeLength && [...plain].every((symbol) => alphabet.includes(symbol));
  return isCode ? plain : undefined;
}
