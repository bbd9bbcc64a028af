import type { Cancellation, Payment } from '../payments/payment.ts';

/** What the shop says of a refund. */
export interface RefundWish {
  readonly description: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly hasReceipt: boolean;
}

/** A refund as YooKassa remembers it. */
export interface Refund extends RefundWish {
  readonly id: string;
  readonly payment: Payment;
  readonly amountMinor: number;
  readonly createdAt: number;
  status: 'pending' | 'succeeded' | 'canceled';
  succeededAt: number | undefined;
  cancellation: Cancellation | undefined;
}
