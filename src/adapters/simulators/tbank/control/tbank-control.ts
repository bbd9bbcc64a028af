import type { Controlled, Happened, PaymentView } from '../../control/controlled.ts';
import type { Order } from '../../control/order.ts';
import type { Faults } from '../../faults.ts';
import type { Notifier } from '../../notifier.ts';
import type { Timers } from '../../timers.ts';
import type { Bank } from '../bank.ts';
import { card, isHeld, isOpen, isRefundable } from '../bank-payment.ts';
import type { BankPayment } from '../bank-payment.ts';
import { forgeries } from '../notices/forgery.ts';
import { noticeOf } from '../notices/notification.ts';
import { cancel, checkHolder, decline, expire, pay } from '../payment-moves.ts';
import { refund, retell, reverse } from '../payment-moves.ts';
import type { Fact } from '../payment-moves.ts';

/** What is claimed where nobody says which sum: 1 rouble more than was asked for. */
const FORGED_EXTRA = 100;

/** What payer, bank and forger can do to a payment of the simulated bank. */
export class TbankControl implements Controlled {
  readonly code = 'tbank';
  readonly title = 'Card payments (T-Bank protocol)';
  readonly outcomes = Object.keys(outcomes);
  readonly forgeries = forgeries;
  readonly faults: Faults;
  readonly notifier: Notifier;
  readonly timers: Timers;
  readonly #bank: Bank;

  constructor(bank: Bank, faults: Faults, notifier: Notifier, timers: Timers) {
    this.#bank = bank;
    this.faults = faults;
    this.notifier = notifier;
    this.timers = timers;
  }

  payments(): readonly PaymentView[] {
    return this.#bank.payments().map((payment) => viewOf(payment, this.#bank.urlOf(payment)));
  }

  /** The bank takes an order id once, so it is never more than one. */
  made(orderId: string): number {
    return this.#bank.ofOrder(orderId) === undefined ? 0 : 1;
  }

  act(orderId: string, order: Order): Happened | 'impossible' | undefined {
    const payment = this.#bank.ofOrder(orderId);
    if (payment === undefined) return undefined;
    const { terminal } = this.#bank;
    const forge = forgeries.find((each) => each === order.forge);
    if (forge !== undefined) {
      const extra = forge === 'amount' ? FORGED_EXTRA : 0;
      const amount = order.amountMinor ?? payment.amount + extra;
      const claim: Fact = { status: 'CONFIRMED', amount, errorCode: '0', card };
      return [noticeOf(payment, claim, terminal, forge)];
    }
    const facts = outcomes[order.outcome]?.(payment, order.amountMinor);
    return facts?.map((fact) => noticeOf(payment, fact, terminal)) ?? 'impossible';
  }
}

type Outcome = (payment: BankPayment, amountMinor: number | undefined) => Fact[] | undefined;

/** Undefined: it cannot happen to the payment any more. */
const outcomes: Readonly<Record<string, Outcome>> = {
  pay: (payment, amountMinor) => payOrRetell(payment, amountMinor),
  decline: whileOpen((payment) => decline(payment, 'declined', card)),
  'insufficient-funds': whileOpen((payment) => decline(payment, 'insufficient-funds', card)),
  '3ds-failed': whileOpen((payment) => decline(payment, '3ds-failed', card)),
  '3ds': whileOpen(checkHolder),
  cancel: whileOpen(cancel),
  expire: whileOpen(expire),
  leave: () => [],
  release: (payment) => (isHeld(payment) ? reverse(payment, payment.held) : undefined),
  refund: (payment, amountMinor) => {
    const left = payment.captured - payment.refunded;
    const amount = amountMinor ?? left;
    return isRefundable(payment) && amount <= left ? refund(payment, amount) : undefined;
  },
};

function whileOpen(move: (payment: BankPayment) => Fact[]): Outcome {
  return (payment) => (isOpen(payment) ? move(payment) : undefined);
}

function payOrRetell(payment: BankPayment, amountMinor: number | undefined): Fact[] | undefined {
  const isPaid = isHeld(payment) || payment.captured > 0;
  if (isPaid) return amountMinor === undefined ? retell(payment) : undefined;
  if (!isOpen(payment)) return undefined;
  payment.amount = amountMinor ?? payment.amount;
  return pay(payment, card);
}

function viewOf(payment: BankPayment, url: string): PaymentView {
  return {
    paymentId: payment.orderId,
    ref: payment.id,
    url,
    title: payment.description,
    state: payment.status,
    amountMinor: String(payment.amount),
    refundedMinor: String(payment.refunded),
    currency: 'RUB',
    createdAt: new Date(payment.createdAt).toISOString(),
  };
}
