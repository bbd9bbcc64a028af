import type { CustomerId, PaymentId, RefundId } from '../ids.ts';
import { isEqual, type Money } from '../money.ts';
import { unknownPause } from '../payment-schedule.ts';
import { later, second, type Instant } from '../time.ts';
import type { FiscalData } from './fiscal-facts.ts';

/** A payment or refund that the law wants a fiscal receipt of. */
export interface FiscalOrder {
  /** The payment's or refund's own id: whoever asks with it again asks for the same receipt. */
  readonly key: PaymentId | RefundId;
  readonly kind: 'payment' | 'refund';
  readonly paymentId: PaymentId;
  readonly customerId: CustomerId;
  /** What the payer paid or got back, in roubles. */
  readonly total: Money;
  readonly accountNumber: string;
  /** Where the register sends its receipt: an e-mail address, else a phone number. */
  readonly contact: string;
}

/** How an order ended. */
export type FiscalEnd =
  | { readonly tag: 'registered'; readonly data: FiscalData }
  | { readonly tag: 'refused'; readonly why: string };

/** A fiscal receipt that is there, is waited for, or will not come. */
export type FiscalReceipt = {
  readonly key: PaymentId | RefundId;
  readonly kind: FiscalOrder['kind'];
} & (FiscalEnd | { readonly tag: 'pending' });

/** When to ask again after so many times: 15 s, 1, 5, 15 min, 1 h, 6 h, then daily. */
export const nextFiscalAsk = (attempts: number, now: Instant): Instant =>
  later(now, unknownPause(attempts) ?? 15 * second);

/** What is believed of a register's data: only those of this sum and kind; what differs is for people to look at. */
export function fittingEnd(order: FiscalOrder, data: FiscalData): FiscalEnd {
  const isKind = data.operation === (order.kind === 'payment' ? 1 : 2);
  return isKind && isEqual(data.total, order.total)
    ? { tag: 'registered', data }
    : {
        tag: 'refused',
        why: `document ${data.document} of drive ${data.drive} is of another kind or sum`,
      };
}
