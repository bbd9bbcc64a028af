import { invariant } from './invariant.ts';
import { money, type Money } from './money.ts';

/** Which whole number a fraction becomes. `half-up` and `up` go away from zero, `down` towards it. */
export type Rounding = 'half-up' | 'half-even' | 'up' | 'down';

/** Divides whole numbers and rounds once. */
export function roundDiv(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  invariant(denominator !== 0n, `${numerator.toString()} divided by nothing`);
  const isBelow = numerator < 0n !== denominator < 0n;
  const [n, d] = [abs(numerator), abs(denominator)];
  const [whole, rest] = [n / d, n % d];
  const size = whole + (goesUp(whole, rest, d, rounding) ? 1n : 0n);
  return isBelow ? -size : size;
}

function goesUp(whole: bigint, rest: bigint, d: bigint, rounding: Rounding): boolean {
  if (rounding === 'down' || rest === 0n) return false;
  if (rounding === 'up') return true;
  const half = 2n * rest - d;
  return half > 0n || (half === 0n && (rounding === 'half-up' || whole % 2n === 1n));
}

/**
 * Shares a sum out by weights so that nothing is lost: every share is rounded down, and what is missing goes one unit
 * each to the recipients in their order. Who weighs nothing gets nothing. A sum below zero is shared out as its
 * opposite is.
 */
export function allocate(total: Money, weights: readonly bigint[]): Money[] {
  invariant(
    weights.every((weight) => weight >= 0n),
    'a weight below zero',
  );
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  invariant(all > 0n, 'nobody to share a sum among');
  const sign = total.minor < 0n ? -1n : 1n;
  const whole = total.minor * sign;
  const shares = weights.map((weight) => (whole * weight) / all);
  let missing = whole - shares.reduce((sum, share) => sum + share, 0n);
  return shares.map((share, n) => {
    const isNext = missing > 0n && weights[n] !== 0n;
    if (isNext) missing -= 1n;
    return money(sign * (isNext ? share + 1n : share), total.currency);
  });
}

const abs = (n: bigint): bigint => (n < 0n ? -n : n);
