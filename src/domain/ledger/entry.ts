import type { Brand } from '../ids.ts';
import type { Currency } from '../currency.ts';
import { invariant } from '../invariant.ts';
import { money, type Money } from '../money.ts';
import type { CalendarDay, Instant } from '../time.ts';

export type LedgerAccountId = Brand<string, 'LedgerAccountId'>;
export type Side = 'debit' | 'credit';

/** One leg of an entry. The amount is above zero; the side says the direction. */
export interface Posting {
  readonly account: LedgerAccountId;
  readonly side: Side;
  readonly amount: Money;
}

/** A double entry: immutable, balanced in every currency. Corrected only by another entry. */
export interface Entry {
  /** The caller's unique key: the same key has one effect. */
  readonly key: string;
  readonly kind: string;
  /** When it happened, wherever it is booked. */
  readonly effectiveAt: Instant;
  readonly memo: string;
  readonly postings: readonly Posting[];
  /** The key of the entry that this one undoes. */
  readonly reverses?: string;
  /** The key of the entry it belongs to: a refund to its capture. */
  readonly correlation?: string;
  /** What a provider calls it: there is one entry of a kind for it, whatever our own key says. */
  readonly proof?: { readonly provider: string; readonly ref: string };
  /** The day it is to be booked on; by default that of `effectiveAt`, or the first open day after it. */
  readonly bookOn?: CalendarDay;
}

/** Makes an entry; one that does not balance is a bug of the rule that made it. */
export function entry(facts: Entry): Entry {
  invariant(facts.key.length > 0, 'an entry needs a key');
  for (const posting of facts.postings) {
    invariant(posting.amount.minor > 0n, `entry ${facts.key} has a posting that is not above zero`);
  }
  for (const [currency, sum] of sums(facts.postings)) {
    invariant(sum.debit > 0n, `entry ${facts.key} has no debit in ${currency}`);
    invariant(sum.debit === sum.credit, `entry ${facts.key} is out of balance in ${currency}`);
  }
  invariant(facts.postings.length >= 2, `entry ${facts.key} has fewer than two postings`);
  return facts;
}

export const debit = (account: LedgerAccountId, amount: Money): Posting => ({
  account,
  side: 'debit',
  amount,
});
export const credit = (account: LedgerAccountId, amount: Money): Posting => ({
  account,
  side: 'credit',
  amount,
});
export const mirrored = (posting: Posting): Posting => ({
  ...posting,
  side: posting.side === 'debit' ? 'credit' : 'debit',
});
/** Moves a sum of either sign from one account to another; one below zero goes the other way. */
export const transfer = (
  from: LedgerAccountId,
  to: LedgerAccountId,
  amount: Money,
): readonly Posting[] =>
  amount.minor < 0n
    ? transfer(to, from, money(-amount.minor, amount.currency))
    : [debit(to, amount), credit(from, amount)];

/** Debits and credits of a list of postings, by currency. */
export function sums(
  postings: readonly Posting[],
): ReadonlyMap<Currency, { readonly debit: bigint; readonly credit: bigint }> {
  const byCurrency = new Map<Currency, { debit: bigint; credit: bigint }>();
  for (const { side, amount } of postings) {
    const sum = byCurrency.get(amount.currency) ?? { debit: 0n, credit: 0n };
    sum[side] += amount.minor;
    byCurrency.set(amount.currency, sum);
  }
  return byCurrency;
}

/** The mirror of an entry: what undoes it without touching it. One that undoes another cannot be undone itself. */
export function reversal(of: Entry, key: string, at: Instant, memo = of.memo): Entry {
  invariant(of.reverses === undefined, `entry ${of.key} is a reversal itself`);
  const { correlation } = of;
  return entry({
    key,
    kind: 'reversal',
    effectiveAt: at,
    memo,
    reverses: of.key,
    ...(correlation !== undefined && { correlation }),
    postings: of.postings.map(mirrored),
  });
}

/**
 * What an entry says, as text to compare two tellings of one fact by. How a sum was split between a customer's debt
 * and prepayment depends on the moment it was told, so both count as one account here.
 */
export function contentOf(postings: readonly Posting[]): string {
  const byAccount = new Map<string, bigint>();
  for (const { account, side, amount } of postings) {
    const owner = account.replace(/^(receivable|prepayment):/, 'customer:');
    const key = [owner, side, amount.currency].join(' ');
    byAccount.set(key, (byAccount.get(key) ?? 0n) + amount.minor);
  }
  return [...byAccount]
    .map(([key, minor]) => `${key} ${minor.toString()}`)
    .toSorted()
    .join('\n');
}
