import { randomUUID } from 'node:crypto';
import { BoundedMap } from '../../bounded-map.ts';
import type { Delivery } from '../../notifier.ts';
import type { Timers } from '../../timers.ts';
import type { Fact } from '../notices/fact.ts';
import type { ShopNotices } from '../notices/shop-notices.ts';
import { shopPaymentIdOf } from './payment.ts';
import type { Payment, PaymentWish } from './payment.ts';
import { expire } from './payment-moves.ts';
import type { PaymentMethod } from './payment-method.ts';
import type { ShopTerms } from '../shop-terms.ts';
import { paymentAnswer } from '../yookassa-answers.ts';
import type { Json } from '../yookassa-answers.ts';

const PAYMENT_LIMIT = 10_000;
const PAYER_MS = 60 * 60_000;
const EXPIRY_WATCH_MS = 30_000;

/** The newest 10 000 payments of one shop. */
export class Payments {
  readonly terms: ShopTerms;
  readonly notices: ShopNotices;
  readonly timers: Timers;
  readonly #publicUrl: string;
  readonly #payments = new BoundedMap<string, Payment>(PAYMENT_LIMIT);

  constructor(terms: ShopTerms, publicUrl: string, notices: ShopNotices, timers: Timers) {
    this.terms = terms;
    this.notices = notices;
    this.timers = timers;
    this.#publicUrl = publicUrl;
    void this.#expireInTime();
  }

  now(): number {
    return this.timers.now();
  }

  start(wish: PaymentWish): Payment {
    const id = randomUUID();
    const payment: Payment = {
      id,
      shopPaymentId: shopPaymentIdOf(wish) ?? id,
      wish,
      createdAt: this.now(),
      status: 'pending',
      amountMinor: wish.amountMinor,
      method: undefined,
      has3ds: false,
      capturedAt: undefined,
      expiresAt: undefined,
      cancellation: undefined,
      refundedMinor: 0,
      refundPendingMinor: 0,
    };
    this.#payments.set(id, payment);
    return payment;
  }

  /** Where the payer goes. */
  urlOf({ id }: Payment): string {
    return `${this.#publicUrl}/yookassa/pay/${id}`;
  }

  payment(id: string): Payment | undefined {
    return this.#current(this.#payments.get(id));
  }

  /** Lists the payments, newest first. */
  payments(): Payment[] {
    const payments = this.#payments.newestFirst();
    for (const payment of payments) this.#current(payment);
    return payments;
  }

  /** The payments under an id of the shop's, newest first. */
  ofShop(shopPaymentId: string): Payment[] {
    return this.payments().filter((each) => each.shopPaymentId === shopPaymentId);
  }

  /** A method some payer has left with the shop. */
  savedMethod(id: string): PaymentMethod | undefined {
    const method = this.#payments.get(id)?.method;
    return method?.saved === true && method.id === id ? method : undefined;
  }

  /** The payment as the shop sees it now. */
  answer(payment: Payment): Json {
    return paymentAnswer(payment, this.terms, this.urlOf(payment));
  }

  /** How the payment stands, as a notification tells it. */
  fact(payment: Payment): Fact {
    const { status, shopPaymentId: paymentId } = payment;
    return { event: `payment.${status}`, object: this.answer(payment), paymentId };
  }

  /** Tells the shop how the payment stands; resolves after the first try. */
  tell(payment: Payment): Promise<Delivery[]> {
    return this.notices.send([this.fact(payment)]);
  }

  // Whoever looks at a payment whose time is over sees it expired, however long ago the watch came by.
  #current(payment: Payment | undefined): Payment | undefined {
    if (payment !== undefined && endOf(payment) <= this.now()) {
      expire(payment);
      void this.tell(payment);
    }
    return payment;
  }

  // One watch over all payments: a timer for each would outlive those forgotten long ago.
  async #expireInTime(): Promise<void> {
    while (!this.timers.stopped.aborted) {
      await this.timers.sleep(EXPIRY_WATCH_MS);
      this.payments();
    }
  }
}

function endOf({ status, createdAt, expiresAt }: Payment): number {
  if (status === 'pending') return createdAt + PAYER_MS;
  return expiresAt ?? Infinity;
}
