import { ContainerModule } from 'inversify';
import { stripe } from '../../adapters/payment/stripe/stripe.ts';
import { listPaymentMethods } from '../../application/payments/list-payment-methods.ts';
import { sendDuePayments, sendPayment } from '../../application/payments/send-payment.ts';
import { settlePayment } from '../../application/payments/settle-payment.ts';
import { startPayment } from '../../application/payments/start-payment.ts';
import { takeNotification } from '../../application/payments/take-notification.ts';
import { askPendingPayments } from '../../application/payments/ask-pending-payments.ts';
import type { PaymentProvider } from '../../application/ports/payment-provider.ts';
import { invariant } from '../../domain/invariant.ts';
import { keys } from '../keys.ts';
import { paymentMethods } from '../payment-methods.ts';

const everyProvider = { serviceIdentifier: keys.paymentProvider, isMultiple: true } as const;

/** Payment systems and what is done with them. A new provider is one `bind` here and its methods in payment-methods.ts. */
export const payments = new ContainerModule(({ bind }) => {
  bind(keys.paymentProvider).toResolvedValue((config) => stripe(config.stripe), [keys.config]);
  bind(keys.paymentProviders).toResolvedValue(
    (all: PaymentProvider[]) => {
      // Without a binding Inversify hands over an empty list and says nothing.
      invariant(all.length > 0, 'no payment provider is bound');
      return all;
    },
    [everyProvider],
  );
  bind(keys.paymentMethods).toConstantValue(paymentMethods);
  bind(keys.payerFacing).toResolvedValue(
    (publicUrl, company) => ({
      description: `${company.name},`,
      returnUrl: (id) => `${publicUrl}/payments/${id}`,
    }),
    [keys.publicUrl, keys.company],
  );
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
