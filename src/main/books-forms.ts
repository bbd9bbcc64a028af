import { camtFile } from '../adapters/books/bank/camt-writer.ts';
import { clientBankFile } from '../adapters/books/bank/client-bank-writer.ts';
import { statementCsv } from '../adapters/books/bank/statement-csv.ts';
import { statementXlsx } from '../adapters/spreadsheets/bank-statement-xlsx.ts';
import type { StatementForm } from '../application/ports/statement-form.ts';
import type { BankParty } from '../domain/bank-statement.ts';
import type { Config } from './config.ts';

export const statementFormats = ['1c', 'camt.053', 'camt.054', 'csv', 'xlsx'] as const;
export type StatementFormat = (typeof statementFormats)[number];

/** How each format writes a statement; 1C tells times of the company's day. */
export const statementForms = (zone: string): Readonly<Record<StatementFormat, StatementForm>> => ({
  '1c': (statement, movements) => clientBankFile(statement, movements, zone),
  'camt.053': (statement, movements) => camtFile('camt.053', statement, movements),
  'camt.054': (statement, movements) => camtFile('camt.054', statement, movements),
  csv: statementCsv,
  xlsx: statementXlsx,
});

/** What an account is called outside, and where it is kept; texts that are not known are empty. */
export interface OutsideAccount {
  readonly number: string;
  readonly bank: string;
  readonly bic: string;
  readonly correspondent: string;
}

/** Whose statement it is. */
export const statementOwner = (
  { legalName, taxNumber }: Config['company'],
  { number, bank, bic, correspondent }: OutsideAccount,
): BankParty => ({
  name: legalName,
  account: number,
  taxNumber,
  bank,
  bic,
  correspondentAccount: correspondent,
});
