import { ContainerModule } from 'inversify';
import { exportOperations } from '../../application/accounts/export-operations.ts';
import { makeStatement } from '../../application/accounts/make-statement.ts';
import { orderStatementMail } from '../../application/accounts/order-statement-mail.ts';
import { readHistory } from '../../application/accounts/read-history.ts';
import { refreshAccount } from '../../application/accounts/refresh-account.ts';
import { checkReceiptDocument } from '../../application/receipts/check-receipt-document.ts';
import { presentReceipt } from '../../application/receipts/present-receipt.ts';
import { sealReceipt } from '../../application/receipts/seal-receipt.ts';
import { showReceipt, showRefundReceipt } from '../../application/receipts/show-receipt.ts';
import { showStatement } from '../../application/accounts/show-statement.ts';
import { verifyReceipt } from '../../application/receipts/verify-receipt.ts';
import { PostgresReceiptKeyStore } from '../../adapters/postgres/portal/postgres-receipt-key-store.ts';
import { receiptSigner } from '../../adapters/system/receipt-signer.ts';
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
  bind(keys.receiptKeyStore).toResolvedValue(
    (pool) => new PostgresReceiptKeyStore(pool),
    [keys.pool],
  );
  bind(keys.receiptSigner).toResolvedValue(receiptSigner, [keys.receiptKeyStore, keys.secrets]);
  bind(keys.sealReceipt).toResolvedValue(sealReceipt, [
    keys.receiptStore,
    keys.receiptSigner,
    keys.company,
    keys.publicUrl,
  ]);
  bind(keys.receiptWording).toResolvedValue(
    (methods, company, writer, portalUrl) => ({ methods, company, writer, portalUrl }),
    [keys.paymentMethods, keys.company, keys.amountWriter, keys.publicUrl],
  );
  bind(keys.presentReceipt).toResolvedValue(presentReceipt, [
    keys.receiptStore,
    keys.fiscalStore,
    keys.sealReceipt,
    keys.receiptWording,
  ]);
  const shown = [keys.receiptStore, keys.refundStore, keys.presentReceipt] as const;
  bind(keys.showReceipt).toResolvedValue(showReceipt, [...shown]);
  bind(keys.showRefundReceipt).toResolvedValue(showRefundReceipt, [...shown]);
  const checked = [keys.receiptStore, keys.refundStore, keys.receiptSigner, keys.limiter] as const;
  bind(keys.verifyReceipt).toResolvedValue(verifyReceipt, [...checked]);
  bind(keys.checkReceiptDocument).toResolvedValue(checkReceiptDocument, [...checked]);
});
