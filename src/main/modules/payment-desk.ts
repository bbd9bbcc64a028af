import { ContainerModule } from 'inversify';
import { capturePayment } from '../../application/payments/capture-payment.ts';
import { releasePayment } from '../../application/payments/release-payment.ts';
import { resolveReview } from '../../application/payments/resolve-review.ts';
import { reconcileDay } from '../../application/reconciliation/reconcile-day.ts';
import { reconcileYesterday } from '../../application/reconciliation/reconcile-yesterday.ts';
import { decideRefund } from '../../application/refunds/decide-refund.ts';
import { requestRefund } from '../../application/refunds/request-refund.ts';
import { sendDueRefunds, sendRefund } from '../../application/refunds/send-refund.ts';
import { keys } from '../keys.ts';

/** The zone in which payment systems count their days. */
const providersZone = 'Europe/Moscow';

/** What staff do with payments: holds, refunds, reviews. */
export const paymentDesk = new ContainerModule(({ bind }) => {
  bind(keys.sendRefund).toResolvedValue(sendRefund, [
    keys.paymentDesk,
    keys.refundStore,
    keys.paymentProviders,
    keys.settlePayment,
  ]);
  bind(keys.sendDueRefunds).toResolvedValue(sendDueRefunds, [
    keys.refundStore,
    keys.sendRefund,
    keys.clock,
  ]);
  bind(keys.requestRefund).toResolvedValue(requestRefund, [
    keys.settlePayment,
    keys.paymentProviders,
    keys.refundRules,
    keys.sendRefund,
    keys.randomness,
  ]);
  bind(keys.decideRefund).toResolvedValue(decideRefund, [
    keys.refundStore,
    keys.settlePayment,
    keys.sendRefund,
  ]);
  bind(keys.resolveReview).toResolvedValue(resolveReview, [keys.settlePayment, keys.refundRules]);
  bind(keys.reconcileDay).toResolvedValue(
    (payments, desk, refunds, runs, more) =>
      reconcileDay({ payments, desk, refunds, runs }, more.take, more.randomness, more.clock),
    [
      keys.paymentStore,
      keys.paymentDesk,
      keys.refundStore,
      keys.reconciliationStore,
      keys.reconcilingTools,
    ],
  );
  bind(keys.reconcilingTools).toResolvedValue(
    (take, randomness, clock) => ({ take, randomness, clock }),
    [keys.takeProof, keys.randomness, keys.clock],
  );
  bind(keys.reconcileYesterday).toResolvedValue(
    (providers, runs, reconcile, clock) =>
      reconcileYesterday(providers, runs, reconcile, providersZone, clock),
    [keys.paymentProviders, keys.reconciliationStore, keys.reconcileDay, keys.clock],
  );
  const held = [keys.paymentDesk, keys.paymentProviders, keys.settlePayment] as const;
  bind(keys.capturePayment).toResolvedValue(capturePayment, [...held]);
  bind(keys.releasePayment).toResolvedValue(releasePayment, [...held]);
});
