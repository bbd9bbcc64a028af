import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import { answerWithFault, write } from '../../faulty-call.ts';
import type { Answer } from '../../faulty-call.ts';
import type { Faults, FaultyCall } from '../../faults.ts';
import { parseJson, readText } from '../../request-body.ts';
import type { Timers } from '../../timers.ts';
import { QiwiProblem } from './qiwi-problem.ts';

/** How every call of the API is taken: key, media types, ordered faults, errors as JSON. */
export class QiwiCalls {
  readonly #secretKey: string;
  readonly #faults: Faults;
  readonly #timers: Timers;

  constructor(secretKey: string, faults: Faults, timers: Timers) {
    this.#secretKey = secretKey;
    this.#faults = faults;
    this.#timers = timers;
  }

  /** Answers a call without a body. */
  async plain(ctx: Context, kind: FaultyCall, work: () => unknown): Promise<void> {
    await this.#answering(ctx, async () => {
      this.#admit(ctx);
      await this.#answer(ctx, kind, work);
    });
  }

  /** Answers a call with a JSON object in it. */
  async withJson(ctx: Context, kind: FaultyCall, work: (json: object) => unknown): Promise<void> {
    await this.#answering(ctx, async () => {
      this.#admit(ctx);
      const text = await readText(ctx);
      if (!ctx.is('application/json')) {
        throw new QiwiProblem('http.media.type.not.supported', 'send application/json');
      }
      const json = parseJson(text);
      if (typeof json !== 'object' || json === null || Array.isArray(json)) {
        throw new QiwiProblem('http.message.conversion.failed', 'the body is not a JSON object');
      }
      await this.#answer(ctx, kind, () => work(json));
    });
  }

  /** Refuses a call that is none of the API's. */
  async refuse(ctx: Context, problem: QiwiProblem): Promise<void> {
    await this.#answering(ctx, () => {
      this.#admit(ctx);
      throw problem;
    });
  }

  #admit(ctx: Context): void {
    if (!isSame(ctx.get('authorization'), `Bearer ${this.#secretKey}`)) {
      throw new QiwiProblem('auth.unauthorized', 'the secret key is wrong');
    }
    if (ctx.accepts('application/json') === false) {
      throw new QiwiProblem('http.media.type.not.acceptable', 'accept application/json');
    }
  }

  async #answer(ctx: Context, kind: FaultyCall, work: () => unknown): Promise<void> {
    const now = this.#timers.now();
    const faultAnswers = {
      broken: new QiwiProblem('internal.error', 'the simulator was told to fail').answer(now),
      tooMany: new QiwiProblem('internal.invoicing.api.error', 'too many requests').answer(now),
    };
    const fault = this.#faults.take(kind);
    await answerWithFault(ctx, fault, faultAnswers, this.#timers, () => this.#done(work));
  }

  #done(work: () => unknown): Answer {
    try {
      return { status: 200, body: work() };
    } catch (error) {
      return this.#refused(error);
    }
  }

  async #answering(ctx: Context, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      write(ctx, this.#refused(error));
    }
  }

  #refused(error: unknown): Answer {
    if (!(error instanceof QiwiProblem)) throw error;
    return error.answer(this.#timers.now());
  }
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
