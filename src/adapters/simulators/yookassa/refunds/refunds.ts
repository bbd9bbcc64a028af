import { randomUUID } from 'node:crypto';
import { BoundedMap } from '../../bounded-map.ts';
import type { Fact } from '../notices/fact.ts';
import type { Cancellation, Payment } from '../payments/payment.ts';
import type { Payments } from '../payments/payments.ts';
import type { Refund, RefundWish } from './refund.ts';
import { refundAnswer } from '../yookassa-answers.ts';

const REFUND_LIMIT = 10_000;

/** The newest 10 000 refunds: each paid out at once, or pending for a while, or until somebody says so. */
export class Refunds {
  readonly #payments: Payments;
  readonly #refunds = new BoundedMap<string, Refund>(REFUND_LIMIT);
  readonly #heldBack = new BoundedMap<string, true>(REFUND_LIMIT);

  constructor(payments: Payments) {
    this.#payments = payments;
  }

  /** Makes a refund; the caller has made sure that so much is left. */
  make(payment: Payment, amountMinor: number, wish: RefundWish): Refund {
    const refund: Refund = {
      ...wish,
      id: randomUUID(),
      payment,
      amountMinor,
      createdAt: this.#payments.now(),
      status: 'pending',
      succeededAt: undefined,
      cancellation: undefined,
    };
    this.#refunds.set(refund.id, refund);
    payment.refundPendingMinor += amountMinor;
    const { refundPendingMs } = this.#payments.terms;
    if (this.#heldBack.get(payment.id) === true) return refund;
    if (refundPendingMs === 0) this.#settle(refund);
    else this.#settleLater(refund, refundPendingMs);
    return refund;
  }

  /** What the shop hears of a refund: only that it succeeded. */
  facts(refund: Refund): Fact[] {
    if (refund.status !== 'succeeded') return [];
    const { shopPaymentId: paymentId } = refund.payment;
    return [{ event: 'refund.succeeded', object: refundAnswer(refund), paymentId }];
  }

  /** Keeps the next refunds of the payment pending until `settleLast` or `failLast`. */
  holdBack(payment: Payment): void {
    this.#heldBack.set(payment.id, true);
  }

  /** The newest pending refund is paid out; undefined when there is none. */
  settleLast(payment: Payment): Fact[] | undefined {
    const refund = this.#lastPending(payment);
    if (refund === undefined) return undefined;
    this.#settle(refund);
    return this.facts(refund);
  }

  /** The newest pending refund comes to nothing, and nobody tells; undefined when there is none. */
  failLast(payment: Payment, cancellation: Cancellation): Fact[] | undefined {
    const refund = this.#lastPending(payment);
    if (refund === undefined) return undefined;
    refund.status = 'canceled';
    refund.cancellation = cancellation;
    payment.refundPendingMinor -= refund.amountMinor;
    return [];
  }

  withId(id: string): Refund | undefined {
    return this.#refunds.get(id);
  }

  /** Lists the refunds, newest first. */
  refunds(): Refund[] {
    return this.#refunds.newestFirst();
  }

  #lastPending(payment: Payment): Refund | undefined {
    return this.refunds().find((each) => each.payment === payment && each.status === 'pending');
  }

  #settleLater(refund: Refund, delayMs: number): void {
    this.#payments.timers.after(delayMs, () => {
      if (refund.status !== 'pending') return;
      this.#settle(refund);
      void this.#payments.notices.send(this.facts(refund));
    });
  }

  #settle(refund: Refund): void {
    const { payment, amountMinor } = refund;
    refund.status = 'succeeded';
    refund.succeededAt = this.#payments.now();
    payment.refundPendingMinor -= amountMinor;
    payment.refundedMinor += amountMinor;
  }
}
