import type pg from 'pg';
import type {
  AccountChange,
  AccountStore,
  FeedEntry,
  HistoryFilter,
} from '../../../application/ports/account-store.ts';
import type { Account } from '../../../domain/account.ts';
import type { AccountId, CustomerId, OperationId, PaymentId } from '../../../domain/ids.ts';
import type { HistoryPlace, Operation } from '../../../domain/operation.ts';
import type { AccountSpan, Span } from '../../../domain/statement.ts';
import { inTransaction, together } from '../pool.ts';
import { toAccount, toFeedEntry, toOperation } from './account-row.ts';
import type { AccountRow, FeedRow, OperationRow } from './account-row.ts';
import { readSpan } from './account-span.ts';
import { addToFeed } from './feed.ts';
import { historyQuery } from './history-query.ts';
import { saveAccount, saveOperations } from './projection.ts';

/** More new operations at once than this are told as one `reset`. */
const mostToldApart = 20;

/** The portal's copy of accounts and operations in PostgreSQL; hot reads are prepared statements. */
export class PostgresAccountStore implements AccountStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  take({ account, operations }: AccountChange): Promise<boolean> {
    return inTransaction(this.#pool, async (client) => {
      const [isNewer, added] = await together(
        saveAccount(client, account),
        saveOperations(client, account.customerId, operations),
      );
      if (!isNewer && added.length === 0) return false;
      const apart = added.length > 0 && added.length <= mostToldApart;
      const items = apart
        ? added.map((ref) => ({ kind: 'operation', ref, detail: undefined }) as const)
        : [{ kind: 'reset', ref: undefined, detail: undefined } as const];
      await addToFeed(client, account.customerId, items);
      return true;
    });
  }

  async list(customer: CustomerId): Promise<Account[]> {
    const { rows } = await this.#pool.query<AccountRow>({
      name: 'account-list',
      text: 'SELECT * FROM account WHERE customer_id = $1 ORDER BY number LIMIT 500',
      values: [customer],
    });
    return rows.map(toAccount);
  }

  async find(id: AccountId, customer: CustomerId): Promise<Account | undefined> {
    const { rows } = await this.#pool.query<AccountRow>({
      name: 'account-find',
      text: 'SELECT * FROM account WHERE customer_id = $1 AND id = $2',
      values: [customer, id],
    });
    return rows[0] === undefined ? undefined : toAccount(rows[0]);
  }

  async history(
    account: AccountId,
    customer: CustomerId,
    filter: HistoryFilter,
    page: { readonly after: HistoryPlace | undefined; readonly limit: number },
  ): Promise<Operation[]> {
    const { rows } = await this.#pool.query<OperationRow>(
      historyQuery(account, customer, filter, page),
    );
    return rows.map(toOperation);
  }

  span(
    account: AccountId,
    customer: CustomerId,
    span: Span,
    limit: number,
  ): Promise<AccountSpan | undefined> {
    return readSpan(this.#pool, account, customer, span, limit);
  }

  findOperation(id: OperationId, customer: CustomerId): Promise<Operation | undefined> {
    return this.#operation('operation-by-id', 'id', id, customer);
  }

  findByPayment(payment: PaymentId, customer: CustomerId): Promise<Operation | undefined> {
    return this.#operation('operation-by-payment', 'payment_id', payment, customer);
  }

  async #operation(
    name: string,
    column: 'id' | 'payment_id',
    value: string,
    customer: CustomerId,
  ): Promise<Operation | undefined> {
    const text = `SELECT * FROM operation WHERE customer_id = $1 AND ${column} = $2 LIMIT 1`;
    const values = [customer, value];
    const { rows } = await this.#pool.query<OperationRow>({ name, text, values });
    return rows[0] === undefined ? undefined : toOperation(rows[0]);
  }

  async feedAfter(customer: CustomerId, seq: number, limit: number): Promise<FeedEntry[]> {
    const { rows } = await this.#pool.query<FeedRow>({
      name: 'feed-after',
      text: `SELECT seq, kind, ref, detail FROM feed
        WHERE customer_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
      values: [customer, seq, limit],
    });
    const ids = rows.flatMap((row) => (row.kind === 'operation' ? [row.ref] : []));
    if (ids.length === 0) return rows.map((row) => toFeedEntry(row, undefined, undefined));
    const accounts = await this.list(customer);
    const found = await this.#pool.query<OperationRow>({
      name: 'operation-by-ids',
      text: 'SELECT * FROM operation WHERE customer_id = $1 AND id = ANY ($2)',
      values: [customer, ids],
    });
    const operations = new Map(found.rows.map((row) => [row.id, toOperation(row)]));
    return rows.map((row) => {
      const operation = operations.get(row.ref ?? '');
      return toFeedEntry(
        row,
        operation,
        accounts.find((one) => one.id === operation?.accountId),
      );
    });
  }

  async feedEnd(customer: CustomerId): Promise<number> {
    const { rows } = await this.#pool.query<{ seq: bigint }>({
      name: 'feed-end',
      text: 'SELECT seq FROM feed_end WHERE customer_id = $1',
      values: [customer],
    });
    return Number(rows[0]?.seq ?? 0n);
  }
}
