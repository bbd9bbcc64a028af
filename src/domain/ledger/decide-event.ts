import { money, type Money } from '../money.ts';
import type { OperationKind } from '../operation.ts';
import { ok, type Result } from '../result.ts';
import { accountKinds, kindOf } from './chart-of-accounts.ts';
import type { Entry, LedgerAccountId } from './entry.ts';
import { entryFor, type EventRefusal, type Seen } from './event-rules.ts';
import type { LedgerEvent, LedgerEventType } from './ledger-event.ts';
import { balanceOfStanding, netting, standingAfter } from './standing.ts';

/** What an event does, all of it in one commit. */
export interface Decision {
  /** The event's own entry first, then what nets debt and prepayment. */
  readonly entries: readonly [Entry, ...Entry[]];
  /** The line in the customer's history; absent where the balance stays. */
  readonly line: { readonly kind: OperationKind; readonly amount: Money } | undefined;
}

/** Decides an event by what stands in the books at this moment. */
export function decideEvent(event: LedgerEvent, seen: Seen): Result<Decision, EventRefusal> {
  const made = entryFor(event, seen);
  if (!made.ok) return made;
  const { value: first } = made;
  if (seen.standing === undefined) return ok({ entries: [first], line: undefined });

  const before = balanceOfStanding(seen.standing);
  const after = standingAfter(seen.standing, first.postings);
  const net = netting(after, { key: nettingKey(event, first.key), at: event.at, memo: event.memo });
  const amount = money(balanceOfStanding(after).minor - before.minor, before.currency);
  return ok({
    entries: net === undefined ? [first] : [first, bookedLike(first, net)],
    line: amount.minor === 0n ? undefined : { kind: lineKinds[event.type], amount },
  });
}

const nettingKey = (event: LedgerEvent, key: string): string =>
  event.type === 'charge-raised' ? `apply:${event.invoiceId}` : `net:${key}`;

const bookedLike = (first: Entry, net: Entry): Entry => ({
  ...net,
  correlation: first.key,
  ...(first.bookOn !== undefined && { bookOn: first.bookOn }),
});

/** What the customer's history calls it; only what can touch a customer's account is ever shown. */
const lineKinds: Readonly<Record<LedgerEventType, OperationKind>> = {
  'charge-raised': 'charge',
  'charge-cancelled': 'correction',
  'payment-captured': 'payment',
  'fee-known': 'correction',
  'fee-corrected': 'correction',
  settled: 'correction',
  'reserve-withheld': 'correction',
  'reserve-released': 'correction',
  'refund-requested': 'refund',
  'refund-confirmed': 'refund',
  'refund-failed': 'refund',
  'chargeback-opened': 'correction',
  'chargeback-lost': 'correction',
  'chargeback-won': 'correction',
  'owner-found': 'payment',
  'owner-never-found': 'correction',
  'difference-tolerated': 'correction',
  converted: 'correction',
  'entry-reversed': 'correction',
};

/**
 * The accounts with a floor whose balance the entries lower. Debt and prepayment are not among them: they are netted
 * in the same commit, under the account's lock.
 */
export function lowered(entries: readonly Entry[]): ReadonlyMap<LedgerAccountId, bigint> {
  const moved = new Map<LedgerAccountId, bigint>();
  for (const { account, side, amount } of entries.flatMap(({ postings }) => postings)) {
    moved.set(account, (moved.get(account) ?? 0n) + amount.minor * (side === 'debit' ? 1n : -1n));
  }
  const fell = [...moved].filter(([account, by]) => {
    const kind = kindOf(account);
    if (kind === 'receivable' || kind === 'prepayment') return false;
    const { floor } = accountKinds[kind];
    return (floor === 'no-credit-balance' && by < 0n) || (floor === 'no-debit-balance' && by > 0n);
  });
  return new Map(fell.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b))));
}
