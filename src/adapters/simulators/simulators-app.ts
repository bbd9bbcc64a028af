import { readFileSync } from 'node:fs';
import { Router } from '@koa/router';
import Koa from 'koa';
import { authenticatorRoutes, type AuthenticatorEntry } from './authenticator/authenticator.ts';
import { fiscalSimulator, type FiscalSimulatorSettings } from './fiscal/fiscal-simulator.ts';
import { phoneRoutes } from './phone/phone-routes.ts';
import { Phones } from './phone/phones.ts';
import { paymentSimulators, type PaymentSimulators } from './payment-simulators.ts';
import { startPage } from './start-page.ts';
import { Timers } from './timers.ts';
import type { VonageSettings } from './vonage/sms-credentials.ts';
import { vonageSimulator } from './vonage/vonage-simulator.ts';

export interface SimulatorsSettings extends PaymentSimulators {
  /** Where browsers find the simulators, without a slash at the end. */
  readonly publicUrl: string;
  readonly vonage: VonageSettings;
  readonly fiscal?: FiscalSimulatorSettings;
  /** Whose authenticator is stood in for. */
  readonly authenticator?: readonly AuthenticatorEntry[];
}

/**
 * The stand-ins for the outside world, all on one port: the payment systems, an SMS operator and the
 * customers' phones. All state is in memory and bounded. `close` ends the work still to be done,
 * such as repeated notifications; the HTTP server belongs to the caller.
 */
export function simulatorsApp(settings: SimulatorsSettings): {
  readonly app: Koa;
  close(): Promise<void>;
} {
  const timers = new Timers();
  const phones = new Phones();
  const router = new Router();
  styleSheet(router);
  const world = { publicUrl: settings.publicUrl, timers };
  const staff = settings.authenticator ?? [];
  startPage(router, phones, paymentSimulators(router, settings, world), staff.length > 0);
  vonageSimulator(router, settings.vonage, phones, timers);
  if (settings.fiscal) fiscalSimulator(router, settings.fiscal, timers);
  phoneRoutes(router, phones);
  authenticatorRoutes(router, staff);

  const app = new Koa();
  app.on('error', reportOwnTrouble);
  app.use(router.routes());
  app.use((ctx) => {
    ctx.status = 404;
    ctx.body = { error: `there is no ${ctx.method} ${ctx.path} here` };
  });
  return {
    app,
    close: () => {
      timers.stop();
      return Promise.resolve();
    },
  };
}

function styleSheet(router: Router): void {
  const css = readFileSync(new URL('./simulators.css', import.meta.url), 'utf8');
  router.get('/simulators.css', (ctx) => {
    ctx.type = 'css';
    ctx.set('cache-control', 'max-age=300');
    ctx.body = css;
  });
}

// Cut connections are our own doing, or the caller's; only our bugs are worth a word.
function reportOwnTrouble(error: Error & { code?: string; expose?: boolean }): void {
  const isExpected = error.expose === true || error.code === 'ECONNRESET' || error.code === 'EPIPE';
  if (!isExpected) console.error(error);
}
