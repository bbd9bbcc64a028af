import type { LimitAnswer, Limiter, LimitName } from '../ports/limiter.ts';

/** Spends one try of each limit, in their order; answers at the first that allows no more. */
export async function spendTries(
  limiter: Limiter,
  ...tries: readonly (readonly [limit: LimitName, key: string])[]
): Promise<LimitAnswer> {
  for (const [limit, key] of tries) {
    const answer = await limiter.spend(limit, key);
    if (!answer.allowed) return answer;
  }
  return { allowed: true };
}
