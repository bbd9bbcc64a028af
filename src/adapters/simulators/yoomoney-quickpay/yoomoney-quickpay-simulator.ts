import type { Router } from '@koa/router';
import { controlRoutes } from '../control/control-routes.ts';
import { Notifier } from '../notifier.ts';
import type { World } from '../world.ts';
import { payerRoutes } from './payer/payer-routes.ts';
import { WalletControl } from './wallet-control.ts';
import { walletNotice } from './notices/wallet-notice.ts';
import { Wallet } from './wallet.ts';

const minuteMs = 60_000;

export interface YoomoneyQuickpaySimulatorSettings {
  /** The wallet of the shop: 11–33 digits. */
  readonly receiver: string;
  /** The notification secret of that wallet. */
  readonly secret: string;
  /** Where the shop takes notifications. */
  readonly notifyUrl: string;
}

/** A wallet whose payers come with a form, kept in memory. */
export function yoomoneyQuickpaySimulator(
  router: Router,
  { receiver, secret, notifyUrl }: YoomoneyQuickpaySimulatorSettings,
  world: World,
): void {
  const { timers, publicUrl } = world;
  const wallet = new Wallet(timers);
  const notifier = new Notifier(
    {
      url: notifyUrl,
      // Three tries in all.
      pausesMs: [10 * minuteMs, 50 * minuteMs],
      isTaken: ({ status }) => status === 200,
      chance: () => world.noticeTrouble?.('yoomoney-quickpay'),
    },
    timers,
  );
  payerRoutes(router, wallet, receiver, (transfer) =>
    notifier.send([walletNotice(transfer, secret)]),
  );
  const urlOf = ({ id }: { readonly id: string }) => `${publicUrl}/yoomoney-quickpay/pay/${id}`;
  controlRoutes(router, new WalletControl(wallet, secret, notifier, timers, urlOf));
}
