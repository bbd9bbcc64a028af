import { type BankFileItem, BankFileRefused } from '../../../application/ports/bank-file.ts';

type AccountItem = Extract<BankFileItem, { readonly kind: 'account' }>;
type MovementItem = Extract<BankFileItem, { readonly kind: 'movement' }>;

/** What the bank says came and went; absent where it does not. */
export interface Totals {
  readonly received: bigint | undefined;
  readonly spent: bigint | undefined;
}
interface Sums {
  received: bigint;
  spent: bigint;
}

/** Holds a bank's sums against each other and against the movements, in memory of the accounts only. */
export const balanceChecks = () => {
  const said = new Map<string, Sums>();
  const seen = new Map<string, Sums>();
  return {
    /** Throws where an account's own figures do not add up. Parts of one account follow on one another. */
    begin: ({ account, line, opening, closing }: AccountItem, totals: Totals): void => {
      const { received = 0n, spent = 0n } = totals;
      const isWhole = totals.received !== undefined && totals.spent !== undefined;
      if (isWhole && closing !== undefined && opening + received - spent !== closing) {
        const sums = `${String(opening)} + ${String(received)} − ${String(spent)}`;
        throw new BankFileRefused(
          'does-not-add-up',
          line,
          `${account}: ${sums} is not ${String(closing)} (in smallest units)`,
        );
      }
      if (isWhole) raise(said, account, received, spent);
    },
    add: ({ account, movement: { direction, minor } }: MovementItem): void => {
      raise(seen, account, direction === 'in' ? minor : 0n, direction === 'out' ? minor : 0n);
    },
    *warnings(line: number): Generator<BankFileItem> {
      for (const [account, { received, spent }] of said) {
        const found = seen.get(account) ?? { received: 0n, spent: 0n };
        if (found.received === received && found.spent === spent) continue;
        const text =
          `${account}: the documents are ${String(found.received)} in and ${String(found.spent)} out, the totals ` +
          `${String(received)} and ${String(spent)} (in smallest units)`;
        yield { kind: 'warning', line, text };
      }
    },
  };
};

function raise(sums: Map<string, Sums>, account: string, received: bigint, spent: bigint): void {
  const before = sums.get(account) ?? { received: 0n, spent: 0n };
  sums.set(account, { received: before.received + received, spent: before.spent + spent });
}
