import { invalidRequest } from './stripe-problem.ts';

/** A form-encoded request with bracketed names, read by full name: `metadata[payment_id]`. */
export class RequestForm {
  readonly #fields = new Map<string, string>();

  /** Throws a 400 problem on a name given twice. */
  constructor(encoded: string) {
    for (const [name, value] of new URLSearchParams(encoded)) {
      if (this.#fields.has(name) && !name.endsWith('[]')) {
        throw invalidRequest(`Parameter given twice: ${name}`, name);
      }
      this.#fields.set(name, value);
    }
  }

  names(): string[] {
    return [...this.#fields.keys()];
  }

  /** The text under the name; an empty one counts as absent. */
  text(name: string): string | undefined {
    return this.#fields.get(name) || undefined;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) {
      throw invalidRequest(`Missing required param: ${name}.`, name, 'parameter_missing');
    }
    return value;
  }

  /** A whole number that is not negative, if given. */
  whole(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const whole = /^\d{1,12}$/.test(value) ? Number(value) : undefined;
    if (whole === undefined) {
      throw invalidRequest(`Invalid integer: ${value}`, name, 'parameter_invalid_integer');
    }
    return whole;
  }

  /** One of the given words, if given. */
  choice<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.text(name);
    const word = words.find((each) => each === value);
    if (value !== undefined && word === undefined) {
      throw invalidRequest(`Invalid ${name}: must be one of ${words.join(', ')}`, name);
    }
    return word;
  }

  /** Everything under `prefix[…]`, as metadata is written. */
  group(prefix: string): Record<string, string> {
    const found: [string, string][] = [];
    for (const [name, value] of this.#fields) {
      if (!name.startsWith(`${prefix}[`) || !name.endsWith(']')) continue;
      found.push([name.slice(prefix.length + 1, -1), value]);
    }
    return Object.fromEntries(found);
  }

  /** Refuses every name the endpoint does not know, as the real API does. */
  allowOnly(known: readonly RegExp[]): void {
    const stranger = this.names().find((name) => !known.some((pattern) => pattern.test(name)));
    if (stranger !== undefined) {
      throw invalidRequest(
        `Received unknown parameter: ${stranger}`,
        stranger,
        'parameter_unknown',
      );
    }
  }
}
