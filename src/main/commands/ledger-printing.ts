import type { LedgerCheckListener } from '../../application/accounting/check-ledger.ts';
import type { BalanceLine, TrialBalance } from '../../application/accounting/trial-balance.ts';
import { decimalText, money } from '../../domain/money.ts';

/** One JSON object a line; whole numbers of any size become texts. */
export const printJson = (line: object): void => {
  console.log(
    JSON.stringify(line, (_, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    ),
  );
};

/** Tells of differences as they are found, and of the progress on the error stream, so that pipes stay clean. */
export function checkPrinter(json: boolean, output: NodeJS.WriteStream): LedgerCheckListener {
  const begin = performance.now();
  return {
    begins: (check) => {
      const seconds = ((performance.now() - begin) / 1_000).toFixed(1).padStart(6);
      output.write(`${seconds} s  ${check}\n`);
    },
    differs: (check, difference) => {
      const { place, expected, found } = difference;
      if (json) printJson({ check, ...difference });
      else console.log(`${check}: ${place}: expected ${expected}, found ${found}`);
    },
  };
}

const columns = [34, 6, 4, 20, 20, 20] as const;
const row = (cells: readonly string[]): string =>
  cells
    .map((cell, n) => (n < 3 ? cell.padEnd(columns[n] ?? 0) : cell.padStart(columns[n] ?? 0)))
    .join(' ')
    .trimEnd();

export const balanceHeading = row(['account', 'chart', 'in', 'debits', 'credits', 'balance']);

export const balanceRow = ({ name, russian, currency, ...of }: BalanceLine): string => {
  const text = (minor: bigint): string => decimalText(money(minor, currency));
  return row([name, russian, currency, text(of.debits), text(of.credits), text(of.balance)]);
};

/** A currency's totals, and whether they come to nothing. */
export const currencyRow = ({
  currency,
  debits,
  credits,
}: TrialBalance['currencies'][number]): string => {
  const text = (minor: bigint): string => decimalText(money(minor, currency));
  return row(['all', '', currency, text(debits), text(credits), text(debits - credits)]);
};
