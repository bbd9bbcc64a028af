import { z } from 'zod';
import { minorOf } from '../bill-amount.ts';
import type { BillWish } from '../bill.ts';
import { notValid } from './qiwi-problem.ts';

const FURTHEST_DAYS = 45;
const DAY_MS = 24 * 60 * 60_000;
/** More fields of its own than any shop needs: it bounds what a bill may cost. */
const MOST_FIELDS = 50;

const short = z.string().max(255);
const amountShape = z.object({
  currency: z.enum(['RUB', 'KZT']),
  value: z.union([z.string(), z.number()]).transform((value, ctx) => {
    const minor = minorOf(value);
    if (minor !== undefined) return minor;
    ctx.addIssue('is not a sum of at most six digits before the point');
    return z.NEVER;
  }),
});
const billShape = z
  .object({
    amount: amountShape,
    expirationDateTime: z.iso
      .datetime({ offset: true, precision: 0 })
      .regex(/[+-]\d\d:\d\d$/, 'has no zone'),
    comment: short.optional(),
    customer: z
      .object({ phone: short.optional(), email: short.optional(), account: short.optional() })
      .optional(),
    customFields: z
      .record(short, short)
      .refine((fields) => Object.keys(fields).length <= MOST_FIELDS, 'are too many')
      .optional(),
  })
  .transform(({ amount, expirationDateTime, comment, customer, customFields }): BillWish => ({
    amountMinor: amount.value,
    currency: amount.currency,
    expiresAt: Date.parse(expirationDateTime),
    comment,
    customer,
    customFields,
  }));
const refundShape = z.object({ amount: amountShape });

/** Reads what the shop wants a bill for. */
export const billWish = (json: unknown): BillWish => parse(billShape, json);

/** Reads how much is to go back. */
export function refundWish(json: unknown): { amountMinor: number; currency: string } {
  const { amount } = parse(refundShape, json);
  return { amountMinor: amount.value, currency: amount.currency };
}

/** A new bill must be payable for a while, but not for ever. */
export function mustExpireInTime({ expiresAt }: BillWish, now: number): void {
  if (expiresAt <= now) throw notValid('expirationDateTime: is over already');
  if (expiresAt > now + FURTHEST_DAYS * DAY_MS) {
    throw notValid(`expirationDateTime: is more than ${FURTHEST_DAYS} days ahead`);
  }
}

function parse<T>(shape: z.ZodType<T>, json: unknown): T {
  const parsed = shape.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'is not valid' };
  throw notValid(`${path.join('.')}: ${message}`);
}
