import { ContainerModule } from 'inversify';
import { exportOperations } from '../../application/accounts/export-operations.ts';
import { makeStatement } from '../../application/accounts/make-statement.ts';
import { orderStatementMail } from '../../application/accounts/order-statement-mail.ts';
import { readHistory } from '../../application/accounts/read-history.ts';
import { refreshAccount } from '../../application/accounts/refresh-account.ts';
import { showStatement } from '../../application/accounts/show-statement.ts';
import { showReceipt } from '../../application/receipts/show-receipt.ts';
import { verifyReceipt } from '../../application/receipts/verify-receipt.ts';
import { keys } from '../keys.ts';

/** What customers have, and proofs of what they paid. */
export const accountsAndReceipts = new ContainerModule(({ bind }) => {
  bind(keys.readHistory).toResolvedValue(readHistory, [keys.accountStore]);
  bind(keys.makeStatement).toResolvedValue(makeStatement, [
    keys.accountStore,
    keys.clock,
    keys.timeZone,
  ]);
  bind(keys.showStatement).toResolvedValue(showStatement, [
    keys.makeStatement,
    keys.company,
    keys.clock,
  ]);
  bind(keys.orderingTools).toResolvedValue(
    (orders, limiter, randomness, clock) => ({ orders, limiter, randomness, clock }),
    [keys.statementOrders, keys.limiter, keys.randomness, keys.clock],
  );
  bind(keys.orderStatementMail).toResolvedValue(orderStatementMail, [
    keys.showStatement,
    keys.orderingTools,
  ]);
  bind(keys.exportOperations).toResolvedValue(exportOperations, [
    keys.accountStore,
    keys.company,
    keys.clock,
  ]);
  bind(keys.refreshAccount).toResolvedValue(refreshAccount, [
    keys.accountStore,
    keys.insideLine,
    keys.clock,
  ]);
  bind(keys.showReceipt).toResolvedValue(showReceipt, [
    keys.receiptStore,
    keys.paymentMethods,
    keys.company,
    keys.amountWriter,
    keys.publicUrl,
  ]);
  bind(keys.verifyReceipt).toResolvedValue(verifyReceipt, [keys.receiptStore, keys.limiter]);
});
