import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { LimitAnswer, Limiter, LimitName } from '../../application/ports/limiter.ts';

type Limits = Readonly<Record<LimitName, { readonly tries: number; readonly windowMs: number }>>;

/** Counts tries in this process: for tests and for programs that run alone. */
export class MemoryLimiter implements Limiter {
  readonly #limits: Limits;
  readonly #counters = new Map<LimitName, RateLimiterMemory>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  async spend(limit: LimitName, key: string): Promise<LimitAnswer> {
    const counter = this.#counters.get(limit) ?? this.#open(limit);
    return counter.consume(key).then((): LimitAnswer => ({ allowed: true }), refusal);
  }

  #open(limit: LimitName): RateLimiterMemory {
    const { tries, windowMs } = this.#limits[limit];
    const counter = new RateLimiterMemory({ points: tries, duration: windowMs / 1_000 });
    this.#counters.set(limit, counter);
    return counter;
  }
}

function refusal(reason: unknown): LimitAnswer {
  if (!(reason instanceof RateLimiterRes)) throw reason;
  return { allowed: false, retryAfterMs: reason.msBeforeNext };
}
