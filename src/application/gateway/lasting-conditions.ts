import type { Watched } from '../../domain/protection/detectors/watched.ts';
import { type Instant, second } from '../../domain/time.ts';
import type { BudgetState } from './operation-budgets.ts';

/** Share of the places of a grant that counts as all of it. */
const exhaustedShare = 0.9;
/** Grants come every five seconds: so long without one, two were missed. */
const lateMs = 12 * second;
/** And so long without one, the inside has missed its turn. */
const silentMs = 7 * second;

type Condition = Extract<Watched, { readonly kind: 'condition' }>;

/** Our own trouble as the watch is told of it, again and again: whether it holds now. `grantedAt`: of the last grant. */
export const lastingConditions = (
  states: readonly BudgetState[],
  grantedAt: Instant,
  now: Instant,
): Condition[] => {
  const inside = (detector: Condition['detector'], holds: boolean): Condition => ({
    kind: 'condition',
    at: now,
    detector,
    target: 'inside',
    holds,
  });
  return [
    ...states.map(({ grant, limits, underWay }) => ({
      ...inside('grant-exhausted', underWay >= Math.max(1, limits.concurrency * exhaustedShare)),
      target: grant.operation,
    })),
    inside('grant-late', now - grantedAt > lateMs),
    inside('connector-silent', now - grantedAt > silentMs),
  ];
};
