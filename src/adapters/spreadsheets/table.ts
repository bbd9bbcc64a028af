import type { Money } from '../../domain/money.ts';
import type { CalendarDay, Instant } from '../../domain/time.ts';

/** What one cell says; the form decides how it is written. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'money'; readonly money: Money }
  | { readonly kind: 'moment'; readonly at: Instant }
  | { readonly kind: 'day'; readonly day: CalendarDay }
  | undefined;

export interface Column {
  readonly title: string;
  /** In characters. */
  readonly width: number;
  readonly isNumeric: boolean;
}

/** A file for a spreadsheet: what it is, lines about it, a table, and what it comes to. */
export interface Table {
  readonly title: string;
  /** The name of the sheet, 31 letters at most. */
  readonly sheet: string;
  readonly head: readonly (readonly [string, Cell])[];
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export const text = (said: string) => ({ kind: 'text', text: said }) as const;
export const sum = (money: Money) => ({ kind: 'money', money }) as const;
export const moment = (at: Instant) => ({ kind: 'moment', at }) as const;
export const ofDay = (day: CalendarDay) => ({ kind: 'day', day }) as const;
