import type { BooksAccount } from '../../application/ports/books.ts';
import type {
  Ledger,
  LedgerPosting,
  LedgerSeen,
  PostRefusal,
  ToPost,
} from '../../application/ports/ledger.ts';
import type { OutgoingMessage } from '../../application/ports/outbox.ts';
import type { Bill } from '../../domain/ledger/bill.ts';
import { customersAccounts, findKind, ofAccount } from '../../domain/ledger/chart-of-accounts.ts';
import { countersOf, isAboveFloor, type Counters } from '../../domain/ledger/counters.ts';
import { lowered } from '../../domain/ledger/decide-event.ts';
import { contentOf, type Entry, type LedgerAccountId } from '../../domain/ledger/entry.ts';
import { isHeld, resolveHold, type Hold, type HoldEnd } from '../../domain/ledger/hold.ts';
import { isSameProof } from '../../domain/ledger/proof.ts';
import { bookedOn, closeMonth, type Month } from '../../domain/ledger/period.ts';
import { money } from '../../domain/money.ts';
import type { Operation } from '../../domain/operation.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import { dayIn, isBefore, type CalendarDay, type Instant } from '../../domain/time.ts';

/** An entry as it is kept, with the day it was booked on. */
export interface KeptEntry {
  readonly entry: Entry;
  readonly facts: string;
  readonly bookedOn: CalendarDay;
}

/** The ledger in maps: the same promises as the real one, for tests and as their model. */
export class MemoryLedger implements Ledger {
  readonly kept = new Map<string, KeptEntry>();
  readonly holds = new Map<string, Hold>();
  readonly accounts = new Map<string, BooksAccount>();
  readonly operations: Operation[] = [];
  readonly messages: OutgoingMessage[] = [];
  /** Why accounts were closed, by number. */
  readonly closedFor = new Map<string, string>();
  closedThrough: Month | undefined;
  readonly #bills = new Map<string, Bill>();
  readonly #zone: string;

  constructor(zone = 'Europe/Moscow') {
    this.#zone = zone;
  }

  async post(
    asked: ToPost,
    decide: (seen: LedgerSeen) => Result<LedgerPosting, PostRefusal>,
  ): Promise<Result<'posted' | 'repeated', PostRefusal>> {
    const known = this.kept.get(asked.key);
    if (known !== undefined && known.facts !== '') {
      return known.facts === asked.facts ? ok('repeated') : otherwise(asked.key);
    }
    const decided = decide(this.#see(asked));
    if (!decided.ok) return decided;
    const { value: posting } = decided;
    if (known !== undefined) {
      const same = contentOf(known.entry.postings) === contentOf(firstOf(posting).postings);
      return same ? ok('repeated') : otherwise(asked.key);
    }
    const days = this.#days(posting);
    if (days === undefined) return refused({ reason: 'period-closed' });
    const refusal = this.#unfit(posting);
    if (refusal !== undefined) return refused(refusal);
    this.#save(asked, posting, days);
    return ok('posted');
  }

  async open(
    hold: Hold,
    now: Instant,
  ): Promise<'held' | 'repeated' | 'conflict' | 'account-closed'> {
    const known = this.holds.get(hold.key);
    if (known === undefined) {
      if (this.#isClosed(hold.debit) || this.#isClosed(hold.credit)) return 'account-closed';
      this.holds.set(hold.key, hold);
      return 'held';
    }
    void now;
    return holdFacts(known) === holdFacts(hold) ? 'repeated' : 'conflict';
  }

  async endHold(key: string, end: Exclude<HoldEnd, { readonly tag: 'capture' }>, now: Instant) {
    const hold = this.holds.get(key);
    if (hold === undefined) return refused({ reason: 'hold-unknown' } as const);
    const ended = resolveHold(hold, end, now);
    if (ended.ok) this.holds.set(key, ended.value);
    return ended;
  }

  async expireHolds(now: Instant): Promise<number> {
    const over = [...this.holds.values()].filter(
      ({ state, expiresAt }) => state.tag === 'open' && !isBefore(now, expiresAt),
    );
    for (const hold of over) await this.endHold(hold.key, { tag: 'expire' }, now);
    return over.length;
  }

  async closeMonth(month: Month, today: CalendarDay) {
    const closed = closeMonth(month, this.closedThrough, today);
    if (closed.ok) this.closedThrough = closed.value;
    return closed;
  }

  async closeAccount(number: string, reason: string, now: Instant) {
    const found = this.accounts.get(number);
    if (found === undefined) return refused({ reason: 'account-unknown' } as const);
    if (found.isClosed) return ok('closed' as const);
    const { balance } = found.account;
    const payable = this.debitsOverCredits(ofAccount('refunds-payable', number));
    if (balance.minor !== 0n || payable !== 0n) {
      const promised = money(-payable, balance.currency);
      return refused({ reason: 'not-empty', balance, promised } as const);
    }
    const mine = customersAccounts(number);
    const open = [...this.holds.values()]
      .filter((hold) => mine.includes(hold.debit) || mine.includes(hold.credit))
      .filter((hold) => isHeld(hold, now))
      .map(({ key }) => key)
      .toSorted();
    if (open[0] !== undefined) return refused({ reason: 'holds-open', key: open[0] } as const);
    this.closedFor.set(number, reason);
    this.accounts.set(number, { ...found, isClosed: true });
    return ok('closed' as const);
  }

  async counters(account: LedgerAccountId, now: Instant): Promise<Counters> {
    const open = [...this.holds.values()].filter((hold) => isHeld(hold, now));
    return countersOf(account, this.postings(), open);
  }

  async bill(invoiceId: string): Promise<Bill | undefined> {
    return this.#bills.get(invoiceId);
  }

  /** Every posting, in the order it came. */
  postings() {
    return [...this.kept.values()].flatMap(({ entry }) => entry.postings);
  }

  debitsOverCredits(account: LedgerAccountId): bigint {
    const of = countersOf(account, this.postings(), []);
    return of.debitsPosted - of.creditsPosted;
  }

  #see({ account, family, hold }: ToPost): LedgerSeen {
    const entries = [...this.kept.values()].map(({ entry }) => entry);
    return {
      found: account === undefined ? undefined : this.accounts.get(account),
      family: entries.filter(
        ({ key, correlation, reverses }) =>
          family !== undefined && [key, correlation, reverses].includes(family),
      ),
      hold: hold === undefined ? undefined : this.holds.get(hold),
    };
  }

  #days({ entries }: LedgerPosting): readonly CalendarDay[] | undefined {
    const days = entries.map(({ entry }) =>
      bookedOn(dayIn(this.#zone, entry.effectiveAt), entry.bookOn, this.closedThrough),
    );
    const open = days.flatMap((day) => (day.ok ? [day.value] : []));
    return open.length === days.length ? open : undefined;
  }

  #unfit({ entries }: LedgerPosting): PostRefusal | undefined {
    for (const { entry } of entries) {
      const closed = entry.postings.find(({ account }) => this.#isClosed(account));
      if (closed !== undefined) return { reason: 'account-closed', account: closed.account };
      const { proof } = entry;
      const isUsed = [...this.kept.values()].some((kept) => isSameProof(kept.entry, entry));
      if (proof !== undefined && isUsed) return { reason: 'proof-used', ref: proof.ref };
    }
    const fallen = [...lowered(entries.map(({ entry }) => entry))].find(
      ([account, by]) => !isAboveFloor(account, this.debitsOverCredits(account) + by),
    );
    return fallen && { reason: 'below-floor', account: fallen[0] };
  }

  #isClosed(account: LedgerAccountId): boolean {
    const kind = findKind(account);
    const number = account.slice(account.indexOf(':') + 1);
    const isCustomers =
      kind === 'receivable' || kind === 'prepayment' || kind === 'refunds-payable';
    return isCustomers && this.accounts.get(number)?.isClosed === true;
  }

  #save({ facts }: ToPost, posting: LedgerPosting, days: readonly CalendarDay[]): void {
    for (const [n, { entry }] of posting.entries.entries()) {
      const day = days[n];
      if (day !== undefined) this.kept.set(entry.key, { entry, facts, bookedOn: day });
    }
    const { change, hold, bill } = posting;
    if (change !== undefined) {
      const found = this.accounts.get(change.account.number);
      if (found !== undefined) {
        this.accounts.set(change.account.number, { ...found, account: change.account });
      }
      this.operations.push(change.operation);
      this.messages.push(change.message);
    }
    if (hold !== undefined) this.holds.set(hold.key, hold);
    if (bill !== undefined) this.#bills.set(bill.invoiceId, bill);
  }
}

const otherwise = (key: string) => refused({ reason: 'told-otherwise', key } as const);

function firstOf({ entries }: LedgerPosting): Entry {
  const [first] = entries;
  if (first === undefined) throw new Error('a posting without an entry');
  return first.entry;
}

const holdFacts = ({ key, debit, credit, amount, expiresAt }: Hold): string =>
  [key, debit, credit, amount.minor, amount.currency, expiresAt].join(' ');
