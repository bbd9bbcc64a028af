import { route } from './route-contract.ts';
import {
  operationsFileQuery,
  statementMailJson,
  statementMailRequest,
  statementOrderedJson,
  statementQuery,
} from './statement-json.ts';

const csv = 'text/csv';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Files of an account: its operations as the page shows them, and statements. */
export const statementRoutes = {
  operationsCsv: route({
    method: 'GET',
    path: '/api/accounts/{id}/operations.csv',
    access: 'customer',
    summary: 'Operations of an account as CSV, 10 000 at most',
    query: operationsFileQuery,
    success: { status: 200, type: csv },
  }),
  operationsXlsx: route({
    method: 'GET',
    path: '/api/accounts/{id}/operations.xlsx',
    access: 'customer',
    summary: 'Operations of an account for spreadsheets, 10 000 at most',
    query: operationsFileQuery,
    success: { status: 200, type: xlsx },
  }),
  statementPdf: route({
    method: 'GET',
    path: '/api/accounts/{id}/statement.pdf',
    access: 'customer',
    summary: 'Statement of an account over a period, 3 000 operations at most',
    query: statementQuery,
    success: { status: 200, type: 'application/pdf' },
  }),
  statementCsv: route({
    method: 'GET',
    path: '/api/accounts/{id}/statement.csv',
    access: 'customer',
    summary: 'The same as CSV, 10 000 operations at most',
    query: statementQuery,
    success: { status: 200, type: csv },
  }),
  statementXlsx: route({
    method: 'GET',
    path: '/api/accounts/{id}/statement.xlsx',
    access: 'customer',
    summary: 'The same for spreadsheets, 10 000 operations at most',
    query: statementQuery,
    success: { status: 200, type: xlsx },
  }),
  statementMail: route({
    method: 'GET',
    path: '/api/statement-mail',
    access: 'customer',
    summary: 'Whether and where statements are sent by e-mail',
    success: { status: 200, body: statementMailJson },
  }),
  orderStatementMail: route({
    method: 'POST',
    path: '/api/accounts/{id}/statement-mail',
    access: 'customer',
    summary: 'Has a statement sent to the customer’s own address',
    body: statementMailRequest,
    givesDocument: true,
    success: { status: 202, body: statementOrderedJson },
  }),
} as const;
