import type { Context } from 'koa';
import type { z } from 'zod';
import type { ExportOperations } from '../../application/accounts/export-operations.ts';
import type { OrderStatementMail } from '../../application/accounts/order-statement-mail.ts';
import type { ShowStatement, StatementForm } from '../../application/accounts/show-statement.ts';
import type {
  SpreadsheetForm,
  SpreadsheetWriter,
  StatementPrinter,
  StatementView,
} from '../../application/ports/statement-files.ts';
import type { AccountId } from '../../domain/ids.ts';
import { isEmailAddress, maskEmail } from '../../domain/email-address.ts';
import type { Locale } from '../../domain/locale.ts';
import type { StatementPeriod } from '../../domain/statement.ts';
import { parseDay } from '../../domain/time.ts';
import { idParam } from './account-routes.ts';
import { routes } from './contract/routes.ts';
import type {
  operationsFileQuery,
  StatementMailJson,
  StatementOrderedJson,
  statementQuery,
} from './contract/statement-json.ts';
import { toFilter } from './history-filter.ts';
import { Problem } from './problem.ts';
import { refusalProblem } from './refusal-status.ts';
import type { Checked, RouteRegistry } from './route-registry.ts';

export interface StatementRoutesNeed {
  readonly showStatement: ShowStatement;
  readonly exportOperations: ExportOperations;
  readonly statementPrinter: StatementPrinter;
  readonly spreadsheets: SpreadsheetWriter;
  readonly orderStatementMail: OrderStatementMail;
  /** Whether the company sends letters to customers. */
  readonly sendsMail: boolean;
  /** The company's zone: a day of a filter begins and ends there. */
  readonly timeZone: string;
}

/** Files of an account. What is another customer's does not exist. */
export function addStatementRoutes(registry: RouteRegistry, need: StatementRoutesNeed): void {
  const giveStatement = async (
    request: Asking<typeof statementQuery>,
    form: StatementForm,
    draw: (view: StatementView, locale: Locale) => Promise<Uint8Array>,
  ): Promise<Buffer> => {
    const { signedIn, params, query } = request;
    const account = idParam(params) as AccountId;
    const period = toPeriod(query);
    const answer = await need.showStatement(account, signedIn.customer, period, form);
    if (!answer.ok) throw refusalProblem(answer.refusal);
    const { number } = answer.value.statement.account;
    const file = await draw(answer.value, query.locale ?? signedIn.customer.locale);
    return attached(request.ctx, file, ['statement', number, period.from, period.to], form);
  };
  registry.add(routes.statementPdf, (request) =>
    giveStatement(request, 'pdf', (view, locale) =>
      need.statementPrinter.printStatement(view, locale),
    ),
  );
  const asSpreadsheet =
    (form: SpreadsheetForm) =>
    (view: StatementView, locale: Locale): Promise<Uint8Array> =>
      need.spreadsheets.statement(view, form, locale);
  registry.add(routes.statementCsv, (request) =>
    giveStatement(request, 'csv', asSpreadsheet('csv')),
  );
  registry.add(routes.statementXlsx, (request) =>
    giveStatement(request, 'xlsx', asSpreadsheet('xlsx')),
  );

  const giveOperations = async (
    { ctx, signedIn, params, query }: Asking<typeof operationsFileQuery>,
    form: SpreadsheetForm,
  ): Promise<Buffer> => {
    const answer = await need.exportOperations({
      customerId: signedIn.customer.id,
      accountId: idParam(params) as AccountId,
      filter: toFilter(query, need.timeZone),
    });
    if (!answer.ok) throw refusalProblem(answer.refusal);
    const locale = query.locale ?? signedIn.customer.locale;
    const file = await need.spreadsheets.operations(answer.value, form, locale);
    return attached(ctx, file, ['operations', answer.value.account.number], form);
  };
  registry.add(routes.operationsCsv, (request) => giveOperations(request, 'csv'));
  registry.add(routes.operationsXlsx, (request) => giveOperations(request, 'xlsx'));
  addStatementMail(registry, need);
}

function addStatementMail(registry: RouteRegistry, need: StatementRoutesNeed): void {
  registry.add(routes.statementMail, async ({ signedIn }): Promise<StatementMailJson> => {
    const { email } = signedIn.customer;
    const isKnown = need.sendsMail && email !== undefined && isEmailAddress(email);
    return { isOffered: need.sendsMail, ...(isKnown ? { sentTo: maskEmail(email) } : {}) };
  });

  registry.add(routes.orderStatementMail, async (request): Promise<StatementOrderedJson> => {
    if (!need.sendsMail) throw new Problem(404, 'not-found');
    const { customer } = request.signedIn;
    const answer = await need.orderStatementMail({
      customer,
      accountId: idParam(request.params) as AccountId,
      period: toPeriod(request.body),
      locale: request.body.locale ?? customer.locale,
    });
    if (!answer.ok) throw refusalProblem(answer.refusal);
    return answer.value;
  });
}

type Asking<Query extends z.ZodType> = Pick<
  Checked<typeof routes.statementPdf>,
  'ctx' | 'signedIn' | 'params'
> & { readonly query: z.output<Query> };

/** The schema took them for days; the calendar has the last word. */
export function toPeriod({
  from,
  to,
}: {
  readonly from: string;
  readonly to: string;
}): StatementPeriod {
  const [first, last] = [parseDay(from), parseDay(to)];
  if (first === undefined || last === undefined) throw new Problem(422, 'invalid-request');
  return { from: first, to: last };
}

const types: Readonly<Record<StatementForm, string>> = {
  pdf: routes.statementPdf.success.type,
  csv: `${routes.statementCsv.success.type}; charset=utf-8`,
  xlsx: routes.statementXlsx.success.type,
};

/** A file to keep, by a name every system can hold. */
function attached(
  ctx: Context,
  file: Uint8Array,
  names: readonly string[],
  form: StatementForm,
): Buffer {
  const name = names.map((one) => one.replaceAll(/[^A-Za-z0-9.]+/g, '-')).join('_');
  ctx.set('Content-Disposition', `attachment; filename="${name}.${form}"`);
  ctx.type = types[form];
  return Buffer.from(file);
}
