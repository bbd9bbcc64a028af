import type { Currency } from './currency.ts';
import { exponentOf } from './currency.ts';
import { invariant } from './invariant.ts';
import { money, type Money } from './money.ts';
import type { Instant } from './time.ts';

/** How much of `to` one major unit of `from` is, as an exact fraction: 0.0125 is 125 / 10 000. */
export interface Rate {
  readonly from: Currency;
  readonly to: Currency;
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A conversion promised to one payer: it holds until its end, whatever rates do meanwhile. */
export interface Quote {
  readonly rate: Rate;
  readonly from: Money;
  readonly to: Money;
  readonly validUntil: Instant;
}

/** Reads a decimal rate, `0.0125`; undefined when it is none or not above zero. */
export function parseRate(from: Currency, to: Currency, text: string): Rate | undefined {
  const found = /^(0|[1-9]\d{0,8})(?:\.(\d{1,9}))?$/.exec(text);
  if (found === null) return undefined;
  const fraction = found[2] ?? '';
  const numerator = BigInt((found[1] ?? '0') + fraction);
  if (numerator === 0n) return undefined;
  return { from, to, numerator, denominator: 10n ** BigInt(fraction.length) };
}

/** Converts a sum and freezes it. Rounded up to the smallest unit, so that no payer pays less than is owed. */
export function freezeQuote(from: Money, rate: Rate, validUntil: Instant): Quote {
  invariant(from.currency === rate.from, `a rate of ${rate.from} for ${from.currency}`);
  const up = 10n ** BigInt(exponentOf(rate.to));
  const down = 10n ** BigInt(exponentOf(rate.from)) * rate.denominator;
  const scaled = from.minor * rate.numerator * up;
  const minor = (scaled + down - 1n) / down;
  return { rate, from, to: money(minor, rate.to), validUntil };
}
