import type { CustomerId, PaymentId } from './ids.ts';
import { isEqual, zero, type Money } from './money.ts';
import { credited, type SucceededPayment } from './payment.ts';
import type { Instant } from './time.ts';

/** Proof for the payer that a payment was taken. Not a fiscal receipt. */
export interface Receipt {
  readonly paymentId: PaymentId;
  readonly customerId: CustomerId;
  /** `R-2026-7000001-0001`: gapless within a contract and year, so that no row is shared by all customers. */
  readonly number: string;
  /** 16 symbols of Crockford's base 32 (80 bits): who has it has the paper. */
  readonly code: string;
  readonly issuedAt: Instant;
  readonly paidAt: Instant;
  readonly accountNumber: string;
  /** What the account was credited. */
  readonly amount: Money;
  /** What the payer paid on top, and all in all, in the currency the provider took. */
  readonly fee: Money;
  readonly total: Money;
  readonly method: string;
  readonly provider: string;
  readonly providerRef: string | undefined;
}

/** Issues the receipt of a paid payment; `serial` counts the contract's receipts of the year from 1. */
export function issueReceipt(
  payment: SucceededPayment,
  place: { readonly contract: string; readonly year: number; readonly serial: number },
  code: string,
  now: Instant,
): Receipt {
  const serial = place.serial.toString().padStart(4, '0');
  return {
    paymentId: payment.id,
    customerId: payment.customerId,
    number: `R-${place.year.toString()}-${place.contract}-${serial}`,
    code,
    issuedAt: now,
    paidAt: payment.paidAt,
    accountNumber: payment.accountNumber,
    amount: credited(payment),
    fee: isEqual(payment.captured, payment.charge) ? payment.fee : zero(payment.fee.currency),
    total: payment.captured,
    method: payment.method,
    provider: payment.provider,
    providerRef: payment.providerRef,
  };
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
