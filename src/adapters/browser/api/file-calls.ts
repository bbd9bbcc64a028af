import type { StatementOrderedJson } from '../../http/contract/statement-json.ts';
import { call, callFile, type ServedFile } from './call.ts';
import { paths, pathWith } from './paths.ts';

export const statementForms = ['pdf', 'xlsx', 'csv'] as const;
export type StatementForm = (typeof statementForms)[number];
export type SpreadsheetForm = 'xlsx' | 'csv';

const statementPaths: Readonly<Record<StatementForm, string>> = {
  pdf: paths.statementPdf,
  xlsx: paths.statementXlsx,
  csv: paths.statementCsv,
};
const operationsPaths: Readonly<Record<SpreadsheetForm, string>> = {
  xlsx: paths.operationsXlsx,
  csv: paths.operationsCsv,
};
type Query = Readonly<Record<string, string | undefined>>;

/** Fetches the statement of an account over some days, in a language. */
export const statementFile = (
  accountId: string,
  form: StatementForm,
  query: Query,
): Promise<ServedFile> => callFile(pathWith(statementPaths[form], { id: accountId }, query));

/** Has the statement sent to the customer's own address; answers it, masked. */
export const orderStatementMail = (accountId: string, body: Query): Promise<StatementOrderedJson> =>
  call('POST', pathWith(paths.orderStatementMail, { id: accountId }), { body });

/** Fetches the operations of an account that a filter lets through. */
export const operationsFile = (
  accountId: string,
  form: SpreadsheetForm,
  query: Query,
): Promise<ServedFile> => callFile(pathWith(operationsPaths[form], { id: accountId }, query));
