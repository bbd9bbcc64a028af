import { createHash } from 'node:crypto';
import { BoundedMap } from '../../bounded-map.ts';
import type { Answer } from '../../faulty-call.ts';
import { invalidRequest } from './yookassa-problem.ts';

const KEY_LIMIT = 10_000;
const REMEMBERED_MS = 24 * 60 * 60_000;

interface Known {
  readonly request: string;
  readonly answer: Answer;
  readonly since: number;
}

/** Remembers for a day what was first done under each key. A refusal is not remembered: nothing was done. */
export class IdempotenceKeys {
  readonly #known = new BoundedMap<string, Known>(KEY_LIMIT);

  /** Does the work, or gives the answer of the first time. Throws a 400 problem when the key came with another request. */
  once(key: string, path: string, body: string, now: number, work: () => Answer): Answer {
    const request = createHash('sha256').update(`${path}\n${body}`).digest('hex');
    const known = this.#known.get(key);
    if (known !== undefined && known.since + REMEMBERED_MS > now) {
      if (known.request === request) return known.answer;
      throw invalidRequest('the key was used for another request', 'Idempotence-Key');
    }
    const answer = work();
    this.#known.set(key, { request, answer, since: now });
    return answer;
  }
}
