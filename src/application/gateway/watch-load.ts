import type { Instant } from '../../domain/time.ts';
import type { TrafficCounts } from './count-traffic.ts';
import { addSample, type LoadPoint, loadPoints, type LoadSample } from './load-history.ts';
import type { BudgetState, OperationBudgets } from './operation-budgets.ts';
import type { QueryGate } from './query-gate.ts';

/** How one operation fares, for people. */
export interface OperationLoad extends BudgetState {
  /** Whether the grant ran out and the safe limits hold. */
  readonly isSafe: boolean;
  readonly waiting: number;
  /** The last ten minutes. */
  readonly points: readonly LoadPoint[];
}

export interface LoadWatch {
  /** To be called every `sampleEveryMs`. */
  sample(now: Instant): void;
  /** By operation. */
  look(now: Instant): readonly OperationLoad[];
}

/** Remembers the load of the last ten minutes beside what was granted; in memory. */
export function watchLoad(
  budgets: OperationBudgets,
  gate: Pick<QueryGate, 'waiting'>,
  counts: Pick<TrafficCounts, 'of'>,
): LoadWatch {
  const histories = new Map<string, readonly LoadSample[]>();
  return {
    sample: (now) => {
      for (const { grant, limits } of budgets.states(now)) {
        const { operation, cost } = grant;
        const grantedPerSecond = limits.rate.perSecond / cost;
        const sample = { at: now, ...counts.of(operation), grantedPerSecond };
        histories.set(operation, addSample(histories.get(operation) ?? [], sample));
      }
    },
    look: (now) =>
      budgets
        .states(now)
        .map((state) => ({
          ...state,
          isSafe: now >= state.grant.expiresAt,
          waiting: gate.waiting(state.grant.operation),
          points: loadPoints(histories.get(state.grant.operation) ?? []),
        }))
        .toSorted((a, b) => (a.grant.operation < b.grant.operation ? -1 : 1)),
  };
}
