import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import { cutConnection, readText } from '../../request-body.ts';
import type { Timers } from '../../timers.ts';
import type { Fault } from './create-faults.ts';
import type { Answer, IdempotencyKeys } from './idempotency.ts';
import { RequestForm } from './request-form.ts';
import { StripeProblem, invalidRequest } from './stripe-problem.ts';

const outage = {
  type: 'api_error',
  message: 'An unknown error occurred (the simulator was told to fail)',
} as const;

/** How every call of the API is taken: key, version, idempotency, ordered faults, errors as JSON. */
export class StripeCalls {
  readonly #secretKey: string;
  readonly #keys: IdempotencyKeys;
  readonly #timers: Timers;

  constructor(secretKey: string, keys: IdempotencyKeys, timers: Timers) {
    this.#secretKey = secretKey;
    this.#keys = keys;
    this.#timers = timers;
  }

  /** Answers a GET. */
  async read(ctx: Context, work: (query: RequestForm) => unknown): Promise<void> {
    await this.#answering(ctx, () => {
      this.#admit(ctx);
      write(ctx, { status: 200, body: work(new RequestForm(ctx.querystring)) });
      return Promise.resolve();
    });
  }

  /** Answers a POST: the work is done once per idempotency key. */
  async change(
    ctx: Context,
    work: (form: RequestForm) => unknown,
    takeFault: () => Fault | undefined = () => undefined,
  ): Promise<void> {
    await this.#answering(ctx, async () => {
      this.#admit(ctx);
      const text = await readText(ctx);
      const fault = takeFault();
      const answer = await this.#once(ctx, text, work, fault);

      if (fault?.fault === 'hang-after-effect') await this.#timers.sleep(fault.delayMs);
      if (fault?.fault === 'reset-after-effect') return cutConnection(ctx);
      if (answer === undefined) return cutConnection(ctx);
      write(ctx, answer);
    });
  }

  async #once(
    ctx: Context,
    text: string,
    work: (form: RequestForm) => unknown,
    fault: Fault | undefined,
  ): Promise<Answer | undefined> {
    const key = ctx.get('idempotency-key');
    const known = key && this.#keys.begin(key, `POST ${ctx.path}`, text);
    if (known) {
      ctx.set('idempotent-replayed', 'true');
      return known;
    }
    try {
      if (fault?.fault === 'reset-before-effect') {
        this.#keys.release(key);
        return undefined;
      }
      await this.#failBefore(fault);
      const done: Answer = { status: 200, body: work(new RequestForm(text)) };
      const answer =
        fault?.fault === '500-after-effect' ? { status: 500, body: { error: outage } } : done;
      this.#keys.finish(key, answer);
      return answer;
    } catch (error) {
      // Nothing was done, so nothing is remembered: the same key may be tried again.
      this.#keys.release(key);
      throw error;
    }
  }

  async #failBefore(fault: Fault | undefined): Promise<void> {
    if (fault?.fault === 'hang-before-effect') await this.#timers.sleep(fault.delayMs);
    if (fault?.fault === '500-before-effect') throw new StripeProblem(500, outage);
    if (fault?.fault === '429') {
      const message = 'Request rate limit exceeded (the simulator was told so)';
      throw new StripeProblem(429, { type: 'rate_limit_error', code: 'rate_limit', message });
    }
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

function write(ctx: Context, { status, body }: Answer): void {
  ctx.status = status;
  ctx.body = body;
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
