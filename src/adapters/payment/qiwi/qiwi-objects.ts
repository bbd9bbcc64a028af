import { z } from 'zod';

/** A sum; its value is text here however it came, since a number of JavaScript would not keep it. */
const amountShape = z.object({ value: z.string().max(40), currency: z.string().max(10) });

export const billShape = z.object({
  siteId: z.string().max(200),
  billId: z.string().min(1).max(200),
  amount: amountShape,
  status: z.object({
    value: z.string().max(40),
    changedDateTime: z.string().optional().catch(undefined),
    /** What older editions call it. */
    datetime: z.string().optional().catch(undefined),
  }),
  expirationDateTime: z.string().optional().catch(undefined),
  payUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .catch(undefined),
});
export type QiwiBill = z.output<typeof billShape>;

export const refundShape = z.object({
  refundId: z.string().min(1).max(200),
  amount: amountShape,
  status: z.string().max(40),
});
export type QiwiRefund = z.output<typeof refundShape>;

export const errorShape = z.object({ errorCode: z.string().max(80) });

/** Reads JSON, keeping the digits of a `value` written as a number; undefined for what is no JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text, digitsOfValues);
  } catch {
    return undefined;
  }
}

const digitsOfValues = (key: string, value: unknown, seen?: { readonly source?: string }) =>
  key === 'value' && typeof value === 'number' ? (seen?.source ?? '') : value;
