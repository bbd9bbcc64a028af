import { z } from 'zod';

const RULE_LIMIT = 1_000;

const actionShape = z.strictObject({
  /** Refuse with this status of the operator. */
  status: z
    .string()
    .regex(/^[1-9]\d?$/)
    .optional(),
  /** Answer with this HTTP status and no JSON. */
  http: z.number().int().min(400).max(599).optional(),
  /** Take the message, then answer this much later. */
  hangMs: z.number().int().min(0).max(600_000).optional(),
  /** Cut the connection before or after the message is taken. */
  reset: z.enum(['before', 'after']).optional(),
});

export const ruleShape = z.strictObject({
  /** The last digits of `to`; every number when absent. */
  match: z.string().regex(/^\d*$/).default(''),
  /** How many messages it holds for; until the reset when absent. */
  times: z.number().int().min(1).optional(),
  action: actionShape,
});
export type SmsRule = z.output<typeof ruleShape>;
export type SmsAction = z.output<typeof actionShape>;

/** The trouble ordered for certain numbers; the newest matching rule wins. */
export class SmsRules {
  #rules: { readonly rule: SmsRule; left: number }[] = [];

  add(rule: SmsRule): void {
    this.#rules.unshift({ rule, left: rule.times ?? Infinity });
    this.#rules = this.#rules.slice(0, RULE_LIMIT);
  }

  /** Takes the action for this number, and uses it up by one. */
  take(to: string): SmsAction {
    const found = this.#rules.find(({ rule }) => to.endsWith(rule.match));
    if (found === undefined) return {};
    found.left -= 1;
    if (found.left <= 0) this.#rules = this.#rules.filter((each) => each !== found);
    return found.rule.action;
  }

  clear(): void {
    this.#rules = [];
  }

  get count(): number {
    return this.#rules.length;
  }
}
