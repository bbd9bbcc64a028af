import { ContainerModule } from 'inversify';
import { guarded } from '../../adapters/payment/guarded.ts';
import { money } from '../../domain/money.ts';
import { keys } from '../keys.ts';
import { enabledMethods } from '../payment-methods.ts';
import { providerAdapters } from '../provider-adapters.ts';

/** The payment systems that are switched on, and what payers choose. */
export const paymentProviders = new ContainerModule(({ bind }) => {
  bind(keys.guardedProviders).toResolvedValue(
    ({ payments }, clock) =>
      payments.enabled.map((code) => guarded(providerAdapters[code](payments), clock)),
    [keys.config, keys.clock],
  );
  bind(keys.paymentProviders).toResolvedValue(
    (all) => all.map(({ provider }) => provider),
    [keys.guardedProviders],
  );
  bind(keys.availability).toResolvedValue(
    (all) => (code: string) =>
      all.some(({ provider, isAvailable }) => provider.code === code && isAvailable()),
    [keys.guardedProviders],
  );
  bind(keys.paymentMethods).toResolvedValue(
    ({ payments }) => enabledMethods(payments),
    [keys.config],
  );
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
