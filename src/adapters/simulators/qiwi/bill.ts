import { valueText } from './bill-amount.ts';
import { timeText } from './bill-time.ts';

export type BillStatus = 'WAITING' | 'PAID' | 'REJECTED' | 'EXPIRED';
export type Currency = 'RUB' | 'KZT';

/** What the shop asks for with a bill. */
export interface BillWish {
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly expiresAt: number;
  readonly comment: string | undefined;
  readonly customer: Readonly<Record<string, string | undefined>> | undefined;
  readonly customFields: Readonly<Record<string, string>> | undefined;
}

/** A bill as QIWI remembers it. */
export interface Bill {
  /** The shop's own id of it. */
  readonly id: string;
  /** The unguessable end of its page's address. */
  readonly invoiceUid: string;
  /** As it was asked for first: whoever repeats that gets this bill. */
  readonly wish: BillWish;
  readonly createdAt: number;
  /** What was asked for, or what the payer truly paid. */
  amountMinor: number;
  status: BillStatus;
  changedAt: number;
  refundedMinor: number;
  wasDeclined: boolean;
}

export interface BillRefund {
  readonly id: string;
  readonly amountMinor: number;
  readonly madeAt: number;
  readonly status: 'PARTIAL' | 'FULL';
}

export interface Amount {
  readonly value: string | number;
  readonly currency: string;
}

/** A bill as the shop sees it, over the API and in notifications. */
export interface BillFields {
  readonly siteId: string;
  readonly billId: string;
  readonly amount: Amount;
  readonly status: { readonly value: string; readonly [field: string]: string };
  readonly [field: string]: unknown;
}

export function billFields(bill: Bill, siteId: string): BillFields {
  const { currency, comment, customer, customFields, expiresAt } = bill.wish;
  return {
    siteId,
    billId: bill.id,
    amount: { value: valueText(bill.amountMinor), currency },
    status: { value: bill.status, changedDateTime: timeText(bill.changedAt) },
    // What was never said is left out of the JSON.
    comment,
    customer,
    customFields,
    creationDateTime: timeText(bill.createdAt),
    expirationDateTime: timeText(expiresAt),
  };
}
