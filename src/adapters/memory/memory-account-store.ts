import type {
  AccountChange,
  AccountStore,
  FeedEntry,
  HistoryFilter,
} from '../../application/ports/account-store.ts';
import type { Account } from '../../domain/account.ts';
import type { AccountId, CustomerId, OperationId, PaymentId } from '../../domain/ids.ts';
import { newestFirst, type HistoryPlace, type Operation } from '../../domain/operation.ts';
import type { AccountSpan, Span } from '../../domain/statement.ts';
import type { FeedItem, MemoryFeed } from './memory-feed.ts';

/** More new operations at once than this are told as one `reset`. */
const mostToldApart = 20;

/** The portal's copy of accounts and operations in maps. */
export class MemoryAccountStore implements AccountStore {
  readonly #accounts = new Map<string, Account>();
  readonly #operations = new Map<string, { customerId: CustomerId; operation: Operation }>();
  readonly #feed: MemoryFeed;

  constructor(feed: MemoryFeed) {
    this.#feed = feed;
  }

  async take({ account, operations }: AccountChange): Promise<boolean> {
    const { customerId } = account;
    const isNewer = this.#save(account);
    const added = operations.filter((operation) => this.#add(customerId, operation));
    if (!isNewer && added.length === 0) return false;
    const apart = added.length > 0 && added.length <= mostToldApart;
    const items = apart
      ? added.map(({ id }) => ({ kind: 'operation', ref: id, detail: undefined }) as const)
      : [{ kind: 'reset', ref: undefined, detail: undefined } as const];
    this.#feed.add(customerId, items);
    return true;
  }

  async list(customer: CustomerId): Promise<Account[]> {
    return [...this.#accounts.values()]
      .filter(({ customerId }) => customerId === customer)
      .toSorted((a, b) => (a.number < b.number ? -1 : 1));
  }

  async find(id: AccountId, customer: CustomerId): Promise<Account | undefined> {
    return this.#accounts.get(`${customer}:${id}`);
  }

  async history(
    account: AccountId,
    customer: CustomerId,
    filter: HistoryFilter,
    page: { readonly after: HistoryPlace | undefined; readonly limit: number },
  ): Promise<Operation[]> {
    const { after, limit } = page;
    return this.#of(customer)
      .filter((one) => one.accountId === account && isWithin(filter, one))
      .filter((one) => after === undefined || newestFirst(after, one) < 0)
      .toSorted(newestFirst)
      .slice(0, limit);
  }

  async span(
    id: AccountId,
    customer: CustomerId,
    { from, before }: Span,
    limit: number,
  ): Promise<AccountSpan | undefined> {
    // Not by `find`: nothing may be taken between balance and operations.
    const account = this.#accounts.get(`${customer}:${id}`);
    if (account === undefined) return undefined;
    const all = this.#of(customer).filter(({ accountId }) => accountId === id);
    const within = all.filter(({ postedAt }) => postedAt >= from && postedAt < before);
    return {
      account,
      earlier: sumOf(all.filter(({ postedAt }) => postedAt < from)),
      later: sumOf(all.filter(({ postedAt }) => postedAt >= before)),
      received: sumOf(within.filter(({ amount }) => amount.minor > 0n)),
      spent: -sumOf(within.filter(({ amount }) => amount.minor < 0n)),
      count: within.length,
      operations: within.toSorted(newestFirst).toReversed().slice(0, limit),
    };
  }

  async findOperation(id: OperationId, customer: CustomerId): Promise<Operation | undefined> {
    return this.#of(customer).find((one) => one.id === id);
  }

  async findByPayment(payment: PaymentId, customer: CustomerId): Promise<Operation | undefined> {
    return this.#of(customer).find((one) => one.paymentId === payment);
  }

  async feedAfter(customer: CustomerId, seq: number, limit: number): Promise<FeedEntry[]> {
    return this.#feed
      .of(customer)
      .map((item, n) => this.#entry(customer, item, n + 1))
      .slice(seq, seq + limit);
  }

  async feedEnd(customer: CustomerId): Promise<number> {
    return this.#feed.of(customer).length;
  }

  #save(account: Account): boolean {
    const key = `${account.customerId}:${account.id}`;
    const known = this.#accounts.get(key);
    const isNewer =
      known === undefined ||
      known.version < account.version ||
      (known.version === account.version && known.asOf < account.asOf);
    if (isNewer) this.#accounts.set(key, account);
    return isNewer;
  }

  #add(customerId: CustomerId, operation: Operation): boolean {
    const { accountId, postedAt, id } = operation;
    const key = [customerId, accountId, postedAt, id].join(':');
    if (this.#operations.has(key)) return false;
    this.#operations.set(key, { customerId, operation });
    return true;
  }

  #of(customer: CustomerId): Operation[] {
    return [...this.#operations.values()]
      .filter(({ customerId }) => customerId === customer)
      .map(({ operation }) => operation);
  }

  #entry(customer: CustomerId, { kind, ref, detail }: FeedItem, seq: number): FeedEntry {
    if (kind === 'payment') return { seq, kind, paymentId: ref ?? '', state: detail ?? '' };
    const operation = this.#of(customer).find((one) => one.id === ref);
    const account = operation && this.#accounts.get(`${customer}:${operation.accountId}`);
    if (operation === undefined || account === undefined) return { seq, kind: 'reset' };
    return { seq, kind: 'operation', operation, account };
  }
}

const sumOf = (operations: readonly Operation[]): bigint =>
  operations.reduce((sum, { amount }) => sum + amount.minor, 0n);

const isWithin = (
  { from, before, kind, min, max, text = '' }: HistoryFilter,
  { postedAt, kind: itsKind, amount, description, counterparty = '' }: Operation,
): boolean =>
  (from === undefined || postedAt >= from) &&
  (before === undefined || postedAt < before) &&
  (kind === undefined || itsKind === kind) &&
  (min === undefined || amount.minor >= min) &&
  (max === undefined || amount.minor <= max) &&
  [description, counterparty].some((one) => one.toLowerCase().includes(text.toLowerCase()));
