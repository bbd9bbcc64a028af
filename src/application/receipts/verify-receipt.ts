import { maskAccountNumber } from '../../domain/account.ts';
import type { Money } from '../../domain/money.ts';
import {
  parseReceiptCode,
  receiptStatus,
  type Receipt,
  type ReceiptStatus,
} from '../../domain/receipt.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { Limiter } from '../ports/limiter.ts';
import type { ReceiptSigner } from '../ports/receipt-signer.ts';
import type { ReceiptStore } from '../ports/receipt-store.ts';
import type { RefundStore } from '../ports/refund-store.ts';

/** What anybody may see of a receipt whose code they have: what is printed, and how it stands today. */
export interface CheckedReceipt {
  readonly kind: Receipt['kind'];
  readonly status: ReceiptStatus;
  readonly number: string;
  readonly issuedAt: Instant;
  readonly paidAt: Instant;
  readonly amount: Money;
  readonly total: Money;
  /** Masked. */
  readonly account: string;
  /** Sums that were paid back since, oldest first. */
  readonly refunds: readonly { readonly at: Instant; readonly amount: Money }[];
}
/** `absent`: only the code was typed, so nothing is said of a signature. */
export type SealVerdict = 'valid' | 'altered' | 'absent';
export type VerifyReceiptRefusal =
  | { readonly reason: 'not-found' }
  | { readonly reason: 'too-many-tries'; readonly retryAfterMs: number };

/** Tells anyone who has a receipt's code what is printed on it, so that a forged one shows. */
export const verifyReceipt =
  (receipts: ReceiptStore, refunds: RefundStore, signer: ReceiptSigner, limiter: Limiter) =>
  async (
    asked: { readonly code: string; readonly seal?: string | undefined },
    address: string,
  ): Promise<Result<CheckedReceipt & { readonly seal: SealVerdict }, VerifyReceiptRefusal>> => {
    const limit = await limiter.spend('receipt-check-address', address);
    if (!limit.allowed) {
      return refused({ reason: 'too-many-tries', retryAfterMs: limit.retryAfterMs });
    }
    const code = parseReceiptCode(asked.code);
    const receipt = code === undefined ? undefined : await receipts.findByCode(code);
    if (receipt === undefined) return refused({ reason: 'not-found' });
    const seal = await verdictOn(asked.seal, receipt, receipts, signer);
    return ok({ ...(await checkedReceipt(receipt, refunds)), seal });
  };
export type VerifyReceipt = ReturnType<typeof verifyReceipt>;

/** A receipt as anybody with its code may see it. */
export async function checkedReceipt(
  receipt: Receipt,
  store: RefundStore,
): Promise<CheckedReceipt> {
  const refunds = await store.of(receipt.paymentId);
  const { kind, number, issuedAt, amount, total } = receipt;
  return {
    ...{ kind, status: receiptStatus(receipt, refunds), number, issuedAt, amount, total },
    paidAt: kind === 'payment' ? receipt.paidAt : issuedAt,
    account: maskAccountNumber(receipt.accountNumber),
    refunds:
      kind === 'refund'
        ? []
        : refunds
            .filter(({ state }) => state === 'succeeded')
            .map((refund) => ({ at: refund.updatedAt, amount: refund.amount })),
  };
}

/** `kid.signature`, as in the fragment of the printed link. */
async function verdictOn(
  asked: string | undefined,
  receipt: Receipt,
  receipts: ReceiptStore,
  signer: ReceiptSigner,
): Promise<SealVerdict> {
  if (asked === undefined) return 'absent';
  // A receipt nobody was shown has no seal, so whoever brings one made it.
  const kept = await receipts.sealOf(receipt.code);
  if (kept === undefined || asked !== `${kept.kid}.${kept.signature}`) return 'altered';
  return (await signer.check(kept)) === 'valid' ? 'valid' : 'altered';
}
