import type { Currency } from '../currency.ts';
import { add, type Money } from '../money.ts';
import { ok, type Result } from '../result.ts';
import type { Instant } from '../time.ts';
import {
  chargeLines,
  totalOf,
  type BillPeriod,
  type ChargeLine,
  type ChargeRefusal,
  type ServiceUsed,
} from './charge.ts';
import type { EventOf } from './ledger-event.ts';
import { penaltyOf, type PenaltyRule } from './penalty.ts';

/** A charge as the customer sees it: what was used, how each sum comes about, and what is to pay. */
export interface Bill {
  readonly invoiceId: string;
  readonly account: string;
  readonly period: BillPeriod;
  readonly lines: readonly ChargeLine[];
  readonly penalty: Money;
  readonly total: Money;
}

/** What a bill is made from. */
export interface ToBill {
  readonly invoiceId: string;
  readonly account: string;
  readonly currency: Currency;
  readonly period: BillPeriod;
  readonly services: readonly ServiceUsed[];
  /** An old debt that costs a penalty, if there is a rule for one. */
  readonly late?: { readonly debt: Money; readonly days: number; readonly rule: PenaltyRule };
}

/** Makes a bill; without a rule there is no penalty in it. */
export function newBill(toBill: ToBill): Result<Bill, ChargeRefusal> {
  const { invoiceId, account, period, services, currency, late } = toBill;
  const lines = chargeLines(period, services, currency);
  if (!lines.ok) return lines;
  const used = totalOf(lines.value, currency);
  const penalty = penaltyOf(late?.debt ?? used, late?.days ?? 0, late?.rule);
  const total = add(used, penalty);
  return ok({ invoiceId, account, period, lines: lines.value, penalty, total });
}

/** The event that books a bill. */
export const chargeOf = (
  { invoiceId, account, total }: Bill,
  at: Instant,
  memo: string,
): EventOf<'charge-raised'> => ({
  type: 'charge-raised',
  ...{ invoiceId, account, at, memo },
  amount: total,
});
