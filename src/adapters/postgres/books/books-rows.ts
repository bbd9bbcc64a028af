import type { Account } from '../../../domain/account.ts';
import type { Currency } from '../../../domain/currency.ts';
import type { AccountId, CustomerId, OperationId, PaymentId } from '../../../domain/ids.ts';
import type { LedgerAccountId, Posting, Side } from '../../../domain/ledger/entry.ts';
import type { Locale } from '../../../domain/locale.ts';
import { money } from '../../../domain/money.ts';
import type { Operation, OperationKind } from '../../../domain/operation.ts';
import type { CalendarDay, Instant } from '../../../domain/time.ts';

/** An account as the books' database keeps it, joined with its customer's language. */
export interface BooksAccountRow {
  readonly customer_id: string;
  readonly id: string;
  readonly number: string;
  readonly currency: string;
  readonly title: string;
  readonly opened_on: string;
  readonly balance: bigint;
  readonly version: bigint;
  readonly locale: string;
  readonly is_closed: boolean;
  readonly as_of: Instant;
}

/** An operation as the books' database keeps it. */
export interface BooksOperationRow {
  readonly account_id: string;
  readonly posted_at: Instant;
  readonly id: string;
  readonly kind: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly description: string;
  readonly counterparty: string | null;
  readonly payment_id: string | null;
}

/** Reads a row; the table's checks and the writers of it have seen to the rest. */
export const toBooksAccount = (
  row: BooksAccountRow,
): { readonly account: Account; readonly locale: Locale; readonly isClosed: boolean } => ({
  account: {
    id: row.id as AccountId,
    customerId: row.customer_id as CustomerId,
    number: row.number,
    title: row.title,
    balance: money(row.balance, row.currency as Currency),
    openedOn: row.opened_on as CalendarDay,
    asOf: row.as_of,
    version: Number(row.version),
  },
  locale: row.locale as Locale,
  isClosed: row.is_closed,
});

export const toBooksOperation = (row: BooksOperationRow): Operation => ({
  id: row.id as OperationId,
  accountId: row.account_id as AccountId,
  postedAt: row.posted_at,
  kind: row.kind as OperationKind,
  amount: money(row.amount, row.currency as Currency),
  description: row.description,
  counterparty: row.counterparty ?? undefined,
  paymentId: (row.payment_id ?? undefined) as PaymentId | undefined,
});

/** A posting as the books' database keeps it. */
export interface PostingRow {
  readonly ledger_account: string;
  readonly side: string;
  readonly amount: bigint;
  readonly currency: string;
}

export const toPosting = (row: PostingRow): Posting => ({
  account: row.ledger_account as LedgerAccountId,
  side: row.side as Side,
  amount: money(row.amount, row.currency as Currency),
});
