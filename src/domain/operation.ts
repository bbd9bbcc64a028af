import type { AccountId, OperationId, PaymentId } from './ids.ts';
import type { Money } from './money.ts';
import type { Instant } from './time.ts';

export const operationKinds = [
  'charge',
  'payment',
  'refund',
  'penalty',
  'correction',
  'transfer',
] as const;
export type OperationKind = (typeof operationKinds)[number];
export const isOperationKind = (text: string): text is OperationKind =>
  operationKinds.some((kind) => kind === text);

/** A posted line of an account's history. Above zero is money in, below is money out. */
export interface Operation {
  readonly id: OperationId;
  readonly accountId: AccountId;
  readonly postedAt: Instant;
  readonly kind: OperationKind;
  readonly amount: Money;
  readonly description: string;
  readonly counterparty: string | undefined;
  /** The payment made in the portal that this line comes from. */
  readonly paymentId: PaymentId | undefined;
}

/** A place in a history that is read newest first. */
export interface HistoryPlace {
  readonly postedAt: Instant;
  readonly id: OperationId;
}

export const placeOf = (operation: Operation): HistoryPlace => ({
  postedAt: operation.postedAt,
  id: operation.id,
});

/** Sorts newest first; ids decide between lines of one moment. */
export const newestFirst = (a: HistoryPlace, b: HistoryPlace): number =>
  b.postedAt - a.postedAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
