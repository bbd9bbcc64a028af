import { invariant } from '../invariant.ts';
import { isPositive, money, type Money } from '../money.ts';
import type { Instant } from '../time.ts';
import { ofAccount } from './chart-of-accounts.ts';
import { credit, debit, entry, type Entry, type LedgerAccountId, type Posting } from './entry.ts';

/** How a customer's account stands in the books: what is owed, and what was paid in advance. */
export interface Standing {
  readonly accountNumber: string;
  readonly receivable: Money;
  readonly prepayment: Money;
}

/** Reads a balance as debt or prepayment: whatever posts nets the two at once, so never both. */
export function standingOf(accountNumber: string, balance: Money): Standing {
  const { minor, currency } = balance;
  return {
    accountNumber,
    receivable: money(minor < 0n ? -minor : 0n, currency),
    prepayment: money(minor > 0n ? minor : 0n, currency),
  };
}

/** What the customer sees: prepayment less debt. */
export const balanceOfStanding = ({ receivable, prepayment }: Standing): Money =>
  money(prepayment.minor - receivable.minor, prepayment.currency);

/** Gives a customer money: it pays the debt first, the rest is paid in advance. */
export function creditCustomer(standing: Standing, amount: Money): readonly Posting[] {
  const { receivable, prepayment } = accountsOf(standing);
  const [paid, rest] = parts(amount, standing.receivable);
  return [...some(credit, receivable, paid), ...some(credit, prepayment, rest)];
}

/** Takes money from a customer: what was paid in advance first, the rest is debt. */
export function debitCustomer(standing: Standing, amount: Money): readonly Posting[] {
  const { receivable, prepayment } = accountsOf(standing);
  const [taken, rest] = parts(amount, standing.prepayment);
  return [...some(debit, prepayment, taken), ...some(debit, receivable, rest)];
}

/** The standing after postings, before anything is netted. */
export function standingAfter(before: Standing, postings: readonly Posting[]): Standing {
  const accounts = accountsOf(before);
  const moved = (account: LedgerAccountId) =>
    postings
      .filter((posting) => posting.account === account)
      .reduce((sum, { side, amount }) => sum + amount.minor * (side === 'debit' ? 1n : -1n), 0n);
  const { receivable, prepayment } = before;
  return {
    ...before,
    receivable: money(receivable.minor + moved(accounts.receivable), receivable.currency),
    prepayment: money(prepayment.minor - moved(accounts.prepayment), prepayment.currency),
  };
}

/**
 * The entry that brings debt and prepayment together, so that no customer has both and neither is below zero: a later
 * charge uses the prepayment, a cancelled one gives it back. Undefined where there is nothing to net.
 */
export function netting(
  standing: Standing,
  moment: { readonly key: string; readonly at: Instant; readonly memo: string },
): Entry | undefined {
  const { receivable, prepayment } = accountsOf(standing);
  const wanted = standingOf(standing.accountNumber, balanceOfStanding(standing));
  const use = money(
    standing.prepayment.minor - wanted.prepayment.minor,
    standing.prepayment.currency,
  );
  if (use.minor === 0n) return undefined;
  const size = money(use.minor < 0n ? -use.minor : use.minor, use.currency);
  const isUsed = use.minor > 0n;
  return entry({
    key: moment.key,
    kind: isUsed ? 'prepayment-applied' : 'prepayment-restored',
    effectiveAt: moment.at,
    memo: moment.memo,
    postings: isUsed
      ? [debit(prepayment, size), credit(receivable, size)]
      : [debit(receivable, size), credit(prepayment, size)],
  });
}

const accountsOf = ({ accountNumber }: Standing) => ({
  receivable: ofAccount('receivable', accountNumber),
  prepayment: ofAccount('prepayment', accountNumber),
});

/** As much of a sum as the other one covers, and the rest. */
function parts(amount: Money, covers: Money): readonly [Money, Money] {
  invariant(
    amount.currency === covers.currency,
    `a sum in ${amount.currency} for an account in ${covers.currency}`,
  );
  const first = amount.minor < covers.minor ? amount.minor : covers.minor;
  return [money(first, amount.currency), money(amount.minor - first, amount.currency)];
}

const some = (
  side: (account: LedgerAccountId, amount: Money) => Posting,
  account: LedgerAccountId,
  amount: Money,
): readonly Posting[] => (isPositive(amount) ? [side(account, amount)] : []);
