import type { FiscalStore } from '../../application/ports/fiscal-store.ts';
import {
  nextFiscalAsk,
  type FiscalEnd,
  type FiscalOrder,
  type FiscalReceipt,
} from '../../domain/fiscal/fiscal-order.ts';
import type { CustomerId, PaymentId } from '../../domain/ids.ts';
import { isBefore, type Instant } from '../../domain/time.ts';
import type { MemoryCustomerStore } from './memory-customer-store.ts';
import type { MemoryPaymentStore } from './memory-payment-store.ts';

interface Kept {
  readonly order: FiscalOrder;
  readonly end: FiscalEnd | undefined;
  readonly attempts: number;
  readonly nextAskAt: Instant;
}

/** Fiscal receipts in a map. */
export class MemoryFiscalStore implements FiscalStore {
  readonly #kept = new Map<string, Kept>();
  readonly #payments: MemoryPaymentStore;
  readonly #customers: MemoryCustomerStore;

  constructor(payments: MemoryPaymentStore, customers: MemoryCustomerStore) {
    this.#payments = payments;
    this.#customers = customers;
  }

  async gather(since: Instant, now: Instant, limit: number): Promise<number> {
    const fresh = this.#payments
      .succeeded()
      .filter(({ paidAt, captured }) => !isBefore(paidAt, since) && captured.currency === 'RUB')
      .flatMap((payment) => {
        const { id, customerId, accountNumber, captured } = payment;
        const customer = this.#customers.get(customerId);
        const contact = customer?.email ?? customer?.phone ?? '';
        const shared = { paymentId: id, customerId, accountNumber, contact };
        const refunds = this.#payments.refunds
          .ofPayment(id)
          .filter(({ state, amount }) => state === 'succeeded' && amount.currency === 'RUB')
          .map((refund) => ({
            ...{ ...shared, key: refund.id, kind: 'refund' as const, total: refund.amount },
          }));
        return [{ ...shared, key: id, kind: 'payment' as const, total: captured }, ...refunds];
      })
      .filter(({ key }) => !this.#kept.has(key))
      .slice(0, limit);
    for (const order of fresh) {
      this.#kept.set(order.key, { order, end: undefined, attempts: 0, nextAskAt: now });
    }
    return fresh.length;
  }

  async takeDue(now: Instant, limit: number): Promise<FiscalOrder[]> {
    const isPaidFor = ({ order }: Kept) =>
      order.kind === 'payment' || this.#kept.get(order.paymentId)?.end?.tag === 'registered';
    const due = [...this.#kept.values()]
      .filter((kept) => kept.end === undefined && kept.nextAskAt <= now && isPaidFor(kept))
      .toSorted((a, b) => a.nextAskAt - b.nextAskAt)
      .slice(0, limit);
    for (const kept of due) {
      const attempts = kept.attempts + 1;
      const nextAskAt = nextFiscalAsk(attempts, now);
      this.#kept.set(kept.order.key, { ...kept, attempts, nextAskAt });
    }
    return due.map(({ order }) => order);
  }

  async end(key: FiscalOrder['key'], end: FiscalEnd): Promise<void> {
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.end === undefined) this.#kept.set(key, { ...kept, end });
  }

  async find(payment: PaymentId, customer: CustomerId): Promise<FiscalReceipt[]> {
    return [...this.#kept.values()]
      .filter(({ order }) => order.paymentId === payment && order.customerId === customer)
      .toSorted((a, b) => (a.order.kind < b.order.kind ? -1 : 1))
      .map(({ order: { key, kind }, end }) => ({ key, kind, ...(end ?? { tag: 'pending' }) }));
  }
}
