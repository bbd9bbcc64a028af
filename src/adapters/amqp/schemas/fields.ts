import { z } from 'zod';
import { isCurrency } from '../../../domain/currency.ts';
import { isId } from '../../../domain/ids.ts';
import { parseDay, parseInstant } from '../../../domain/time.ts';

/** One of our ids: a UUID in lower case. */
export const idField = z.string().max(36).refine(isId);
/** ISO 8601 with a zone. */
export const timeField = z
  .string()
  .max(32)
  .refine((text) => parseInstant(text) !== undefined);
export const dayField = z
  .string()
  .max(10)
  .refine((text) => parseDay(text) !== undefined);
/** What breaks screens and printers; line breaks and tabs are text. The same an import refuses. */
const invisible = /[\p{Cc}--[\t\n\r\u0080-\u009f]]/v;
/** Text for people. */
export const textField = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((text) => !invisible.test(text));
export const versionField = z.number().int().nonnegative();

const currency = z.string().max(3).refine(isCurrency);
/** Whole smallest units as text: no number keeps them all. */
export const moneyField = z.strictObject({
  minor: z
    .string()
    .max(20)
    .regex(/^(0|-?[1-9]\d{0,18})$/),
  currency,
});
export const positiveMoneyField = z.strictObject({
  minor: z
    .string()
    .max(19)
    .regex(/^[1-9]\d{0,18}$/),
  currency,
});
