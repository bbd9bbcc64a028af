import type {
  StatementOrder,
  StatementOrders,
  TakenOrder,
} from '../../application/ports/statement-orders.ts';
import { later, type Instant } from '../../domain/time.ts';

/** Statements that wait to be sent, in a map. */
export class MemoryStatementOrders implements StatementOrders {
  readonly #waiting = new Map<string, TakenOrder & { readonly nextAt: Instant }>();

  async add(order: StatementOrder): Promise<void> {
    this.#waiting.set(order.id, { ...order, attempts: 0, nextAt: order.orderedAt });
  }

  async take(leaseMs: number, now: Instant): Promise<TakenOrder | undefined> {
    const due = [...this.#waiting.values()]
      .filter(({ nextAt }) => nextAt <= now)
      .toSorted((a, b) => a.nextAt - b.nextAt || (a.id < b.id ? -1 : 1));
    const [oldest] = due;
    if (oldest === undefined) return undefined;
    const { nextAt: _, ...taken } = oldest;
    const nextAt = later(now, leaseMs);
    this.#waiting.set(oldest.id, { ...oldest, attempts: oldest.attempts + 1, nextAt });
    return taken;
  }

  async done(id: string): Promise<void> {
    this.#waiting.delete(id);
  }

  async again(id: string, at: Instant): Promise<void> {
    const order = this.#waiting.get(id);
    if (order !== undefined) this.#waiting.set(id, { ...order, nextAt: at });
  }
}
