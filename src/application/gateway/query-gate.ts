import type { CustomerId } from '../../domain/ids.ts';
import { type FairQueue, fairQueue } from '../../domain/protection/fair-queue.ts';
import { isOpenFor } from '../../domain/protection/grant.ts';
import type { KeyedRates } from '../../domain/protection/keyed-rates.ts';
import type { Rate } from '../../domain/protection/rate.ts';
import type { Instant } from '../../domain/time.ts';
import type { BudgetState, OperationBudgets, Release } from './operation-budgets.ts';

/** A query that wants to go inside. */
export interface Asked {
  readonly operation: string;
  readonly lane: 'hi' | 'lo';
  readonly customer: CustomerId;
  /** The customer's network; undefined where nobody said it. */
  readonly subnet: string | undefined;
  /** When nobody waits for the answer any more. */
  readonly expiresAt: Instant;
}

export type Turn = { readonly release: Release } | { readonly retryAfterMs: number };

/**
 * Lets queries inside one by one, within the budget of their operation. Who cannot go at once waits in a short queue
 * that is fair to customers; who would wait in vain is told at once. Promises: `answer` is called exactly once, and
 * a place is held from a yes until its release.
 */
export interface QueryGate {
  /** The wait in milliseconds to be named at once, without a look at who signed, where `enter` would name one now. */
  refusalMs(asked: Asked, now: Instant): number | undefined;
  /** Whether there is no room even for a customer who took nothing yet. */
  isFull(operation: string, now: Instant): boolean;
  enter(asked: Asked, now: Instant, answer: (turn: Turn) => void): void;
  /** Lets in whose turn it is. Answers in how many milliseconds it should be called again; undefined: when a place is free. */
  serve(now: Instant): number | undefined;
  /** How many wait. */
  waiting(operation: string): number;
}

/** All customers of one network together: in cost per second. */
const subnetRate: Rate = { perSecond: 20, burst: 100 };
/** The queue holds what the operation's rate works off in this time. */
const queueMs = 300;
const waitingPerCustomer = 4;
/** How long one is asked to stay away where nothing passes. */
const shutMs = 5_000;
/** A query with less than so many usual times of an answer left would come back too late. */
const usualTimesLeft = 3;
/** One with so much time left is never too late: else an inside that was slow once would never be asked again. */
const enoughMs = 1_500;

/** A customer who never asked: no id is empty. */
const stranger = '';

interface Waiter {
  readonly asked: Asked;
  readonly answer: (turn: Turn) => void;
}

export function queryGate(budgets: OperationBudgets, rates: KeyedRates): QueryGate {
  const queues = new Map<string, FairQueue<Waiter>>();
  const queueOf = (operation: string): FairQueue<Waiter> => {
    const queue = queues.get(operation) ?? fairQueue<Waiter>(waitingPerCustomer);
    queues.set(operation, queue);
    return queue;
  };
  const refusalMs = (asked: Asked, now: Instant): number | undefined => {
    const state = budgets.state(asked.operation, now);
    if (state === undefined || !isOpenFor(state.passing, asked.lane)) return shutMs;
    const tooSoonMs = rateWaitMs(rates, asked, state, now);
    if (tooSoonMs > 0) return tooSoonMs;
    if (isTooLate(asked, state.usualMs, now)) return Math.ceil(state.usualMs);
    const queue = queueOf(asked.operation);
    const isFull = queue.length > 0 && queue.wouldTurnAway(asked.customer, mostWaiting(state));
    return isFull ? queueMs : undefined;
  };
  return {
    refusalMs,
    isFull: (operation, now) => {
      const state = budgets.state(operation, now);
      const queue = queues.get(operation);
      if (state === undefined || queue === undefined || queue.length === 0) return false;
      return queue.wouldTurnAway(stranger, mostWaiting(state));
    },
    waiting: (operation) => queues.get(operation)?.length ?? 0,
    enter: (asked, now, answer) => {
      const retryAfterMs = refusalMs(asked, now);
      const state = budgets.state(asked.operation, now);
      if (state === undefined || retryAfterMs !== undefined) {
        answer({ retryAfterMs: retryAfterMs ?? shutMs });
        return;
      }
      for (const { key, rate } of ratesOf(asked, state)) {
        rates.take(key, rate, state.grant.cost, now);
      }
      const waiting = { item: { asked, answer }, customer: asked.customer, cost: state.grant.cost };
      const left = queueOf(asked.operation).offer(waiting, mostWaiting(state));
      left?.item.answer({ retryAfterMs: queueMs });
    },
    serve: (now) => {
      const waits = [...queues].flatMap(([operation, queue]) =>
        serveQueue(budgets, operation, queue, now),
      );
      return waits.length === 0 ? undefined : Math.min(...waits);
    },
  };
}

/** Lets in as many as may go; answers when the next may, unless only a free place can tell. */
function serveQueue(
  budgets: OperationBudgets,
  operation: string,
  queue: FairQueue<Waiter>,
  now: Instant,
): number[] {
  for (let first = queue.first(); first !== undefined; first = queue.first()) {
    const { asked, answer } = first.item;
    const usualMs = budgets.state(operation, now)?.usualMs ?? 0;
    if (isTooLate(asked, usualMs, now)) {
      queue.next();
      answer({ retryAfterMs: Math.ceil(usualMs) });
      continue;
    }
    const place = budgets.take(operation, asked.lane, now);
    if ('why' in place && place.why === 'too-fast') return [place.retryAfterMs];
    if ('why' in place && place.why === 'no-place') return [];
    queue.next();
    answer(place);
  }
  return [];
}

const ratesOf = ({ customer, subnet, operation }: Asked, { grant }: BudgetState) => [
  { key: `${operation} ${customer}`, rate: grant.customer },
  ...(subnet === undefined ? [] : [{ key: subnet, rate: subnetRate }]),
];

const rateWaitMs = (rates: KeyedRates, asked: Asked, state: BudgetState, now: Instant): number =>
  Math.max(
    ...ratesOf(asked, state).map(({ key, rate }) => rates.waitMs(key, rate, state.grant.cost, now)),
  );

const isTooLate = ({ expiresAt }: Asked, usualMs: number, now: Instant): boolean =>
  expiresAt - now < Math.min(usualTimesLeft * usualMs, enoughMs);

const mostWaiting = ({ passing, grant }: BudgetState): number =>
  Math.max(1, Math.ceil((passing.rate.perSecond * queueMs) / 1_000 / grant.cost));
