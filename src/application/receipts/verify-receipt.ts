import { maskAccountNumber } from '../../domain/account.ts';
import type { Money } from '../../domain/money.ts';
import { parseReceiptCode } from '../../domain/receipt.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { Limiter } from '../ports/limiter.ts';
import type { ReceiptStore } from '../ports/receipt-store.ts';

export interface CheckedReceipt {
  readonly number: string;
  readonly issuedAt: Instant;
  readonly paidAt: Instant;
  readonly amount: Money;
  readonly account: string;
}
export type VerifyReceiptRefusal =
  | { readonly reason: 'not-found' }
  | { readonly reason: 'too-many-tries'; readonly retryAfterMs: number };

/** Tells anyone who has a receipt's code what is printed on it, so that a forged one shows. */
export const verifyReceipt =
  (receipts: ReceiptStore, limiter: Limiter) =>
  async (typed: string, address: string): Promise<Result<CheckedReceipt, VerifyReceiptRefusal>> => {
    const limit = await limiter.spend('receipt-check-address', address);
    if (!limit.allowed) {
      return refused({ reason: 'too-many-tries', retryAfterMs: limit.retryAfterMs });
    }
    const code = parseReceiptCode(typed);
    const receipt = code === undefined ? undefined : await receipts.findByCode(code);
    if (receipt === undefined) return refused({ reason: 'not-found' });
    const { number, issuedAt, paidAt, amount, accountNumber } = receipt;
    return ok({ number, issuedAt, paidAt, amount, account: maskAccountNumber(accountNumber) });
  };
export type VerifyReceipt = ReturnType<typeof verifyReceipt>;
