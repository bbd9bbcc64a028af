import { ContainerModule } from 'inversify';
import { PostgresAutoPayStore } from '../../adapters/postgres/portal/postgres-autopay-store.ts';
import { agreeToAutoPay, showAutoPayConsent } from '../../application/autopay/agree-to-autopay.ts';
import { rememberMethod } from '../../application/autopay/remember-method.ts';
import { runDueAutoPays } from '../../application/autopay/run-autopay.ts';
import { forgetMethod, stopAutoPay } from '../../application/autopay/stop-autopay.ts';
import { tellOfAutoPay } from '../../application/autopay/tell-of-autopay.ts';
import { keys } from '../keys.ts';

/** Remembered ways to pay, and auto-pay by them. */
export const autopay = new ContainerModule(({ bind }) => {
  bind(keys.autoPayStore).toResolvedValue((pool) => new PostgresAutoPayStore(pool), [keys.pool]);
  bind(keys.rememberMethod).toResolvedValue(rememberMethod, [
    keys.savedMethodStore,
    keys.secrets,
    keys.randomness,
    keys.clock,
  ]);
  bind(keys.autoPayPlaces).toResolvedValue(
    (autopays, accounts, saved) => ({ autopays, accounts, saved }),
    [keys.autoPayStore, keys.accountStore, keys.savedMethodStore],
  );
  bind(keys.showAutoPayConsent).toResolvedValue(
    (places, company) => showAutoPayConsent(places, company.name),
    [keys.autoPayPlaces, keys.company],
  );
  bind(keys.agreeToAutoPay).toResolvedValue(agreeToAutoPay, [
    keys.autoPayPlaces,
    keys.showAutoPayConsent,
    keys.timeZone,
    keys.randomness,
    keys.clock,
  ]);
  bind(keys.stopAutoPay).toResolvedValue(stopAutoPay, [keys.autoPayStore, keys.clock]);
  bind(keys.forgetMethod).toResolvedValue(forgetMethod, [
    keys.savedMethodStore,
    keys.autoPayStore,
    keys.clock,
  ]);
  bind(keys.portalPlace).toResolvedValue(
    (timeZone, publicUrl) => ({ timeZone, host: new URL(publicUrl).host }),
    [keys.timeZone, keys.publicUrl],
  );
  bind(keys.tellOfAutoPay).toResolvedValue(tellOfAutoPay, [
    keys.customerStore,
    keys.secrets,
    keys.randomness,
    keys.portalPlace,
    keys.clock,
  ]);
  bind(keys.autoPayCharging).toResolvedValue(
    (payments, offer, start, randomness) => ({ payments, offer, start, randomness }),
    [keys.paymentStore, keys.paymentOffer, keys.startPayment, keys.randomness],
  );
  bind(keys.runDueAutoPays).toResolvedValue(
    (places, charging, tell, timeZone, clock) =>
      runDueAutoPays({ places, ...charging, tell, timeZone, clock }),
    [keys.autoPayPlaces, keys.autoPayCharging, keys.tellOfAutoPay, keys.timeZone, keys.clock],
  );
});
