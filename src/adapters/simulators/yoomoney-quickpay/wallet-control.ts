import type { Controlled, Happened, PaymentView } from '../control/controlled.ts';
import type { Order } from '../control/order.ts';
import { Faults } from '../faults.ts';
import type { Notifier } from '../notifier.ts';
import type { Timers } from '../timers.ts';
import { forgeries, walletNotice } from './notices/wallet-notice.ts';
import type { Unusual } from './notices/wallet-notice.ts';
import type { Transfer } from './transfer.ts';
import type { Wallet } from './wallet.ts';

const outcomes = [
  ...['pay', 'pay-again', 'decline', 'cancel', 'leave', 'unaccepted', 'codepro'],
  ...['test', 'contacts', 'extra'],
] as const;

/** Nothing is debited, and nobody tells. */
const untold: readonly string[] = ['decline', 'cancel', 'leave'];

/** Fields that come with an outcome. */
const unusual: Readonly<Record<string, Unusual>> = {
  unaccepted: { unaccepted: 'true' },
  codepro: { codepro: 'true' },
  test: { test_notification: 'true', operation_id: 'test-notification', label: '' },
  contacts: { lastname: 'Каренина', firstname: 'Анна', city: 'Москва (центр)', email: '' },
  extra: { operation_label: 'unheard of ~ *', bill_id: '' },
};

/** What is claimed where nobody says which sum: 1 rouble more than was asked for. */
const FORGED_EXTRA = 100;

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
      // A form without a label is known here by the transfer's own id.
      paymentId: transfer.label === '' ? transfer.id : transfer.label,
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

  act(paymentId: string, order: Order): Happened | 'impossible' | undefined {
    const transfer = this.#wallet.labelled(paymentId)[0] ?? this.#wallet.withId(paymentId);
    if (transfer === undefined) return undefined;
    const { outcome, amountMinor } = order;
    const forge = forgeries.find((each) => each === order.forge);
    if (forge !== undefined) {
      const extra = forge === 'amount' ? FORGED_EXTRA : 0;
      const debited = amountMinor ?? transfer.sumMinor + extra;
      return [walletNotice(this.#claim(transfer, debited), this.#secret, {}, forge)];
    }
    if (untold.includes(outcome)) return [];
    if (outcome === 'test') {
      const claim = this.#claim(transfer, transfer.sumMinor);
      return [walletNotice(claim, this.#secret, unusual['test'])];
    }
    const acting = outcome === 'pay-again' ? this.#wallet.open(transfer) : transfer;
    const isTold = this.#debit(acting, outcome, amountMinor);
    return isTold ? [walletNotice(acting, this.#secret, unusual[outcome])] : 'impossible';
  }

  /** Debits the payer unless that is done; false when what was done already is another thing. */
  #debit(transfer: Transfer, outcome: string, amountMinor: number | undefined): boolean {
    if (transfer.status === 'paid') {
      const isNotOurs = outcome === 'unaccepted' || outcome === 'codepro';
      return !isNotOurs && amountMinor === undefined;
    }
    if (outcome === 'unaccepted') this.#wallet.leaveUnaccepted(transfer, amountMinor);
    else this.#wallet.pay(transfer, amountMinor);
    return true;
  }

  /** An operation that never was; the transfer itself is left alone. */
  #claim(transfer: Transfer, debited: number): Transfer {
    const operationId = transfer.id.slice(1);
    return { ...transfer, operationId, debited, paidAt: this.timers.now() };
  }
}
