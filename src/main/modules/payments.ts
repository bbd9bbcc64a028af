import { ContainerModule } from 'inversify';
import { tokenOf } from '../../application/autopay/remember-method.ts';
import { cancelPayment } from '../../application/payments/cancel-payment.ts';
import { listPaymentMethods } from '../../application/payments/list-payment-methods.ts';
import { lookAtDuePayments, lookAtPayment } from '../../application/payments/look-at-payments.ts';
import { sendDuePayments, sendPayment } from '../../application/payments/send-payment.ts';
import { settlePayment } from '../../application/payments/settle-payment.ts';
import { startPayment } from '../../application/payments/start-payment.ts';
import { keys } from '../keys.ts';

/** What payers do with payments, and what the worker does for them. */
export const payments = new ContainerModule(({ bind }) => {
  bind(keys.settlePayment).toResolvedValue(settlePayment, [
    keys.paymentStore,
    keys.randomness,
    keys.clock,
    keys.timeZone,
  ]);
  bind(keys.sendingNeeds).toResolvedValue(
    (providers, facing, saved, secrets) => ({
      providers,
      facing,
      tokenOf: tokenOf(saved, secrets),
    }),
    [keys.paymentProviders, keys.payerFacing, keys.savedMethodStore, keys.secrets],
  );
  bind(keys.lookingNeeds).toResolvedValue(
    (providers, settle, take) => ({ providers, settle, take }),
    [keys.paymentProviders, keys.settlePayment, keys.takeProof],
  );
  bind(keys.listPaymentMethods).toResolvedValue(listPaymentMethods, [
    keys.accountStore,
    keys.paymentMethods,
    keys.availability,
    keys.clock,
  ]);
  bind(keys.startPayment).toResolvedValue(startPayment, [
    keys.paymentStore,
    keys.accountStore,
    keys.paymentOffer,
    keys.randomness,
    keys.clock,
  ]);
  const sending = [keys.paymentStore, keys.settlePayment, keys.sendingNeeds, keys.clock] as const;
  bind(keys.sendPayment).toResolvedValue(sendPayment, [...sending]);
  bind(keys.sendDuePayments).toResolvedValue(sendDuePayments, [...sending]);
  const looking = [keys.paymentStore, keys.lookingNeeds, keys.clock] as const;
  bind(keys.lookAtDuePayments).toResolvedValue(lookAtDuePayments, [...looking]);
  bind(keys.lookAtPayment).toResolvedValue(lookAtPayment, [...looking]);
  bind(keys.cancelPayment).toResolvedValue(cancelPayment, [
    keys.paymentStore,
    keys.paymentProviders,
    keys.settlePayment,
  ]);
});
