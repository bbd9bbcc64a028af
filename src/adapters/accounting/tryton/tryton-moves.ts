import type { Posting } from '../../../domain/ledger/entry.ts';
import { money, negate, zero, type Money } from '../../../domain/money.ts';
import type { CalendarDay } from '../../../domain/time.ts';
import { currencyIdOf, type TrytonChart, type TrytonCompany } from './tryton-chart.ts';
import { toDecimal } from './tryton-wire.ts';

/** An entry as Tryton is to post it. */
export interface Move {
  /** Ours; it stands in the move’s description, where it is looked for before anything is made. */
  readonly key: string;
  readonly day: CalendarDay;
  readonly memo: string;
  readonly postings: readonly Posting[];
}

/** A line by Tryton’s own ids; the amount is debit above zero. */
interface Line {
  readonly account: number;
  readonly party: number | null;
  readonly amount: Money;
}

/** The customer whose party a ledger account is a part of: debt and prepayment are one account in Tryton. */
const ownerOf = (account: string): string | undefined =>
  /^(?:receivable|prepayment|customer):(.+)$/.exec(account)?.[1];

/** Writes a move’s lines; accounts and parties that are missing are made. */
export async function linesOf(move: Move, chart: TrytonChart): Promise<readonly Line[]> {
  const company = await chart.company();
  const names = [...new Set(move.postings.map(({ account }) => account as string))];
  const owners = names.flatMap((name) => ownerOf(name) ?? []);
  const parties = await chart.parties(owners);
  const accounts = await chart.accounts(names.filter((name) => ownerOf(name) === undefined));
  const merged = new Map<string, Line>();
  for (const { account: name, side, amount } of move.postings) {
    const owner = ownerOf(name);
    const account = owner === undefined ? accounts.get(name) : company.receivable;
    const party = owner === undefined ? null : parties.get(owner);
    if (account === undefined || party === undefined) throw new Error(`Tryton lost ${name}`);
    const place = [account, party, side, amount.currency].join(' ');
    const before = merged.get(place)?.amount ?? zero(amount.currency);
    const signed = side === 'debit' ? amount : negate(amount);
    const sum = money(before.minor + signed.minor, amount.currency);
    merged.set(place, { account, party, amount: sum });
  }
  return [...merged.values()];
}

/**
 * The values of a line. A sum in another currency stands in the fields for that and is worth nothing in the company’s
 * own until a bookkeeper gives it a rate: we have none.
 */
export function lineValues(line: Line, company: TrytonCompany, memo: string) {
  const { account, party, amount } = line;
  const isOwn = amount.currency === company.currency;
  const nothing = { __class__: 'Decimal', decimal: '0' };
  const isDebit = amount.minor > 0n;
  return {
    ...{ account, party, description: memo },
    debit: isOwn && isDebit ? toDecimal(amount) : nothing,
    credit: isOwn && !isDebit ? toDecimal(negate(amount)) : nothing,
    ...(!isOwn && {
      second_currency: currencyIdOf(company, amount.currency),
      amount_second_currency: toDecimal(amount),
    }),
  };
}

/** What lines say, as text to compare a move that is there with the one that was asked for. */
export const contentOf = (lines: readonly Line[]): string =>
  lines
    .map(({ account, party, amount }) => {
      const who = party === null ? '-' : String(party);
      return `${String(account)} ${who} ${amount.minor.toString()} ${amount.currency}`;
    })
    .toSorted()
    .join('\n');
export type { Line as TrytonLine };
