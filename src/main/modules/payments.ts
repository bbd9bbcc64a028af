import { ContainerModule } from 'inversify';
import { askPendingPayments } from '../../application/payments/ask-pending-payments.ts';
import { listPaymentMethods } from '../../application/payments/list-payment-methods.ts';
import { sendDuePayments, sendPayment } from '../../application/payments/send-payment.ts';
import { settlePayment } from '../../application/payments/settle-payment.ts';
import { startPayment } from '../../application/payments/start-payment.ts';
import { takeNotification } from '../../application/payments/take-notification.ts';
import { keys } from '../keys.ts';

/** What is done with payments. */
export const payments = new ContainerModule(({ bind }) => {
  bind(keys.settlePayment).toResolvedValue(settlePayment, [
    keys.paymentStore,
    keys.randomness,
    keys.clock,
    keys.timeZone,
  ]);
  bind(keys.listPaymentMethods).toResolvedValue(listPaymentMethods, [
    keys.accountStore,
    keys.paymentMethods,
  ]);
  bind(keys.startPayment).toResolvedValue(startPayment, [
    keys.paymentStore,
    keys.accountStore,
    keys.paymentMethods,
    keys.randomness,
    keys.clock,
  ]);
  bind(keys.sendPayment).toResolvedValue(sendPayment, [
    keys.paymentStore,
    keys.paymentProviders,
    keys.settlePayment,
    keys.payerFacing,
    keys.clock,
  ]);
  bind(keys.sendDuePayments).toResolvedValue(sendDuePayments, [
    keys.paymentStore,
    keys.paymentProviders,
    keys.settlePayment,
    keys.payerFacing,
    keys.clock,
  ]);
  bind(keys.askPendingPayments).toResolvedValue(askPendingPayments, [
    keys.paymentStore,
    keys.paymentProviders,
    keys.settlePayment,
    keys.clock,
  ]);
  bind(keys.takeNotification).toResolvedValue(takeNotification, [
    keys.paymentStore,
    keys.settlePayment,
    keys.secrets,
    keys.clock,
  ]);
});
