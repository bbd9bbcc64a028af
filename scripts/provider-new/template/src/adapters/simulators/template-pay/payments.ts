import { randomUUID } from 'node:crypto';
import { BoundedMap } from '../../../../../../../src/adapters/simulators/bounded-map.ts';

/** Their words for how a payment stands. */
const states = { open: 'new', paid: 'paid', failed: 'declined', expired: 'expired' };

/** Their unit of money: a whole number of smallest units. */
const amountOf = (minor: number): unknown => minor;
/** Undefined for what is no sum they would charge. */
export const minorOf = (amount: unknown): number | undefined =>
  typeof amount === 'number' && Number.isSafeInteger(amount) && amount > 0 ? amount : undefined;

/** A payment as they remember it. `id` is the shop's key, `page` the unguessable end of its page's address. */
export interface Payment {
  readonly id: string;
  readonly page: string;
  /** The request that made it, to the letter. */
  readonly asked: string;
  readonly description: string;
  readonly returnUrl: string;
  readonly expiresAt: number;
  readonly createdAt: number;
  readonly currency: string;
  /** What was asked for, or what the payer truly paid. */
  minor: number;
  standing: keyof typeof states;
  paidAt: number | undefined;
}

/** A payment as they tell it, in answers and in notifications alike. */
export const told = ({ id, minor, currency, standing, paidAt }: Payment) => ({
  ...{ id, amount: amountOf(minor), currency, state: states[standing] },
  ...(paidAt !== undefined && { paidAt: new Date(paidAt).toISOString() }),
});

/** Their newest payments. What nobody has paid in time is found expired by whoever looks. */
export class Payments {
  readonly #payments = new BoundedMap<string, Payment>(10_000);
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  make(wish: Omit<Payment, 'page' | 'createdAt' | 'standing' | 'paidAt'>): Payment {
    const news = { page: randomUUID(), createdAt: this.#now(), standing: 'open' as const };
    const payment: Payment = { ...wish, ...news, paidAt: undefined };
    this.#payments.set(payment.id, payment);
    return payment;
  }

  find(id: string): Payment | undefined {
    const payment = this.#payments.get(id);
    const isOver = payment?.standing === 'open' && payment.expiresAt <= this.#now();
    if (isOver) payment.standing = 'expired';
    return payment;
  }

  all(): Payment[] {
    const ids = this.#payments.newestFirst().map(({ id }) => id);
    return ids.flatMap((id) => this.find(id) ?? []);
  }

  /** The payer pays, perhaps another sum than was asked for, or the bank says no; false when it is too late for that. */
  end(payment: Payment, standing: 'paid' | 'failed', minor = payment.minor): boolean {
    if (payment.standing === standing) return minor === payment.minor;
    if (payment.standing !== 'open') return false;
    Object.assign(payment, { standing, minor });
    if (standing === 'paid') payment.paidAt = this.#now();
    return true;
  }
}
