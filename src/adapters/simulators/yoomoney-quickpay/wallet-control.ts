import type { Controlled, Happened, PaymentView } from '../control/controlled.ts';
import type { Order } from '../control/order.ts';
import { Faults } from '../faults.ts';
import type { Notifier } from '../notifier.ts';
import type { Timers } from '../timers.ts';
import type { Transfer } from './transfer.ts';
import { forgeries, walletNotice, type Unusual } from './wallet-notice.ts';
import type { Wallet } from './wallet.ts';

const outcomes = [
  'pay',
  'pay-again',
  'leave',
  'unaccepted',
  'codepro',
  'test',
  'contacts',
  'extra',
] as const;

/** Fields that come with an outcome. */
const unusual: Readonly<Record<string, Unusual>> = {
  unaccepted: { unaccepted: 'true' },
  codepro: { codepro: 'true' },
  test: { test_notification: 'true', operation_id: 'test-notification', label: '' },
  contacts: { lastname: 'Каренина', firstname: 'Анна', city: 'Москва (центр)', email: '' },
  extra: { operation_label: 'unheard of ~ *', bill_id: '' },
};

/** What payer and forger can do to a transfer of the simulated wallet. */
export class WalletControl implements Controlled {
  readonly code = 'yoomoney-quickpay';
  readonly title = 'Wallet transfers (YooMoney quickpay)';
  readonly outcomes = outcomes;
  readonly forgeries = forgeries;
  /** Nobody calls the wallet but browsers, so no call can fail. */
  readonly faults = new Faults();
  readonly notifier: Notifier;
  readonly timers: Timers;
  readonly #wallet: Wallet;
  readonly #secret: string;
  readonly #urlOf: (transfer: Transfer) => string;

  constructor(
    wallet: Wallet,
    secret: string,
    notifier: Notifier,
    timers: Timers,
    urlOf: (transfer: Transfer) => string,
  ) {
    this.#wallet = wallet;
    this.#secret = secret;
    this.notifier = notifier;
    this.timers = timers;
    this.#urlOf = urlOf;
  }

  payments(): readonly PaymentView[] {
    return this.#wallet.transfers().map((transfer) => ({
      paymentId: transfer.label,
      ref: transfer.operationId ?? '',
      url: this.#urlOf(transfer),
      title: transfer.label,
      state: transfer.status,
      amountMinor: String(transfer.debited),
      refundedMinor: '0',
      currency: 'RUB',
      createdAt: new Date(transfer.createdAt).toISOString(),
    }));
  }

  made(label: string): number {
    return this.#wallet.labelled(label).length;
  }

  act(label: string, { outcome, forge, amountMinor }: Order): Happened | 'impossible' | undefined {
    const [transfer] = this.#wallet.labelled(label);
    if (transfer === undefined) return undefined;
    const forgery = forgeries.find((each) => each === forge);
    if (forgery !== undefined) {
      const claimed = { ...transfer, operationId: `${transfer.id}9`, paidAt: this.timers.now() };
      return [walletNotice(claimed, this.#secret, {}, forgery)];
    }
    const acting = outcome === 'pay-again' ? this.#wallet.open(transfer) : transfer;
    if (outcome === 'leave') return [];
    if (outcome === 'test') {
      return [
        walletNotice({ ...acting, paidAt: this.timers.now() }, this.#secret, unusual['test']),
      ];
    }
    if (outcome === 'unaccepted' && acting.status === 'open') this.#wallet.leaveUnaccepted(acting);
    else if (acting.status !== 'paid') this.#wallet.pay(acting, amountMinor);
    return [walletNotice(acting, this.#secret, unusual[outcome])];
  }
}
