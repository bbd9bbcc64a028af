import { ContainerModule } from 'inversify';
import { PostgresAccountStore } from '../../adapters/postgres/portal/postgres-account-store.ts';
import { PostgresCustomerStore } from '../../adapters/postgres/portal/postgres-customer-store.ts';
import { PostgresFiscalStore } from '../../adapters/postgres/portal/postgres-fiscal-store.ts';
import { PostgresPaymentDesk } from '../../adapters/postgres/portal/postgres-payment-desk.ts';
import { PostgresPaymentStore } from '../../adapters/postgres/portal/postgres-payment-store.ts';
import { PostgresReceiptStore } from '../../adapters/postgres/portal/postgres-receipt-store.ts';
import { PostgresReconciliationStore } from '../../adapters/postgres/portal/postgres-reconciliation-store.ts';
import { PostgresRefundStore } from '../../adapters/postgres/portal/postgres-refund-store.ts';
import { PostgresSavedMethodStore } from '../../adapters/postgres/portal/postgres-saved-method-store.ts';
import { PostgresSessionStore } from '../../adapters/postgres/portal/postgres-session-store.ts';
import { PostgresStatementOrders } from '../../adapters/postgres/portal/postgres-statement-orders.ts';
import { PostgresSignInStore } from '../../adapters/postgres/portal/postgres-sign-in-store.ts';
import { PostgresOutbox } from '../../adapters/postgres/postgres-outbox.ts';
import { keys } from '../keys.ts';

/** The portal's stores on PostgreSQL, for the portal and its worker. */
export const portalStores = new ContainerModule(({ bind }) => {
  bind(keys.signInStore).toResolvedValue((pool) => new PostgresSignInStore(pool), [keys.pool]);
  bind(keys.sessionStore).toResolvedValue((pool) => new PostgresSessionStore(pool), [keys.pool]);
  bind(keys.accountStore).toResolvedValue((pool) => new PostgresAccountStore(pool), [keys.pool]);
  bind(keys.paymentStore).toResolvedValue((pool) => new PostgresPaymentStore(pool), [keys.pool]);
  bind(keys.paymentDesk).toResolvedValue((pool) => new PostgresPaymentDesk(pool), [keys.pool]);
  bind(keys.refundStore).toResolvedValue((pool) => new PostgresRefundStore(pool), [keys.pool]);
  bind(keys.savedMethodStore).toResolvedValue(
    (pool) => new PostgresSavedMethodStore(pool),
    [keys.pool],
  );
  bind(keys.reconciliationStore).toResolvedValue(
    (pool) => new PostgresReconciliationStore(pool),
    [keys.pool],
  );
  bind(keys.fiscalStore).toResolvedValue((pool) => new PostgresFiscalStore(pool), [keys.pool]);
  bind(keys.statementOrders).toResolvedValue(
    (pool) => new PostgresStatementOrders(pool),
    [keys.pool],
  );
  bind(keys.outbox).toResolvedValue((pool) => new PostgresOutbox(pool), [keys.pool]);
  bind(keys.customerStore).toResolvedValue((knex) => new PostgresCustomerStore(knex), [keys.knex]);
  bind(keys.receiptStore).toResolvedValue((knex) => new PostgresReceiptStore(knex), [keys.knex]);
});
