import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import { answerWithFault, write } from '../../faulty-call.ts';
import type { Answer, FaultAnswers } from '../../faulty-call.ts';
import type { Faults, FaultyCall } from '../../faults.ts';
import { parseJson, readText } from '../../request-body.ts';
import type { Timers } from '../../timers.ts';
import type { ShopTerms } from '../shop-terms.ts';
import { IdempotenceKeys } from './idempotence-keys.ts';
import { ListQuery } from './list-query.ts';
import { YookassaProblem, invalidRequest, outage, problemAnswer } from './yookassa-problem.ts';
import { tooMany, wrongCredentials } from './yookassa-problem.ts';

/** When to come again for an answer that is still being worked on. */
const PROCESSING_RETRY_MS = 1_800;

/** How every call of the API is taken: credentials, idempotence, ordered faults, errors as JSON. */
export class YookassaCalls {
  readonly #credentials: string;
  readonly #faults: Faults;
  readonly #timers: Timers;
  readonly #keys = new IdempotenceKeys();
  #processingLeft = 0;

  constructor({ shopId, secretKey }: ShopTerms, faults: Faults, timers: Timers) {
    const pair = Buffer.from(`${shopId}:${secretKey}`, 'utf8');
    this.#credentials = `Basic ${pair.toString('base64')}`;
    this.#faults = faults;
    this.#timers = timers;
  }

  /** Answers the next changing calls as in former times: 202, to be asked again with the same key. */
  processNext(times: number): void {
    this.#processingLeft = times;
  }

  /** Answers a GET. */
  read(ctx: Context, kind: FaultyCall, work: (query: ListQuery) => unknown): Promise<void> {
    return this.#answering(ctx, () => {
      const effect = () => ({ status: 200, body: work(new ListQuery(ctx.querystring)) });
      return this.#answer(ctx, kind, effect);
    });
  }

  /** Answers a POST: the work is done once per idempotence key. */
  change(ctx: Context, kind: FaultyCall, work: (body: unknown) => unknown): Promise<void> {
    return this.#answering(ctx, async () => {
      const key = idempotenceKeyOf(ctx);
      if (!/^application\/json *(;|$)/i.test(ctx.get('content-type'))) {
        throw new YookassaProblem(415, { description: 'the content type is not application/json' });
      }
      const text = await readText(ctx);
      await this.#answer(ctx, kind, () => {
        // The key is looked up with the effect, so that a call that hangs before it is not done twice.
        const done = this.#keys.once(key, ctx.path, text, this.#timers.now(), () => {
          return { status: 200, body: JSON.stringify(work(jsonObject(text))), type: 'json' };
        });
        return this.#processingLeft > 0 ? this.#processing() : done;
      });
    });
  }

  /** Refuses a call that is not there, to whoever may call at all. */
  refuse(ctx: Context, problem: YookassaProblem): Promise<void> {
    return this.#answering(ctx, () => Promise.reject(problem));
  }

  #processing(): Answer {
    this.#processingLeft -= 1;
    return { status: 202, body: { type: 'processing', retry_after: PROCESSING_RETRY_MS } };
  }

  #answer(ctx: Context, kind: FaultyCall, effect: () => Answer): Promise<void> {
    const answers: FaultAnswers = {
      broken: problemAnswer(outage()),
      tooMany: problemAnswer(tooMany()),
    };
    return answerWithFault(ctx, this.#faults.take(kind), answers, this.#timers, effect);
  }

  async #answering(ctx: Context, work: () => Promise<void>): Promise<void> {
    try {
      if (!isSame(ctx.get('authorization'), this.#credentials)) throw wrongCredentials();
      await work();
    } catch (error) {
      if (!(error instanceof YookassaProblem)) throw error;
      write(ctx, problemAnswer(error));
    }
  }
}

function idempotenceKeyOf(ctx: Context): string {
  const key = ctx.get('idempotence-key');
  if (/^[\dA-Za-z+\-_.]{1,64}$/.test(key)) return key;
  throw invalidRequest('it is 1–64 of digits, Latin letters, + - _ .', 'Idempotence-Key');
}

function jsonObject(text: string): object {
  const json = parseJson(text);
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  throw invalidRequest('the body is not a JSON object');
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
