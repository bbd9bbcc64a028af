import type { Brand } from '../ids.ts';
import type { Currency } from '../currency.ts';
import { invariant } from '../invariant.ts';
import type { Money } from '../money.ts';
import type { Instant } from '../time.ts';

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
  readonly effectiveAt: Instant;
  readonly memo: string;
  readonly postings: readonly Posting[];
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

/** The mirror of an entry: what undoes it without touching it. */
export const reversal = (of: Entry, key: string, at: Instant): Entry =>
  entry({
    ...of,
    key,
    kind: 'reversal',
    effectiveAt: at,
    postings: of.postings.map((posting) => ({
      ...posting,
      side: posting.side === 'debit' ? 'credit' : 'debit',
    })),
  });
