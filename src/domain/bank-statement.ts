import type { Currency } from './currency.ts';
import type { CalendarDay, Instant } from './time.ts';

/** One side of a movement, as much of it as its bank tells. */
export interface BankParty {
  readonly name: string;
  /** Number of the account at its bank. */
  readonly account: string;
  readonly taxNumber: string;
  readonly bank: string;
  /** BIC of the bank: of Russia’s central bank, or of SWIFT. */
  readonly bic: string;
  readonly correspondentAccount: string;
}
export const unknownParty: BankParty = {
  ...{ name: '', account: '', taxNumber: '' },
  ...{ bank: '', bic: '', correspondentAccount: '' },
};

/** Money that came to an account or left it. */
export interface BankMovement {
  /** The document's number at whoever made it. */
  readonly number: string;
  readonly day: CalendarDay;
  /** Smallest units of the statement's currency, above zero. */
  readonly minor: bigint;
  readonly direction: 'in' | 'out';
  readonly other: BankParty;
  /** What it is for, in one line. */
  readonly purpose: string;
}

/** What came in and went out, and what was there before. */
export interface Turnover {
  readonly opening: bigint;
  readonly received: bigint;
  readonly spent: bigint;
}
export const closingOf = ({ opening, received, spent }: Turnover): bigint =>
  opening + received - spent;

/** A statement of one account over a period, without its movements. */
export interface BankStatement {
  /** Unique at whoever writes it. */
  readonly id: string;
  readonly madeAt: Instant;
  readonly currency: Currency;
  readonly owner: BankParty;
  /** First and last day. */
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  readonly turnover: Turnover;
}
