import type { Locale, Texts } from '../../domain/locale.ts';
import type { Money } from '../../domain/money.ts';
import type { BankDetails } from '../../domain/payment-order/bank-details.ts';
import type { CalendarDay, Instant } from '../../domain/time.ts';
import type { Company } from './receipt-printer.ts';

/** One service on a bill, and how it comes to its sum. */
export interface BillLine {
  readonly title: string;
  readonly amount: Money;
  readonly formulas: readonly string[];
}

/** Everything a bill shows on paper. */
export interface BillView {
  readonly company: Company;
  readonly number: string;
  readonly account: string;
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  /** When the period is over: the paper's own date. */
  readonly datedAt: Instant;
  readonly lines: readonly BillLine[];
  /** Nothing where there is none. */
  readonly penalty: Money;
  readonly total: Money;
  readonly totalInWords: Texts;
  readonly transfer: Transfer | undefined;
}

/** How to pay by transfer: to whom, what for, and the bytes of the payment order for the QR picture. */
export interface Transfer {
  readonly bank: BankDetails;
  readonly purpose: string;
  readonly order: Uint8Array;
}

/** Draws bills. The same view and language give the same bytes. */
export interface BillPrinter {
  printBill(view: BillView, locale: Locale): Promise<Uint8Array>;
}
