import { ContainerModule } from 'inversify';
import { guarded, type GuardedProvider } from '../../adapters/payment/guarded.ts';
import { stripe } from '../../adapters/payment/stripe/stripe.ts';
import { invariant } from '../../domain/invariant.ts';
import { money } from '../../domain/money.ts';
import { keys } from '../keys.ts';
import { paymentMethods } from '../payment-methods.ts';

const everyProvider = { serviceIdentifier: keys.paymentProvider, isMultiple: true } as const;

/** Payment systems and what payers choose. A new provider is one `bind` here and its methods in payment-methods.ts. */
export const paymentProviders = new ContainerModule(({ bind }) => {
  bind(keys.paymentProvider).toResolvedValue(
    (config, clock) => guarded(stripe(config.stripe), clock),
    [keys.config, keys.clock],
  );
  bind(keys.paymentProviders).toResolvedValue(
    (all: GuardedProvider[]) => {
      // Without a binding Inversify hands over an empty list and says nothing.
      invariant(all.length > 0, 'no payment provider is bound');
      return all.map(({ provider }) => provider);
    },
    [everyProvider],
  );
  bind(keys.availability).toResolvedValue(
    (all: GuardedProvider[]) => (code: string) =>
      all.some(({ provider, isAvailable }) => provider.code === code && isAvailable()),
    [everyProvider],
  );
  bind(keys.paymentMethods).toConstantValue(paymentMethods);
  bind(keys.paymentOffer).toResolvedValue(
    (methods, providers) => ({ methods, providers }),
    [keys.paymentMethods, keys.paymentProviders],
  );
  bind(keys.refundRules).toConstantValue([
    money(15_000_00n, 'RUB'),
    money(200_00n, 'USD'),
    money(200_00n, 'EUR'),
    money(100_000_00n, 'KZT'),
    money(30_000n, 'JPY'),
    money(60_000n, 'KWD'),
  ]);
  bind(keys.payerFacing).toResolvedValue(
    (publicUrl, company) => ({
      description: `${company.name},`,
      returnUrl: (id) => `${publicUrl}/payments/${id}`,
    }),
    [keys.publicUrl, keys.company],
  );
});
