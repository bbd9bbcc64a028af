import type { Currency } from '../../domain/currency.ts';
import { accountKinds, findKind, normalSide } from '../../domain/ledger/chart-of-accounts.ts';
import type { CalendarDay } from '../../domain/time.ts';
import type { AccountTotals, LedgerReports } from '../ports/ledger-reports.ts';

/** A line of the trial balance: an account, or all accounts of a kind. */
export interface BalanceLine {
  readonly name: string;
  readonly russian: string;
  readonly currency: Currency;
  readonly debits: bigint;
  readonly credits: bigint;
  /** From the account's own side. */
  readonly balance: bigint;
}

export interface TrialBalance {
  readonly kinds: readonly BalanceLine[];
  /** Debits and credits of a currency; what is not the same is out of balance. */
  readonly currencies: readonly Pick<BalanceLine, 'currency' | 'debits' | 'credits'>[];
}

/** The trial balance through a day, or of now. Every account is told to the listener, only kinds are kept in memory. */
export const trialBalance =
  (reports: LedgerReports) =>
  (
    through: CalendarDay | undefined,
    tell: (line: BalanceLine) => Promise<void>,
  ): Promise<TrialBalance> =>
    reports.read(async (books) => {
      const kinds = new Map<string, BalanceLine>();
      const currencies = new Map<
        Currency,
        { currency: Currency; debits: bigint; credits: bigint }
      >();
      for await (const totals of books.totals(through)) {
        for (const of of totals) {
          await tell(lineOf(of.account, of));
          const name = findKind(of.account) ?? of.account;
          const known = kinds.get(`${name} ${of.currency}`);
          kinds.set(`${name} ${of.currency}`, lineOf(name, plus(of, known)));
          const { currency, debits, credits } = plus(of, currencies.get(of.currency));
          currencies.set(currency, { currency, debits, credits });
        }
      }
      return { kinds: [...kinds.values()], currencies: [...currencies.values()] };
    });
export type ReadTrialBalance = ReturnType<typeof trialBalance>;

type Sums = Pick<AccountTotals, 'debits' | 'credits'>;

const plus = <Of extends Sums>(of: Of, more: Sums | undefined): Of => ({
  ...of,
  debits: of.debits + (more?.debits ?? 0n),
  credits: of.credits + (more?.credits ?? 0n),
});

function lineOf(
  name: string,
  { currency, debits, credits }: Omit<AccountTotals, 'account'>,
): BalanceLine {
  const found = findKind(name);
  const kind = found && accountKinds[found];
  const isCredit = kind !== undefined && normalSide(kind.type) === 'credit';
  const balance = isCredit ? credits - debits : debits - credits;
  return { name, russian: kind?.russian ?? '', currency, debits, credits, balance };
}
