import { type Currency, exponentOf, isCurrency } from '../../../domain/currency.ts';
import { money, type Money } from '../../../domain/money.ts';

/**
 * How Stripe writes each currency: digits after the point (not always those of ISO 4217) and the step of sums.
 * Source: Stripe's "Supported currencies", zero-decimal and three-decimal lists.
 */
const wire: Readonly<Record<Currency, { readonly digits: number; readonly step: bigint }>> = {
  RUB: { digits: 2, step: 1n },
  USD: { digits: 2, step: 1n },
  EUR: { digits: 2, step: 1n },
  KZT: { digits: 2, step: 1n },
  JPY: { digits: 0, step: 1n },
  KWD: { digits: 3, step: 10n },
};
/** Eight digits are the most one payment may have at Stripe. */
const mostOnWire = 99_999_999n;

/** The sum as Stripe takes it; undefined when it cannot be charged to the last unit. */
export function toStripeAmount(
  sum: Money,
): { readonly amount: number; readonly currency: string } | undefined {
  const { digits, step } = wire[sum.currency];
  const amount = scaled(sum.minor, digits - exponentOf(sum.currency));
  if (amount === undefined || amount <= 0n || amount > mostOnWire) return undefined;
  if (amount % step !== 0n) return undefined;
  return { amount: Number(amount), currency: sum.currency.toLowerCase() };
}

/** Reads a sum of Stripe's; undefined for what is no whole amount or a currency we do not keep. */
export function fromStripeAmount(amount: number, currency: string): Money | undefined {
  const ours = currency.toUpperCase();
  if (!isCurrency(ours) || !Number.isSafeInteger(amount) || amount < 0) return undefined;
  const minor = scaled(BigInt(amount), exponentOf(ours) - wire[ours].digits);
  return minor === undefined ? undefined : money(minor, ours);
}

/** Moves the point by so many digits; undefined when something would be lost. */
function scaled(minor: bigint, digits: number): bigint | undefined {
  const factor = 10n ** BigInt(Math.abs(digits));
  if (digits >= 0) return minor * factor;
  return minor % factor === 0n ? minor / factor : undefined;
}
