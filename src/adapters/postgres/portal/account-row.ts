import type { FeedEntry } from '../../../application/ports/account-store.ts';
import type { Account } from '../../../domain/account.ts';
import type { Currency } from '../../../domain/currency.ts';
import type { AccountId, CustomerId, OperationId, PaymentId } from '../../../domain/ids.ts';
import { money } from '../../../domain/money.ts';
import type { Operation, OperationKind } from '../../../domain/operation.ts';
import type { CalendarDay, Instant } from '../../../domain/time.ts';

export interface AccountRow {
  readonly customer_id: string;
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly currency: string;
  readonly balance_minor: bigint;
  readonly opened_on: string;
  readonly as_of: Instant;
  readonly version: bigint;
}
export interface OperationRow {
  readonly id: string;
  readonly account_id: string;
  readonly posted_at: Instant;
  readonly kind: string;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly description: string;
  readonly counterparty: string | null;
  readonly payment_id: string | null;
}
export interface FeedRow {
  readonly seq: bigint;
  readonly kind: 'operation' | 'payment' | 'reset';
  readonly ref: string | null;
  readonly detail: string | null;
}

export const toAccount = (row: AccountRow): Account => ({
  id: row.id as AccountId,
  customerId: row.customer_id as CustomerId,
  number: row.number,
  title: row.title,
  balance: money(row.balance_minor, row.currency as Currency),
  openedOn: row.opened_on as CalendarDay,
  asOf: row.as_of,
  version: Number(row.version),
});

export const toOperation = (row: OperationRow): Operation => ({
  id: row.id as OperationId,
  accountId: row.account_id as AccountId,
  postedAt: row.posted_at,
  kind: row.kind as OperationKind,
  amount: money(row.amount_minor, row.currency as Currency),
  description: row.description,
  counterparty: row.counterparty ?? undefined,
  paymentId: (row.payment_id ?? undefined) as PaymentId | undefined,
});

/** Reads a feed row; an operation that is gone by now asks the reader to begin anew. */
export function toFeedEntry(
  row: FeedRow,
  operation: Operation | undefined,
  account: Account | undefined,
): FeedEntry {
  const seq = Number(row.seq);
  if (row.kind === 'payment') {
    return { seq, kind: 'payment', paymentId: row.ref ?? '', state: row.detail ?? '' };
  }
  if (row.kind === 'reset' || operation === undefined || account === undefined) {
    return { seq, kind: 'reset' };
  }
  return { seq, kind: 'operation', operation, account };
}
