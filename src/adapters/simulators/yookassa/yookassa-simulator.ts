import type { Router } from '@koa/router';
import { controlRoutes } from '../control/control-routes.ts';
import { Faults } from '../faults.ts';
import { Notifier } from '../notifier.ts';
import type { ShopAnswer } from '../notifier.ts';
import type { World } from '../world.ts';
import { yookassaApiRoutes } from './api/yookassa-api-routes.ts';
import { YookassaCalls } from './api/yookassa-calls.ts';
import { YookassaControl } from './control/yookassa-control.ts';
import { yookassaLevers } from './control/yookassa-levers.ts';
import { methodTypes, testMethods } from './payments/method-terms.ts';
import type { MethodType } from './payments/method-terms.ts';
import { ShopNotices } from './notices/shop-notices.ts';
import { payerRoutes } from './payer/payer-routes.ts';
import { Payments } from './payments/payments.ts';
import { Refunds } from './refunds/refunds.ts';
import { registryRoutes } from './registry/registry-routes.ts';
import type { ShopTerms } from './shop-terms.ts';

/**
 * Seven tries in all, as was observed. The next pause would be of 86 016 seconds and end after the day for which a
 * notification is repeated.
 */
const pausesMs: readonly number[] = [10, 42, 84, 168, 672, 5_376].map((seconds) => seconds * 1_000);

export interface YookassaSimulatorSettings {
  /** Digits. */
  readonly shopId: string;
  /** Begins with `test_` for a test shop, with `live_` for another; the objects say which it is. */
  readonly secretKey: string;
  /** Where the shop takes notifications. */
  readonly notifyUrl: string;
  /** The address notifications come from, as a reverse proxy would write it down; 185.71.76.1 unless set. */
  readonly sourceAddress?: string;
  /** The ways to pay that are switched on; unless set, all of them, and cards and wallets in a test shop. */
  readonly methods?: readonly MethodType[];
  /** The one currency of the shop; RUB unless set. */
  readonly currency?: string;
  /** Who prints the receipts that are sent along; a register of somebody else’s unless set. */
  readonly cashRegister?: 'yookassa' | 'third-party';
  /** Whether payments and refunds without a receipt are refused. */
  readonly needsReceipt?: boolean;
  /** How long a refund stays pending; not at all unless set. */
  readonly refundPendingMs?: number;
}

/** YooKassa, kept in memory: cards, SBP and wallets, told in notifications that prove nothing. */
export function yookassaSimulator(
  router: Router,
  settings: YookassaSimulatorSettings,
  world: World,
): void {
  const { timers, publicUrl } = world;
  const { notifyUrl: url, sourceAddress = '185.71.76.1' } = settings;
  const faults = new Faults((call) => world.callTrouble?.('yookassa', call));
  const chance = () => world.noticeTrouble?.('yookassa');
  const notifier = new Notifier({ url, pausesMs, isTaken, chance }, timers);
  const notices = new ShopNotices(notifier, sourceAddress);
  const payments = new Payments(termsOf(settings), publicUrl, notices, timers);
  const refunds = new Refunds(payments);
  const calls = new YookassaCalls(payments.terms, faults, timers);
  yookassaApiRoutes(router, payments, refunds, calls);
  payerRoutes(router, payments);
  registryRoutes(router, payments, refunds);
  yookassaLevers(router, calls);
  controlRoutes(router, new YookassaControl({ payments, refunds }, faults));
}

function termsOf(settings: YookassaSimulatorSettings): ShopTerms {
  const { shopId, secretKey, currency = 'RUB', cashRegister = 'third-party' } = settings;
  const isTest = secretKey.startsWith('test_');
  const methods = settings.methods ?? (isTest ? testMethods : methodTypes);
  const { needsReceipt = false, refundPendingMs = 0 } = settings;
  const receipts = { cashRegister, needsReceipt };
  return { shopId, secretKey, isTest, currency, methods, ...receipts, refundPendingMs };
}

function isTaken({ status }: ShopAnswer): boolean {
  return status === 200;
}
