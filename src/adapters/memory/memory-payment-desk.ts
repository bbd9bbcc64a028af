import type { OddNotification, PaymentDesk } from '../../application/ports/payment-desk.ts';
import type { PaymentId } from '../../domain/ids.ts';
import type { PaymentState } from '../../domain/payment-moves.ts';
import type { Payment } from '../../domain/payment.ts';
import type { Instant } from '../../domain/time.ts';
import type { MemoryInbox } from './memory-inbox.ts';

/** What staff look at, over the payment store's own maps. */
export class MemoryPaymentDesk implements PaymentDesk {
  readonly #payments: ReadonlyMap<PaymentId, Payment>;
  readonly #inbox: MemoryInbox;

  constructor(payments: ReadonlyMap<PaymentId, Payment>, inbox: MemoryInbox) {
    this.#payments = payments;
    this.#inbox = inbox;
  }

  async find(id: PaymentId): Promise<Payment | undefined> {
    return this.#payments.get(id);
  }

  async list(
    states: readonly PaymentState[],
    limit: number,
    after?: PaymentId,
  ): Promise<Payment[]> {
    return [...this.#payments.values()]
      .filter(({ id, state }) => states.includes(state) && (after === undefined || id < after))
      .toSorted((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, limit);
  }

  async paidBetween(
    provider: string,
    from: Instant,
    to: Instant,
    limit: number,
    after?: PaymentId,
  ): Promise<Payment[]> {
    return [...this.#payments.values()]
      .filter((one) => one.provider === provider && one.state === 'succeeded')
      .filter((one) => 'paidAt' in one && one.paidAt >= from && one.paidAt < to)
      .filter(({ id }) => after === undefined || id > after)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }

  async odd(limit: number): Promise<OddNotification[]> {
    return this.#inbox.odd(limit);
  }
}
