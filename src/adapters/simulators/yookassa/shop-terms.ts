import type { MethodType } from './payments/method-terms.ts';

/** What was agreed with one shop. */
export interface ShopTerms {
  readonly shopId: string;
  readonly secretKey: string;
  /** A test shop says so in every object. */
  readonly isTest: boolean;
  /** The only currency in which its payments succeed. */
  readonly currency: string;
  /** The ways to pay that are switched on. */
  readonly methods: readonly MethodType[];
  /** Who prints the receipts: a register of YooKassa’s writes by email only and takes 80 lines. */
  readonly cashRegister: 'yookassa' | 'third-party';
  readonly needsReceipt: boolean;
  /** How long a new refund stays pending; 0: not at all. */
  readonly refundPendingMs: number;
}

/** For this long a payment is listed and can be paid back. */
export const THREE_YEARS_MS = 3 * 365 * 24 * 60 * 60_000;
