import type { Router } from '@koa/router';
import { controlRoutes } from '../control/control-routes.ts';
import { Faults } from '../faults.ts';
import { Notifier } from '../notifier.ts';
import type { ShopAnswer } from '../notifier.ts';
import type { World } from '../world.ts';
import { Cancels } from './api/cancels.ts';
import { tbankApiRoutes } from './api/tbank-api-routes.ts';
import { TbankCalls } from './api/tbank-calls.ts';
import { Bank } from './bank.ts';
import { TbankControl } from './control/tbank-control.ts';
import { payerRoutes } from './payer/payer-routes.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** Every hour for a day, then every day for a month. */
const pausesMs: readonly number[] = [
  ...Array.from({ length: 24 }, () => HOUR_MS),
  ...Array.from({ length: 30 }, () => DAY_MS),
];

export interface TbankSimulatorSettings {
  /** The shop's terminal, at most 20 characters; one that ends in `DEMO` is for tests. */
  readonly terminalKey: string;
  /** The terminal's password: it signs both ways. */
  readonly password: string;
  /** Where the shop takes notifications, unless it names another address with a payment. */
  readonly notifyUrl: string;
  /** Whether the bank has blocked the terminal: then every call is refused. */
  readonly isBlocked?: boolean;
}

/** An acquiring bank that speaks the T-Bank e-acquiring protocol, version 2, kept in memory. */
export function tbankSimulator(
  router: Router,
  settings: TbankSimulatorSettings,
  world: World,
): void {
  const { timers, publicUrl } = world;
  const { terminalKey: key, password, notifyUrl: url, isBlocked = false } = settings;
  const terminal = { key, password, isBlocked };
  const faults = new Faults((call) => world.callTrouble?.('tbank', call));
  const chance = () => world.noticeTrouble?.('tbank');
  const notifier = new Notifier({ url, pausesMs, isTaken, chance }, timers);
  const bank = new Bank(terminal, publicUrl, notifier, timers);
  const calls = new TbankCalls(terminal, faults, timers);
  tbankApiRoutes(router, { bank, calls, cancels: new Cancels(bank) });
  payerRoutes(router, bank);
  controlRoutes(router, new TbankControl(bank, faults, notifier, timers));
}

/** The shop must say so in two letters. */
function isTaken({ status, body }: ShopAnswer): boolean {
  return status === 200 && body === 'OK';
}
