import type { Controlled, Happened, PaymentView } from '../../control/controlled.ts';
import type { Order } from '../../control/order.ts';
import type { Faults } from '../../faults.ts';
import type { Notice, Notifier } from '../../notifier.ts';
import type { Timers } from '../../timers.ts';
import { forgeries } from '../notices/forgery.ts';
import type { DeskParts } from '../payment-moves.ts';
import type { PursePayment } from '../purse-payment.ts';
import { currencyOf } from '../shop-purse.ts';
import { happen, isWayToPay, outcomeWords, termsOf } from './outcomes.ts';

/** What payer and forger can do to a payment of the simulated WebMoney. */
export class WebmoneyControl implements Controlled {
  readonly code = 'webmoney';
  readonly title = 'Payments from purses (WebMoney protocol)';
  readonly outcomes = outcomeWords;
  readonly forgeries = forgeries;
  readonly faults: Faults;
  readonly notifier: Notifier;
  readonly timers: Timers;
  readonly parts: DeskParts;
  readonly #publicUrl: string;

  constructor(parts: DeskParts, faults: Faults, timers: Timers, publicUrl: string) {
    this.parts = parts;
    this.faults = faults;
    this.notifier = parts.notices.notifier;
    this.timers = timers;
    this.#publicUrl = publicUrl;
  }

  payments(): readonly PaymentView[] {
    const { desk } = this.parts;
    return desk.payments().map((payment) => this.#view(payment));
  }

  made(paymentId: string): number {
    return this.parts.desk.madeFor(paymentId);
  }

  /** The payment, by the shop's own id or the payment number. */
  payment(id: string): PursePayment | undefined {
    return this.parts.desk.ofShop(id);
  }

  /** What the shop is to be asked before the order is carried out; nothing where no money would move for the first time. */
  question(payment: PursePayment, order: Order): Notice | undefined {
    const { outcome, forge } = order;
    if (forge !== undefined || payment.state !== 'open' || !isWayToPay(outcome)) return undefined;
    const { desk, notices } = this.parts;
    const terms = termsOf(payment, order);
    if (terms === undefined || !desk.isNumberFree(payment.number)) return undefined;
    return notices.question(payment, terms, outcome === 'bare-prerequest');
  }

  act(id: string, order: Order): Happened | 'impossible' | undefined {
    const payment = this.payment(id);
    if (payment === undefined) return undefined;
    const forge = forgeries.find((each) => each === order.forge);
    if (forge !== undefined) return [this.parts.notices.forged(payment, forge, order.amountMinor)];
    return happen(payment, order, this.parts) ?? 'impossible';
  }

  #view(payment: PursePayment): PaymentView {
    const { paymentId, pageId, transfer, description, state, amountMinor, createdAt } = payment;
    return {
      paymentId,
      ref: transfer?.number ?? '',
      url: `${this.#publicUrl}/webmoney/pay/${pageId}`,
      title: description,
      state,
      amountMinor: String(amountMinor),
      refundedMinor: String(transfer?.refundedMinor ?? 0),
      currency: currencyOf(this.parts.desk.purse.purse),
      createdAt: new Date(createdAt).toISOString(),
    };
  }
}
