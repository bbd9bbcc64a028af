import { z } from 'zod';
import { isCurrency, type Currency } from '../../../domain/currency.ts';
import { money, type Money } from '../../../domain/money.ts';
import type { Quote } from '../../../domain/quote.ts';
import { instant } from '../../../domain/time.ts';

const currency = z.custom<Currency>((text) => typeof text === 'string' && isCurrency(text));
const sum = z
  .object({ minor: z.string(), currency })
  .transform((read): Money => money(BigInt(read.minor), read.currency));
const quoteShape = z.object({
  from: sum,
  to: sum,
  numerator: z.string().transform(BigInt),
  denominator: z.string().transform(BigInt),
  validUntil: z.number(),
});

/** A quote as JSON: bigints as text. */
export const fromQuote = ({ from, to, rate, validUntil }: Quote): string =>
  JSON.stringify({
    from: { minor: String(from.minor), currency: from.currency },
    to: { minor: String(to.minor), currency: to.currency },
    numerator: String(rate.numerator),
    denominator: String(rate.denominator),
    validUntil,
  });

/** Reads it back; null is no quote, anything else that is none is a bug. */
export function toQuote(json: unknown): Quote | undefined {
  if (json === null || json === undefined) return undefined;
  const { from, to, numerator, denominator, validUntil } = quoteShape.parse(json);
  const rate = { from: from.currency, to: to.currency, numerator, denominator };
  return { from, to, rate, validUntil: instant(validUntil) };
}
