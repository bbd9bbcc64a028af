import { exponentOf, type Currency } from '../../domain/currency.ts';
import type { Money } from '../../domain/money.ts';

/** Spreadsheets count with doubles and show fifteen digits. */
const mostExact = 999_999_999_999_999n;
/** The most a cell may hold. */
const longestText = 32_767;

/** Whether a spreadsheet keeps every digit of a sum. */
export const isKept = ({ minor }: Money): boolean => minor <= mostExact && minor >= -mostExact;

/** As many decimals as ISO 4217 gives the currency. */
export function numberFormat(currency: Currency): string {
  const digits = exponentOf(currency);
  return digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
}

/** As much of a text as a cell holds, without the characters that XML has no letters for. */
export const printable = (text: string): string =>
  text
    .slice(0, longestText)
    .toWellFormed()
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
