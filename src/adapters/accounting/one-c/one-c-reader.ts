import type { Currency } from '../../../domain/currency.ts';
import { money, negate, type Money } from '../../../domain/money.ts';
import type { CalendarDay, Instant } from '../../../domain/time.ts';
import { textIn } from './one-c-catalogs.ts';
import type { OneCTalk, Row } from './one-c-talk.ts';
import { dayOfMoment, fromNumber, momentLiteral } from './one-c-wire.ts';

/** A movement on a customer's contract, as 1C keeps it. */
export interface OneCMovement {
  /** What posted it, and its line there. */
  readonly recorder: string;
  readonly line: string;
  readonly day: CalendarDay;
  /** Above zero credits the customer. */
  readonly amount: Money;
  readonly text: string;
}

/** How customers stand in 1C, for holding it against our books. */
export interface OneCReader {
  /** By the account's number: prepayment less debt, at the end of a moment. Contracts without a number are left out. */
  balances(at: Instant): Promise<ReadonlyMap<string, Money>>;
  /** What moved on one account, oldest first. */
  movements(number: string, from: Instant, to: Instant): Promise<readonly OneCMovement[]>;
}

const register = 'AccountingRegister_Хозрасчетный';
const customers = ['62.01', '62.02'] as const;

/** Reads sums in the company's currency from the register of entries; a row it cannot read fails the whole. */
export function oneCReader(
  talk: OneCTalk,
  { zone, currency }: { readonly zone: string; readonly currency: Currency },
): OneCReader {
  const accountRefs = async (): Promise<ReadonlySet<string>> => {
    const filter = customers.map((code) => `Code eq '${code}'`).join(' or ');
    const rows = await talk.rows('ChartOfAccounts_Хозрасчетный', { filter, orderby: 'Code asc' });
    return new Set(rows.map((row) => textIn(row, 'Ref_Key')));
  };
  const numbers = async (): Promise<ReadonlyMap<string, string>> => {
    const rows = await talk.rows('Catalog_ДоговорыКонтрагентов', {
      filter: "ВидДоговора eq 'СПокупателем'",
      select: ['Ref_Key', 'Номер'],
      orderby: 'Ref_Key asc',
    });
    return new Map(rows.map((row) => [textIn(row, 'Ref_Key'), textIn(row, 'Номер')]));
  };
  const sumIn = (row: Row, field: string): bigint => {
    const sum = fromNumber(row[field] ?? '0', currency);
    if (sum === undefined) throw new Error(`1C has a sum in ${field} that is none of ${currency}`);
    return sum.minor;
  };

  return {
    balances: async (at) => {
      const [accounts, contracts] = [await accountRefs(), await numbers()];
      const rows = await talk.rows(`${register}/Balance(Period=${momentLiteral(at, zone)})`, {});
      const sums = new Map<string, bigint>();
      for (const row of rows) {
        const number = contracts.get(textIn(row, 'ExtDimension2'));
        if (!accounts.has(textIn(row, 'Account_Key')) || !number) continue;
        const debt = sumIn(row, 'СуммаBalanceDr') - sumIn(row, 'СуммаBalanceCr');
        sums.set(number, (sums.get(number) ?? 0n) - debt);
      }
      return new Map([...sums].map(([number, minor]) => [number, money(minor, currency)]));
    },
    movements: async (number, from, to) => {
      const [accounts, contracts] = [await accountRefs(), await numbers()];
      const period = `StartPeriod=${momentLiteral(from, zone)},EndPeriod=${momentLiteral(to, zone)}`;
      const rows = await talk.rows(`${register}/RecordsWithExtDimensions(${period})`, {});
      const isOf = (row: Row, side: 'Dr' | 'Cr') =>
        accounts.has(textIn(row, `Account${side}_Key`)) &&
        contracts.get(textIn(row, `ExtDimension${side}2`)) === number;
      return rows.flatMap((row) => {
        const [isDebit, isCredit] = [isOf(row, 'Dr'), isOf(row, 'Cr')];
        const day = dayOfMoment(row['Period']);
        // What moves between debt and prepayment of one account is nothing to the customer.
        if (isDebit === isCredit || row['Active'] !== true || day === undefined) return [];
        const amount = money(sumIn(row, 'Сумма'), currency);
        const [recorder, line] = [textIn(row, 'Recorder'), textIn(row, 'LineNumber')];
        const text = textIn(row, 'Содержание');
        return [{ recorder, line, day, text, amount: isDebit ? negate(amount) : amount }];
      });
    },
  };
}
