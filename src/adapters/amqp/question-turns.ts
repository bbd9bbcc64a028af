import { fairQueue } from '../../domain/protection/fair-queue.ts';
import type { Instant } from '../../domain/time.ts';

/** How many questions a portal has under way, how many wait before them, and how long one waits at most. */
export interface TurnLimits {
  readonly underWay: number;
  readonly waiting: number;
  readonly waitingPerCustomer: number;
  readonly waitMs: number;
}

/**
 * Questions by turns: so many under way, and before them a short line that is fair to customers, so that who asks all the
 * time keeps nobody else out. To be turned away costs next to nothing.
 */
export interface QuestionTurns {
  /** Asks when it is this customer's turn. Undefined, without having asked, where there is no room or none in time. */
  take<Answer>(customer: string, ask: () => Promise<Answer>): Promise<Answer | undefined>;
  /** Turns away who waits and who comes. */
  close(): void;
}

interface Waiter {
  readonly until: number;
  readonly call: (isItsTurn: boolean) => void;
}

export function questionTurns(limits: TurnLimits, now: () => Instant): QuestionTurns {
  const line = fairQueue<Waiter>(limits.waitingPerCustomer);
  let underWay = 0;
  let isClosed = false;

  const come = (customer: string): Promise<boolean> | boolean => {
    if (isClosed) return false;
    if (underWay < limits.underWay) {
      underWay += 1;
      return true;
    }
    // In a flood most are turned away here, before anything is made for them.
    if (line.wouldTurnAway(customer, limits.waiting)) return false;
    return new Promise((call) => {
      const item = { until: now() + limits.waitMs, call };
      line.offer({ item, customer, cost: 1 }, limits.waiting)?.item.call(false);
    });
  };
  /** The place goes to whose turn it is; who has waited too long is told so on the way. */
  const passOn = (): void => {
    for (let next = line.next(); next !== undefined; next = line.next()) {
      const isInTime = next.item.until >= now();
      next.item.call(isInTime);
      if (isInTime) return;
    }
    underWay -= 1;
  };
  return {
    take: async (customer, ask) => {
      if (!(await come(customer))) return undefined;
      try {
        return await ask();
      } finally {
        passOn();
      }
    },
    close: () => {
      isClosed = true;
      for (let next = line.next(); next !== undefined; next = line.next()) next.item.call(false);
    },
  };
}
