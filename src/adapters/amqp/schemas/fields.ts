import { z } from 'zod';
import { isCurrency } from '../../../domain/currency.ts';
import { isId } from '../../../domain/ids.ts';
import { parseDay, parseInstant } from '../../../domain/time.ts';

/**
 * Text of a pattern. What is too long is not held against it: a length without `abort` would be noted and the pattern
 * tried all the same.
 */
export const patternField = (maxLength: number, pattern: RegExp) =>
  z.string().max(maxLength, { abort: true }).regex(pattern);
const checkedField = (maxLength: number, isRight: (text: string) => boolean, format: string) =>
  z.string().max(maxLength, { abort: true }).refine(isRight).meta({ format });

/** One of our ids: a UUID in lower case. */
export const idField = checkedField(36, isId, 'uuid');
/** ISO 8601 with a zone. */
export const timeField = checkedField(32, (text) => parseInstant(text) !== undefined, 'date-time');
export const dayField = checkedField(10, (text) => parseDay(text) !== undefined, 'date');
/** What breaks screens and printers; line breaks and tabs are text. The same an import refuses. */
const invisible = /[\p{Cc}--[\t\n\r\u0080-\u009f]]/v;
/** Text for people. */
export const textField = (maxLength: number) =>
  z
    .string()
    .max(maxLength, { abort: true })
    .refine((text) => !invisible.test(text));
export const versionField = z.number().int().nonnegative();

const currency = checkedField(3, isCurrency, 'iso-4217');
/** Whole smallest units as text: no number keeps them all. */
export const moneyField = z.strictObject({
  minor: patternField(20, /^(0|-?[1-9]\d{0,18})$/),
  currency,
});
export const positiveMoneyField = z.strictObject({
  minor: patternField(19, /^[1-9]\d{0,18}$/),
  currency,
});
