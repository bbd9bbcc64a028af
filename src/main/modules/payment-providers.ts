import { ContainerModule } from 'inversify';
import { stripe } from '../../adapters/payment/stripe/stripe.ts';
import type { PaymentProvider } from '../../application/ports/payment-provider.ts';
import { invariant } from '../../domain/invariant.ts';
import { keys } from '../keys.ts';
import { paymentMethods } from '../payment-methods.ts';

const everyProvider = { serviceIdentifier: keys.paymentProvider, isMultiple: true } as const;

/** Payment systems and what payers choose. A new provider is one `bind` here and its methods in payment-methods.ts. */
export const paymentProviders = new ContainerModule(({ bind }) => {
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
});
