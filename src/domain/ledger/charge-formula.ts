import { decimalText } from '../money.ts';
import { quantityText, type ChargeLine, type ChargePart } from './charge.ts';

/**
 * Why this sum? One formula for every part of a line, in figures only:
 * `12.5 m³ × 43.5712 × 15/31 = 263.53 RUB (+0.003)`; the last is what rounding added.
 */
export const formulasOf = (line: ChargeLine): readonly string[] =>
  line.parts.map((part) => formulaOf(line, part));

function formulaOf({ quantity, unit, days }: ChargeLine, part: ChargePart): string {
  const share = part.days === days ? '' : ` × ${String(part.days)}/${String(days)}`;
  const used = `${quantityText(quantity)} ${unit}`.trimEnd();
  const price = quantityText(part.price);
  const sum = `${decimalText(part.amount)} ${part.amount.currency}`;
  return `${used} × ${price}${share} = ${sum}${roundingText(part)}`;
}

/** What rounding did, to three digits below the smallest unit, cut off and not rounded once more. */
function roundingText({ rounding, roundingOver, amount }: ChargePart): string {
  if (rounding === 0n) return '';
  const size = rounding < 0n ? -rounding : rounding;
  const digits = decimalText({ minor: 0n, currency: amount.currency }).replace(/^0\.?/, '').length;
  const thousandths = ((size * 1_000n) / roundingOver).toString().padStart(3, '0');
  const text = `0.${'0'.repeat(digits)}${thousandths}`.replace(/0+$/, '');
  const shown = text === '0.' ? `<0.${'0'.repeat(digits)}001` : text;
  return ` (${rounding < 0n ? '−' : '+'}${shown})`;
}
