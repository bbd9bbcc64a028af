import { invalidRequest } from './yookassa-problem.ts';

/** The parameters of a query, each given at most once. */
export class ListQuery {
  readonly #parameters = new Map<string, string>();

  constructor(encoded: string) {
    for (const [name, value] of new URLSearchParams(encoded)) {
      if (this.#parameters.has(name)) throw invalidRequest('it is given twice', name);
      this.#parameters.set(name, value);
    }
  }

  /** Refuses every name the list does not know. */
  allowOnly(known: readonly RegExp[]): void {
    for (const name of this.#parameters.keys()) {
      if (!known.some((pattern) => pattern.test(name))) {
        throw invalidRequest('there is no such parameter', name);
      }
    }
  }

  text(name: string): string | undefined {
    return this.#parameters.get(name);
  }

  /** One of the given words, if given. */
  choice<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.text(name);
    const word = words.find((each) => each === value);
    if (value === undefined || word !== undefined) return word;
    throw invalidRequest(`it is not one of ${words.join(', ')}`, name);
  }

  /** How many are asked for. */
  limit(): number {
    const text = this.text('limit') ?? '10';
    const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    if (limit >= 1 && limit <= 100) return limit;
    throw invalidRequest('it is not a whole number from 1 to 100', 'limit');
  }

  /** Whether a moment is within what `name.gte`, `.gt`, `.lte` and `.lt` ask for. What has no moment is within nothing. */
  within(name: string): (ms: number | undefined) => boolean {
    const [from, above] = [this.#moment(`${name}.gte`), this.#moment(`${name}.gt`)];
    const [to, below] = [this.#moment(`${name}.lte`), this.#moment(`${name}.lt`)];
    const isAsked = [from, above, to, below].some((each) => each !== undefined);
    return (ms) => {
      if (ms === undefined) return !isAsked;
      if (ms < (from ?? -Infinity) || ms <= (above ?? -Infinity)) return false;
      return ms <= (to ?? Infinity) && ms < (below ?? Infinity);
    };
  }

  /** Everything under `prefix[…]`. */
  group(prefix: string): [name: string, value: string][] {
    return [...this.#parameters]
      .filter(([name]) => name.startsWith(`${prefix}[`) && name.endsWith(']'))
      .map(([name, value]) => [name.slice(prefix.length + 1, -1), value]);
  }

  #moment(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const isIso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text);
    const ms = isIso ? Date.parse(text) : NaN;
    if (Number.isNaN(ms)) throw invalidRequest('it is not a moment in UTC', name);
    return ms;
  }
}
