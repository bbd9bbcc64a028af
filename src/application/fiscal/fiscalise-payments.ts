import { fittingEnd, type FiscalEnd, type FiscalOrder } from '../../domain/fiscal/fiscal-order.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { FiscalAnswer, FiscalRegister } from '../ports/fiscal-register.ts';
import type { FiscalStore } from '../ports/fiscal-store.ts';

/**
 * Has a fiscal receipt made of every payment and refund from `since` on, and asks again by a schedule where none has
 * come. Answers how many were due.
 */
export const fiscalisePayments =
  (fiscals: FiscalStore, register: FiscalRegister, since: Instant, clock: Clock) =>
  async (limit: number): Promise<number> => {
    await fiscals.gather(since, clock.now(), limit);
    const due = await fiscals.takeDue(clock.now(), limit);
    for (const order of due) {
      const end = endOf(order, await register.register(order));
      if (end !== undefined) await fiscals.end(order.key, end, clock.now());
    }
    return due.length;
  };
export type FiscalisePayments = ReturnType<typeof fiscalisePayments>;

function endOf(order: FiscalOrder, answer: FiscalAnswer): FiscalEnd | undefined {
  switch (answer.tag) {
    case 'registered':
      return fittingEnd(order, answer.data);
    case 'refused':
      return answer;
    case 'pending':
    case 'unknown':
      return undefined;
  }
}
