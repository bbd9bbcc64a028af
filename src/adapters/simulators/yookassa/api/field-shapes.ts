import { z } from 'zod';
import type { ZodType } from 'zod';
import { currencies, minorOf } from '../money-text.ts';
import type { ShopTerms } from '../shop-terms.ts';
import { invalidRequest } from './yookassa-problem.ts';

/** A sum above zero in a currency of the schema. */
export const moneyShape = z.strictObject({
  value: z.string().transform((value, ctx) => {
    const minor = minorOf(value);
    if (minor !== undefined && minor > 0) return minor;
    ctx.addIssue('it is not a sum above zero with two decimals');
    return z.NEVER;
  }),
  currency: z.enum(currencies),
});
export type MoneyField = z.output<typeof moneyShape>;

/** Text of so many characters, none of them half of a surrogate pair. */
export const textOf = (most: number) =>
  z
    .string()
    .refine((text) => [...text].length <= most, `it is longer than ${most} characters`)
    .refine((text) => text.isWellFormed(), 'it holds half a character');

export const metadataShape = z
  .record(z.string().min(1).max(32), z.string().max(512))
  .refine((pairs) => Object.keys(pairs).length <= 16, 'it has more than 16 keys');

/** Reads a body of the given shape; throws a 400 problem that names the field. */
export function parse<Request>(shape: ZodType<Request>, body: unknown): Request {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;

  const issue = parsed.error.issues[0];
  const path = [...(issue?.path ?? [])];
  if (issue?.code === 'unrecognized_keys') path.push(...issue.keys.slice(0, 1));
  throw invalidRequest(issue?.message ?? 'it is not valid', path.join('.'));
}

/** Refuses a sum in another currency than the shop’s. */
export function inShopCurrency(amount: MoneyField, { currency }: ShopTerms): number {
  if (amount.currency === currency) return amount.value;
  throw invalidRequest(`the shop takes ${currency}`, 'amount.currency');
}
