import type { RefundStore } from '../../application/ports/refund-store.ts';
import type { Dispute } from '../../domain/dispute.ts';
import type { PaymentId, RefundId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import { nextRefundLook } from '../../domain/payment-schedule.ts';
import type { Refund, RefundState } from '../../domain/refund.ts';
import type { Instant } from '../../domain/time.ts';

/** Refunds and disputes in maps; the payment store saves them with what follows from them. */
export class MemoryRefundStore implements RefundStore {
  /** What refunds took out of the customers' credit: by refund and kind, each once. */
  readonly debits = new Map<string, { readonly refund: Refund; readonly minor: bigint }>();
  readonly #refunds = new Map<RefundId, Refund>();
  readonly #disputes = new Map<string, Dispute>();

  save(refund: Refund): void {
    this.#refunds.set(refund.id, refund);
  }

  saveDispute(dispute: Dispute): void {
    this.#disputes.set(`${dispute.provider}:${dispute.ref}`, dispute);
  }

  book(refund: Refund, kind: 'debit' | 'reversal', { minor }: Money): void {
    this.debits.set(`${refund.id}:${kind}`, { refund, minor: kind === 'debit' ? minor : -minor });
  }

  /** As `of`, without waiting. */
  ofPayment(payment: PaymentId): Refund[] {
    return [...this.#refunds.values()].filter(({ paymentId }) => paymentId === payment);
  }

  disputesOfPayment(payment: PaymentId): Dispute[] {
    return [...this.#disputes.values()].filter(({ paymentId }) => paymentId === payment);
  }

  async find(id: RefundId): Promise<Refund | undefined> {
    return this.#refunds.get(id);
  }

  async of(payment: PaymentId): Promise<Refund[]> {
    return this.ofPayment(payment);
  }

  async paidBack(payments: readonly PaymentId[]): Promise<ReadonlyMap<PaymentId, bigint>> {
    const wanted = new Set(payments);
    const sums = new Map<PaymentId, bigint>();
    for (const { paymentId, state, amount } of this.#refunds.values()) {
      if (state !== 'succeeded' || !wanted.has(paymentId)) continue;
      sums.set(paymentId, (sums.get(paymentId) ?? 0n) + amount.minor);
    }
    return sums;
  }

  async disputesOf(payment: PaymentId): Promise<Dispute[]> {
    return this.disputesOfPayment(payment);
  }

  async takeDue(now: Instant, limit: number): Promise<Refund[]> {
    const due = [...this.#refunds.values()]
      .map((refund) => ({ refund, at: nextRefundLook(refund) }))
      .filter(({ at }) => at !== undefined && at <= now)
      .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))
      .slice(0, limit)
      .map(({ refund }) => ({ ...refund, attempts: refund.attempts + 1, updatedAt: now }));
    for (const refund of due) this.save(refund);
    return due;
  }

  async list(states: readonly RefundState[], limit: number, after?: RefundId): Promise<Refund[]> {
    return [...this.#refunds.values()]
      .filter(({ id, state }) => states.includes(state) && (after === undefined || id < after))
      .toSorted((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, limit);
  }
}
