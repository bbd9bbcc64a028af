import type { Controlled, Happened, PaymentView } from '../../control/controlled.ts';
import type { Order } from '../../control/order.ts';
import type { Faults } from '../../faults.ts';
import type { Notifier } from '../../notifier.ts';
import type { Timers } from '../../timers.ts';
import type { Fact } from '../notices/fact.ts';
import { forgeries } from '../notices/forgery.ts';
import { openWays, waysToPay } from '../payer/payer-choices.ts';
import type { Payment } from '../payments/payment.ts';
import { isPaid, pay } from '../payments/payment-moves.ts';
import type { Payments } from '../payments/payments.ts';
import { outcomes } from './outcomes.ts';
import type { Around } from './outcomes.ts';

/** What payer, bank and forger can do to a payment of the simulated shop. */
export class YookassaControl implements Controlled {
  readonly code = 'yookassa';
  readonly title = 'Cards, SBP and wallets (YooKassa protocol)';
  readonly outcomes = Object.keys(outcomes);
  readonly forgeries = forgeries;
  readonly faults: Faults;
  readonly notifier: Notifier;
  readonly timers: Timers;
  readonly #around: Around;

  constructor(around: Around, faults: Faults) {
    this.#around = around;
    this.faults = faults;
    this.notifier = around.payments.notices.notifier;
    this.timers = around.payments.timers;
  }

  payments(): readonly PaymentView[] {
    const { payments } = this.#around;
    return payments.payments().map((payment) => viewOf(payment, payments.urlOf(payment)));
  }

  made(shopPaymentId: string): number {
    return this.#around.payments.ofShop(shopPaymentId).length;
  }

  act(paymentId: string, order: Order): Happened | 'impossible' | undefined {
    const { payments } = this.#around;
    const payment = payments.ofShop(paymentId)[0] ?? payments.payment(paymentId);
    if (payment === undefined) return undefined;
    const { notices } = payments;
    const forge = forgeries.find((each) => each === order.forge);
    if (forge !== undefined) {
      return [notices.forged(claimOf(payment, order.amountMinor, payments), forge)];
    }
    const facts = outcomes[order.outcome]?.(payment, order.amountMinor, this.#around);
    return facts === undefined ? 'impossible' : notices.of(facts);
  }
}

/** What would be told if the payment had succeeded; the payment itself is left alone. */
function claimOf(payment: Payment, amountMinor: number | undefined, payments: Payments): Fact {
  const claimed = { ...payment, amountMinor: amountMinor ?? payment.amountMinor };
  if (!isPaid(payment)) {
    const { type, has3ds } = waysToPay[openWays(payment, payments.terms)[0] ?? 'card-3ds'];
    pay(claimed, type, payments.now(), has3ds);
  }
  claimed.status = 'succeeded';
  claimed.cancellation = undefined;
  claimed.capturedAt ??= payments.now();
  return payments.fact(claimed);
}

function viewOf(payment: Payment, url: string): PaymentView {
  const { id, shopPaymentId, wish, status, cancellation, createdAt } = payment;
  return {
    paymentId: shopPaymentId,
    ref: id,
    url,
    title: wish.description ?? '',
    state: cancellation === undefined ? status : `${status} · ${cancellation.reason}`,
    amountMinor: String(payment.amountMinor),
    refundedMinor: String(payment.refundedMinor),
    currency: wish.currency,
    createdAt: new Date(createdAt).toISOString(),
  };
}
