import type { Router } from '@koa/router';
import { controlRoutes } from '../control/control-routes.ts';
import { Faults } from '../faults.ts';
import { Notifier } from '../notifier.ts';
import type { ShopAnswer } from '../notifier.ts';
import type { World } from '../world.ts';
import { WebmoneyControl } from './control/webmoney-control.ts';
import { webmoneyLevers } from './control/webmoney-levers.ts';
import { formRoutes } from './form/form-routes.ts';
import { ShopNotices } from './notices/shop-notices.ts';
import { PaymentDesk } from './payment-desk.ts';
import { payerRoutes } from './payer/payer-routes.ts';
import { shopPurse } from './shop-purse.ts';
import type { WebmoneySimulatorSettings } from './shop-purse.ts';
import { XmlCalls } from './xml/xml-calls.ts';
import { xmlRoutes } from './xml/xml-routes.ts';

export type { WebmoneySimulatorSettings };

/** WebMoney's merchant interface, kept in memory: forms, the shop's say before a payment, hashes and XML. */
export function webmoneySimulator(
  router: Router,
  settings: WebmoneySimulatorSettings,
  world: World,
): void {
  const { timers, publicUrl } = world;
  const desk = new PaymentDesk(shopPurse(settings), timers);
  const faults = new Faults((call) => world.callTrouble?.('webmoney', call));
  const chance = () => world.noticeTrouble?.('webmoney');
  // What the shop does not take is not told again.
  const notifier = new Notifier({ url: settings.notifyUrl, pausesMs: [], isTaken, chance }, timers);
  const parts = { desk, notices: new ShopNotices(notifier, desk) };
  const control = new WebmoneyControl(parts, faults, timers, publicUrl);
  formRoutes(router, desk, faults, timers);
  payerRoutes(router, parts);
  xmlRoutes(router, desk, new XmlCalls(faults, timers));
  // Before the shared levers: the first route that fits is taken.
  webmoneyLevers(router, control);
  controlRoutes(router, control);
}

function isTaken({ status }: ShopAnswer): boolean {
  return status === 200;
}
