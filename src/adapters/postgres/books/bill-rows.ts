import type pg from 'pg';
import { z } from 'zod';
import { isCurrency, type Currency } from '../../../domain/currency.ts';
import type { Bill } from '../../../domain/ledger/bill.ts';
import { money } from '../../../domain/money.ts';
import type { CalendarDay } from '../../../domain/time.ts';

interface BillRow {
  readonly invoice_id: string;
  readonly account_number: string;
  readonly period_from: string;
  readonly period_to: string;
  readonly currency: string;
  readonly lines: unknown;
  readonly penalty: bigint;
  readonly total: bigint;
}

const whole = z.string().transform((text) => BigInt(text));
const decimal = z.object({ units: whole, digits: z.number() });
const day = z.string().transform((text) => text as CalendarDay);
const sum = z
  .object({ minor: whole, currency: z.string().refine(isCurrency) })
  .transform(({ minor, currency }) => money(minor, currency));
/** Lines as JSON keeps them, which has no whole numbers of any size. */
const lines = z.array(
  z.object({
    title: z.string(),
    quantity: decimal,
    unit: z.string(),
    days: z.number(),
    amount: sum,
    parts: z.array(
      z.object({
        from: day,
        to: day,
        days: z.number(),
        price: decimal,
        amount: sum,
        rounding: whole,
        roundingOver: whole,
      }),
    ),
  }),
);

export const saveBill = (client: pg.ClientBase, bill: Bill): Promise<pg.QueryResult> =>
  client.query({
    name: 'bill-save',
    text: `INSERT INTO bill (invoice_id, account_number, period_from, period_to, currency, lines, penalty, total)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      bill.invoiceId,
      bill.account,
      bill.period.from,
      bill.period.to,
      bill.total.currency,
      JSON.stringify(bill.lines, (_, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value,
      ),
      bill.penalty.minor,
      bill.total.minor,
    ],
  });

export async function findBill(client: pg.Pool, invoiceId: string): Promise<Bill | undefined> {
  const { rows } = await client.query<BillRow>('SELECT * FROM bill WHERE invoice_id = $1', [
    invoiceId,
  ]);
  return rows[0] && toBill(rows[0]);
}

const toBill = (row: BillRow): Bill => ({
  invoiceId: row.invoice_id,
  account: row.account_number,
  period: { from: row.period_from as CalendarDay, to: row.period_to as CalendarDay },
  lines: lines.parse(row.lines),
  penalty: money(row.penalty, row.currency as Currency),
  total: money(row.total, row.currency as Currency),
});
