import type { Account } from '../../domain/account.ts';
import type { Locale } from '../../domain/locale.ts';
import type { Operation } from '../../domain/operation.ts';
import type { Statement } from '../../domain/statement.ts';
import type { Instant } from '../../domain/time.ts';
import type { HistoryFilter } from './account-store.ts';
import type { Company } from './receipt-printer.ts';

/** Who a document is for. */
export interface Holder {
  readonly name: string;
  readonly contract: string;
}

/** Everything a statement shows. */
export interface StatementView {
  readonly company: Company;
  readonly holder: Holder;
  readonly statement: Statement;
  readonly madeAt: Instant;
}

/** Operations as the page shows them, with what narrowed them. */
export interface OperationsView {
  readonly company: Company;
  readonly account: Account;
  readonly filter: HistoryFilter;
  /** Newest first. */
  readonly operations: readonly Operation[];
  readonly madeAt: Instant;
}

/** Draws statements. The same view and language give the same bytes. */
export interface StatementPrinter {
  printStatement(view: StatementView, locale: Locale): Promise<Uint8Array>;
}

export type SpreadsheetForm = 'csv' | 'xlsx';

/** Writes files for spreadsheets. No text in them is ever taken for a formula, no smallest unit is lost. */
export interface SpreadsheetWriter {
  statement(view: StatementView, form: SpreadsheetForm, locale: Locale): Promise<Uint8Array>;
  operations(view: OperationsView, form: SpreadsheetForm, locale: Locale): Promise<Uint8Array>;
}
