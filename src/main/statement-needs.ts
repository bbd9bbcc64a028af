import type { Container } from 'inversify';
import type { StatementRoutesNeed } from '../adapters/http/statement-routes.ts';
import type { Config } from './config.ts';
import { keys } from './keys.ts';

/** What the routes of statements need. */
export const statementNeeds = (
  container: Container,
  { mail }: Config,
): Omit<StatementRoutesNeed, 'timeZone'> => ({
  showStatement: container.get(keys.showStatement),
  exportOperations: container.get(keys.exportOperations),
  statementPrinter: container.get(keys.statementPrinter),
  spreadsheets: container.get(keys.spreadsheets),
  orderStatementMail: container.get(keys.orderStatementMail),
  sendsMail: mail !== undefined,
});
