import type { FormField } from '../text/form-text.ts';

/** Why a form is not taken; shown to the payer, who can do nothing about it. */
export class FormProblem extends Error {}

/** The fields of the protocol in a form; none of them may come twice. */
export class LmiFields {
  readonly #values = new Map<string, string>();

  constructor(fields: readonly FormField[]) {
    for (const [name, value] of fields) {
      if (!name.startsWith('LMI_')) continue;
      if (this.#values.has(name)) throw new FormProblem(`${name} comes twice`);
      this.#values.set(name, value);
    }
  }

  /** The value; undefined when it is absent or empty. */
  optional(name: string): string | undefined {
    return this.#values.get(name) || undefined;
  }

  required(name: string): string {
    const value = this.optional(name);
    if (value === undefined) throw new FormProblem(`${name} is missing`);
    return value;
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.optional(name);
    const choice = choices.find((each) => each === value);
    if (value !== undefined && choice === undefined) {
      throw new FormProblem(`${name} is none of ${choices.join(', ')}`);
    }
    return choice;
  }

  /** An address of at most 255 characters. */
  url(name: string): string | undefined {
    const value = this.optional(name);
    if (value === undefined) return undefined;
    const isUrl = /^https?:\/\//.test(value) && URL.canParse(value);
    if (value.length > 255 || !isUrl) throw new FormProblem(`${name} is not an address`);
    return value;
  }
}
