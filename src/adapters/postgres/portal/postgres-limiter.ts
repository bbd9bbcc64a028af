import { createHash } from 'node:crypto';
import type pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { LimitAnswer, Limiter, LimitName } from '../../../application/ports/limiter.ts';
import { Outage } from '../../../application/ports/outage.ts';

type Limits = Readonly<Record<LimitName, { readonly tries: number; readonly windowMs: number }>>;

/**
 * The table of all counters, in the order of columns the package writes in. `expire` is a float because our
 * pools read a bigint as BigInt, which the package cannot subtract; milliseconds fit exactly until the year 287396.
 */
export const limiterTable = `CREATE TABLE limiter (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire double precision
);
CREATE INDEX limiter_expire ON limiter (expire);`;

/** Counts tries in one table for all processes: one atomic statement a try. */
export class PostgresLimiter implements Limiter {
  readonly #pool: pg.Pool;
  readonly #limits: Limits;
  readonly #counters = new Map<LimitName, RateLimiterPostgres>();

  constructor(pool: pg.Pool, limits: Limits) {
    this.#pool = pool;
    this.#limits = limits;
  }

  async spend(limit: LimitName, key: string): Promise<LimitAnswer> {
    const counter = this.#counters.get(limit) ?? this.#open(limit);
    return counter.consume(digest(key)).then((): LimitAnswer => ({ allowed: true }), refusal);
  }

  #open(limit: LimitName): RateLimiterPostgres {
    const { tries, windowMs } = this.#limits[limit];
    const counter = new RateLimiterPostgres({
      storeClient: this.#pool,
      storeType: 'pool',
      tableName: 'limiter',
      tableCreated: true,
      keyPrefix: limit,
      points: tries,
      duration: windowMs / 1_000,
      // Old rows of all limits lie in the one table, so one counter sweeps them.
      clearExpiredByTimeout: this.#counters.size === 0,
    });
    this.#counters.set(limit, counter);
    return counter;
  }
}

// Logins and addresses are personal, and may be longer than a key.
const digest = (key: string): string => createHash('sha256').update(key).digest('base64url');

function refusal(reason: unknown): LimitAnswer {
  if (reason instanceof RateLimiterRes) {
    return { allowed: false, retryAfterMs: reason.msBeforeNext };
  }
  throw new Outage('tries cannot be counted now', { cause: reason });
}
