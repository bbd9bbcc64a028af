import type { Router } from '@koa/router';
import { controlRoutes } from '../control/control-routes.ts';
import { Faults } from '../faults.ts';
import { Notifier } from '../notifier.ts';
import type { ShopAnswer } from '../notifier.ts';
import { parseJson } from '../request-body.ts';
import type { World } from '../world.ts';
import { qiwiApiRoutes } from './api/qiwi-api-routes.ts';
import { QiwiCalls } from './api/qiwi-calls.ts';
import { Bills } from './bills.ts';
import { QiwiControl } from './control/qiwi-control.ts';
import { BillNotices } from './notices/bill-notices.ts';
import { payerRoutes } from './payer/payer-routes.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Ever longer pauses, for a day. */
const growingPausesMs: readonly number[] = [
  ...[1, 5, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 4, 6, 9].map((hours) => hours * HOUR_MS),
];
/** What shops were promised before: every quarter of an hour, then every hour. */
const olderPausesMs: readonly number[] = [
  ...Array.from({ length: 36 }, () => 15 * MINUTE_MS),
  ...Array.from({ length: 15 }, () => HOUR_MS),
];

export interface QiwiSimulatorSettings {
  readonly siteId: string;
  /** The key of the API; notifications are signed with it too. */
  readonly secretKey: string;
  /** Where the shop takes notifications. */
  readonly notifyUrl: string;
  /** Which changes of a bill the shop hears of; all of them, unless set. */
  readonly tells?: 'every-change' | 'paid-only';
  /** When a notification comes again that was not taken; with growing pauses, unless set. */
  readonly repeats?: 'growing' | 'older';
}

/** QIWI's bills, kept in memory: written out by the shop under its own ids, paid on a page, told with a signature. */
export function qiwiSimulator(router: Router, settings: QiwiSimulatorSettings, world: World): void {
  const { timers, publicUrl } = world;
  const { siteId, secretKey, notifyUrl: url, tells = 'every-change', repeats } = settings;
  const faults = new Faults((call) => world.callTrouble?.('qiwi', call));
  const chance = () => world.noticeTrouble?.('qiwi');
  const pausesMs = repeats === 'older' ? olderPausesMs : growingPausesMs;
  const notifier = new Notifier({ url, pausesMs, isTaken, chance }, timers);
  const notices = new BillNotices(notifier, { siteId, secretKey, tells });
  const bills = new Bills(publicUrl, notices, timers);
  qiwiApiRoutes(router, bills, new QiwiCalls(secretKey, faults, timers), siteId);
  payerRoutes(router, bills);
  controlRoutes(router, new QiwiControl(bills, notices, faults, timers));
}

/** The shop must say in JSON that there is no error. */
function isTaken({ status, body }: ShopAnswer): boolean {
  const said = parseJson(body) as { error?: unknown } | null | undefined;
  return status === 200 && said?.error === '0';
}
