import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import { answerWithFault, write } from '../../faulty-call.ts';
import type { Answer, FaultAnswers } from '../../faulty-call.ts';
import type { Fault, Faults, FaultyCall } from '../../faults.ts';
import { readText } from '../../request-body.ts';
import type { Timers } from '../../timers.ts';
import type { IdempotencyKeys } from './idempotency.ts';
import { RequestForm } from './request-form.ts';
import { StripeProblem, invalidRequest } from './stripe-problem.ts';
import type { StripeProblemDetails } from './stripe-problem.ts';

const outage: StripeProblemDetails = {
  type: 'api_error',
  message: 'An unknown error occurred (the simulator was told to fail)',
};
const tooMany: StripeProblemDetails = {
  type: 'rate_limit_error',
  code: 'rate_limit',
  message: 'Request rate limit exceeded (the simulator was told so)',
};
const faultAnswers: FaultAnswers = {
  broken: { status: 500, body: { error: outage } },
  tooMany: { status: 429, body: { error: tooMany } },
};

/** How every call of the API is taken: key, version, idempotency, ordered faults, errors as JSON. */
export class StripeCalls {
  readonly #secretKey: string;
  readonly #keys: IdempotencyKeys;
  readonly #faults: Faults;
  readonly #timers: Timers;

  constructor(secretKey: string, keys: IdempotencyKeys, faults: Faults, timers: Timers) {
    this.#secretKey = secretKey;
    this.#keys = keys;
    this.#faults = faults;
    this.#timers = timers;
  }

  /** Answers a GET. */
  async read(ctx: Context, kind: FaultyCall, work: (query: RequestForm) => unknown): Promise<void> {
    await this.#answering(ctx, async () => {
      this.#admit(ctx);
      const fault = this.#faults.take(kind);
      await this.#answer(ctx, fault, () => {
        return { status: 200, body: work(new RequestForm(ctx.querystring)) };
      });
    });
  }

  /** Answers a POST: the work is done once per idempotency key. */
  async change(
    ctx: Context,
    kind: FaultyCall,
    work: (form: RequestForm) => unknown,
  ): Promise<void> {
    await this.#answering(ctx, async () => {
      this.#admit(ctx);
      const text = await readText(ctx);
      const fault = this.#faults.take(kind);
      const key = ctx.get('idempotency-key');
      const known = key === '' ? undefined : this.#keys.begin(key, `POST ${ctx.path}`, text);
      if (known === undefined)
        return this.#first(ctx, key, fault, () => work(new RequestForm(text)));
      ctx.set('idempotent-replayed', 'true');
      await this.#answer(ctx, fault, () => known);
    });
  }

  /** Does the work and remembers the answer; where nothing was done the same key may be tried again. */
  async #first(
    ctx: Context,
    key: string,
    fault: Fault | undefined,
    work: () => unknown,
  ): Promise<void> {
    let isDone = false;
    try {
      await this.#answer(ctx, fault, () => {
        const done: Answer = { status: 200, body: work() };
        isDone = true;
        // A 500 is an answer like any other: given after the effect, it is what the key brings from now on.
        const isLost = fault?.fault === '500-after-effect';
        this.#keys.finish(key, isLost ? faultAnswers.broken : done);
        return done;
      });
    } finally {
      if (!isDone) this.#keys.release(key);
    }
  }

  #answer(ctx: Context, fault: Fault | undefined, effect: () => Answer): Promise<void> {
    return answerWithFault(ctx, fault, faultAnswers, this.#timers, effect);
  }

  #admit(ctx: Context): void {
    ctx.set('request-id', `req_${randomBytes(8).toString('hex')}`);
    if (!isSame(ctx.get('authorization'), `Bearer ${this.#secretKey}`)) {
      const message = 'Invalid API Key provided';
      throw new StripeProblem(401, { type: 'invalid_request_error', message });
    }
    if (ctx.get('stripe-version') === '') {
      throw invalidRequest('The header Stripe-Version is missing');
    }
  }

  async #answering(ctx: Context, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof StripeProblem)) throw error;
      write(ctx, { status: error.status, body: { error: error.details } });
    }
  }
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
