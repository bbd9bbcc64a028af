import { createHash } from 'node:crypto';
import { BoundedMap } from '../../bounded-map.ts';
import type { Answer } from '../../faulty-call.ts';
import { StripeProblem, invalidRequest } from './stripe-problem.ts';

const KEY_LIMIT = 20_000;

interface Known {
  readonly request: string;
  /** Absent while the first request is still running. */
  answer: Answer | undefined;
}

/** Remembers the first answer given under each idempotency key, a 500 included. */
export class IdempotencyKeys {
  readonly #known = new BoundedMap<string, Known>(KEY_LIMIT);

  /**
   * Returns the answer to replay, or undefined when the key is new and now running. Throws 400 when
   * the key came with other parameters, 409 while the first request is running.
   */
  begin(key: string, endpoint: string, parameters: string): Answer | undefined {
    if (key.length > 255) throw invalidRequest('Idempotency-Key is longer than 255 characters');
    const request = createHash('sha256').update(`${endpoint}\n${parameters}`).digest('hex');
    const known = this.#known.get(key);
    if (known === undefined) {
      this.#known.set(key, { request, answer: undefined });
      return undefined;
    }
    if (known.request !== request) throw otherParameters(key);
    if (known.answer === undefined) throw stillRunning();
    return known.answer;
  }

  finish(key: string, answer: Answer): void {
    const known = this.#known.get(key);
    if (known !== undefined) known.answer = answer;
  }

  /** Forgets a key whose request never got as far as having an effect. */
  release(key: string): void {
    this.#known.delete(key);
  }
}

function otherParameters(key: string): StripeProblem {
  return new StripeProblem(400, {
    type: 'idempotency_error',
    message:
      `Keys for idempotent requests can only be used with the same parameters they were first ` +
      `used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}

function stillRunning(): StripeProblem {
  return new StripeProblem(409, {
    type: 'invalid_request_error',
    code: 'idempotency_key_in_use',
    message:
      'There is currently another in-progress request using this Idempotency-Key ' +
      '(that probably means you submitted twice, and the other request is still going through)',
  });
}
