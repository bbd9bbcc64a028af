import type pg from 'pg';
import { MemoryAccountStore } from '../../src/adapters/memory/memory-account-store.ts';
import { MemoryAutoPayStore } from '../../src/adapters/memory/memory-autopay-store.ts';
import { MemoryCustomerStore } from '../../src/adapters/memory/memory-customer-store.ts';
import { MemoryFiscalStore } from '../../src/adapters/memory/memory-fiscal-store.ts';
import { MemoryFeed } from '../../src/adapters/memory/memory-feed.ts';
import { MemoryOutbox } from '../../src/adapters/memory/memory-outbox.ts';
import { MemoryPaymentStore } from '../../src/adapters/memory/memory-payment-store.ts';
import { MemoryReconciliationStore } from '../../src/adapters/memory/memory-reconciliation-store.ts';
import { MemoryReceiptKeyStore } from '../../src/adapters/memory/memory-receipt-key-store.ts';
import { MemoryReceiptStore } from '../../src/adapters/memory/memory-receipt-store.ts';
import { MemorySavedMethodStore } from '../../src/adapters/memory/memory-saved-method-store.ts';
import { MemorySessionStore } from '../../src/adapters/memory/memory-session-store.ts';
import { MemoryStatementOrders } from '../../src/adapters/memory/memory-statement-orders.ts';
import { MemoryStaffStore } from '../../src/adapters/memory/memory-staff-store.ts';
import { MemorySignInStore } from '../../src/adapters/memory/memory-sign-in-store.ts';
import { MemoryWakeups } from '../../src/adapters/memory/memory-wakeups.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { openKnex } from '../../src/adapters/postgres/open-knex.ts';
import { saveMessage } from '../../src/adapters/postgres/outbox-row.ts';
import { inTransaction, openPool } from '../../src/adapters/postgres/pool.ts';
import { portalMigrations } from '../../src/adapters/postgres/portal/portal-tables.ts';
import { PostgresAccountStore } from '../../src/adapters/postgres/portal/postgres-account-store.ts';
import { PostgresAutoPayStore } from '../../src/adapters/postgres/portal/postgres-autopay-store.ts';
import { PostgresCustomerStore } from '../../src/adapters/postgres/portal/postgres-customer-store.ts';
import { PostgresFiscalStore } from '../../src/adapters/postgres/portal/postgres-fiscal-store.ts';
import { PostgresPaymentDesk } from '../../src/adapters/postgres/portal/postgres-payment-desk.ts';
import { PostgresPaymentStore } from '../../src/adapters/postgres/portal/postgres-payment-store.ts';
import { PostgresReceiptKeyStore } from '../../src/adapters/postgres/portal/postgres-receipt-key-store.ts';
import { PostgresReceiptStore } from '../../src/adapters/postgres/portal/postgres-receipt-store.ts';
import { PostgresReconciliationStore } from '../../src/adapters/postgres/portal/postgres-reconciliation-store.ts';
import { PostgresRefundStore } from '../../src/adapters/postgres/portal/postgres-refund-store.ts';
import { PostgresSavedMethodStore } from '../../src/adapters/postgres/portal/postgres-saved-method-store.ts';
import { PostgresSessionStore } from '../../src/adapters/postgres/portal/postgres-session-store.ts';
import { PostgresStaffStore } from '../../src/adapters/postgres/portal/postgres-staff-store.ts';
import { PostgresStatementOrders } from '../../src/adapters/postgres/portal/postgres-statement-orders.ts';
import { PostgresSignInStore } from '../../src/adapters/postgres/portal/postgres-sign-in-store.ts';
import { PostgresOutbox } from '../../src/adapters/postgres/postgres-outbox.ts';
import type { AccountStore } from '../../src/application/ports/account-store.ts';
import type { AutoPayStore } from '../../src/application/ports/autopay-store.ts';
import type { CustomerStore } from '../../src/application/ports/customer-store.ts';
import type { FiscalStore } from '../../src/application/ports/fiscal-store.ts';
import type { Outbox, OutgoingMessage } from '../../src/application/ports/outbox.ts';
import type { PaymentDesk } from '../../src/application/ports/payment-desk.ts';
import type { PaymentStore } from '../../src/application/ports/payment-store.ts';
import type { ReconciliationStore } from '../../src/application/ports/reconciliation-store.ts';
import type { ReceiptKeyStore } from '../../src/application/ports/receipt-key-store.ts';
import type { ReceiptStore } from '../../src/application/ports/receipt-store.ts';
import type { RefundStore } from '../../src/application/ports/refund-store.ts';
import type { SavedMethodStore } from '../../src/application/ports/saved-method-store.ts';
import type { SessionStore } from '../../src/application/ports/session-store.ts';
import type { StaffStore } from '../../src/application/ports/staff-store.ts';
import type { StatementOrders } from '../../src/application/ports/statement-orders.ts';
import type { SignInStore } from '../../src/application/ports/sign-in-store.ts';
import type { CustomerId } from '../../src/domain/ids.ts';
import { testDatabase, type TestDatabase } from './postgres.ts';

/** Everything the portal keeps, by its ports; and two looks behind them that only tests need. */
export interface PortalStores {
  readonly customers: CustomerStore;
  readonly sessions: SessionStore;
  readonly signIns: SignInStore;
  readonly accounts: AccountStore;
  readonly payments: PaymentStore;
  readonly desk: PaymentDesk;
  readonly refunds: RefundStore;
  readonly savedMethods: SavedMethodStore;
  readonly autopays: AutoPayStore;
  readonly runs: ReconciliationStore;
  readonly receipts: ReceiptStore;
  readonly receiptKeys: ReceiptKeyStore;
  readonly fiscals: FiscalStore;
  readonly outbox: Outbox;
  readonly staff: StaffStore;
  readonly statementOrders: StatementOrders;
  /** Saves a message that tells of nothing. */
  post(message: OutgoingMessage): Promise<void>;
  /** What was agreed to in words, and whether it has ended, oldest first. */
  consents(customer: CustomerId): Promise<{ readonly words: string; readonly ended: boolean }[]>;
  /** What a customer's payments brought in, in smallest units. */
  credited(customer: CustomerId): Promise<bigint[]>;
  /** What refunds took out of it again, in smallest units; what came back is below zero. */
  debited(customer: CustomerId): Promise<bigint[]>;
}

/** A portal without a database; `wakeups` tells who listens. */
export function memoryStores(wakeups = new MemoryWakeups()): PortalStores {
  const customers = new MemoryCustomerStore();
  const sessions = new MemorySessionStore(customers);
  const outbox = new MemoryOutbox(wakeups);
  const feed = new MemoryFeed(wakeups);
  const receipts = new MemoryReceiptStore();
  const autopays = new MemoryAutoPayStore(outbox);
  const payments = new MemoryPaymentStore(customers, receipts, feed, outbox);
  return {
    customers,
    sessions,
    signIns: new MemorySignInStore(customers, sessions, outbox),
    accounts: new MemoryAccountStore(feed),
    payments,
    desk: payments.desk,
    refunds: payments.refunds,
    savedMethods: new MemorySavedMethodStore(),
    autopays,
    consents: async () =>
      [...autopays.consents.values()].map(({ words, endedAt }) => ({
        words,
        ended: endedAt !== undefined,
      })),
    runs: new MemoryReconciliationStore(),
    receipts,
    receiptKeys: new MemoryReceiptKeyStore(),
    fiscals: new MemoryFiscalStore(payments, customers),
    outbox,
    staff: new MemoryStaffStore(),
    statementOrders: new MemoryStatementOrders(),
    debited: async (customer) =>
      [...payments.refunds.debits.values()]
        .filter(({ refund }) => refund.customerId === customer)
        .map(({ minor }) => minor),
    post: async (message) => {
      outbox.save(message);
    },
    credited: async (customer) => {
      const found = await Promise.all(
        [...payments.credits].map(async ([id, { minor }]) =>
          (await payments.find(id, customer)) === undefined ? [] : [minor],
        ),
      );
      return found.flat();
    },
  };
}

/** Proves a suite on the stores in memory and on those in a real PostgreSQL, each test in an empty portal. */
export function onEveryStore(title: string, suite: (stores: () => PortalStores) => void): void {
  describe(`${title} in memory`, () => {
    let stores: PortalStores;
    beforeEach(() => {
      stores = memoryStores();
    });
    suite(() => stores);
  });

  describe(`${title} on PostgreSQL`, function () {
    this.timeout(60_000);
    let open: Awaited<ReturnType<typeof postgresStores>>;
    before(async () => {
      open = await postgresStores();
    });
    beforeEach(() => open.empty());
    after(() => open.close());
    suite(() => open.stores);
  });
}

export async function postgresStores() {
  const database: TestDatabase = await testDatabase('portal', async (url) => {
    await migrateDatabase(url, portalMigrations);
  });
  const pool = openPool(database.url, 10, 'test');
  const knex = openKnex(database.url, 2, 'test');
  const stores: PortalStores = {
    customers: new PostgresCustomerStore(knex),
    sessions: new PostgresSessionStore(pool),
    signIns: new PostgresSignInStore(pool),
    accounts: new PostgresAccountStore(pool),
    payments: new PostgresPaymentStore(pool),
    desk: new PostgresPaymentDesk(pool),
    refunds: new PostgresRefundStore(pool),
    savedMethods: new PostgresSavedMethodStore(pool),
    autopays: new PostgresAutoPayStore(pool),
    consents: async (customer) => {
      const { rows } = await pool.query<{ words: string; ended: boolean }>(
        `SELECT words, ended_at IS NOT NULL AS ended FROM autopay_consent
         WHERE customer_id = $1 ORDER BY id`,
        [customer],
      );
      return rows;
    },
    runs: new PostgresReconciliationStore(pool),
    receipts: new PostgresReceiptStore(knex),
    receiptKeys: new PostgresReceiptKeyStore(pool),
    fiscals: new PostgresFiscalStore(pool),
    outbox: new PostgresOutbox(pool),
    staff: new PostgresStaffStore(pool),
    statementOrders: new PostgresStatementOrders(pool),
    post: (message) => inTransaction(pool, (client) => saveMessage(client, message)),
    credited: async (customer) => {
      const { rows } = await pool.query<{ amount_minor: bigint }>(
        'SELECT amount_minor FROM payment_credit WHERE customer_id = $1',
        [customer],
      );
      return rows.map((row) => row.amount_minor);
    },
    debited: async (customer) => {
      const { rows } = await pool.query<{ minor: bigint }>(
        `SELECT CASE kind WHEN 'debit' THEN amount_minor ELSE -amount_minor END AS minor
         FROM refund_debit WHERE customer_id = $1`,
        [customer],
      );
      return rows.map((row) => row.minor);
    },
  };
  const close = async () => {
    await pool.end();
    await knex.destroy();
    await database.drop();
  };
  return { stores, close, pool, empty: () => empty(pool) };
}

async function empty(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ tables: string }>(
    `SELECT string_agg(quote_ident(tablename), ', ') AS tables FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> 'migration'`,
  );
  await pool.query(`TRUNCATE ${rows[0]!.tables}`);
}
