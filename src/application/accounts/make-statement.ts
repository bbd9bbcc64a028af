import type { AccountId, CustomerId } from '../../domain/ids.ts';
import { refused, type Result } from '../../domain/result.ts';
import {
  refusePeriod,
  spanOf,
  statementOf,
  type PeriodRefusal,
  type Statement,
  type StatementPeriod,
} from '../../domain/statement.ts';
import { dayIn } from '../../domain/time.ts';
import type { AccountStore } from '../ports/account-store.ts';
import type { Clock } from '../ports/clock.ts';

/** More operations than this are for several files: one has to be held in memory as a whole. */
export const mostOperations = 10_000;

export interface StatementRequest {
  readonly customerId: CustomerId;
  readonly accountId: AccountId;
  readonly period: StatementPeriod;
  /** No more than `mostOperations`. */
  readonly most: number;
}
/** The period has more operations than the file that was asked for may hold. */
export interface TooManyOperations {
  readonly reason: 'too-many-operations';
  readonly most: number;
}
export type StatementRefusal =
  | PeriodRefusal
  | { readonly reason: 'account-unknown' }
  | TooManyOperations
  | { readonly reason: 'history-incomplete' };

/** States an account over days of the company's zone, as of one moment. */
export const makeStatement =
  (accounts: AccountStore, clock: Clock, timeZone: string) =>
  async (request: StatementRequest): Promise<Result<Statement, StatementRefusal>> => {
    const { customerId, accountId, period, most } = request;
    const refusal = refusePeriod(period, dayIn(timeZone, clock.now()));
    if (refusal !== undefined) return refused(refusal);

    const span = await accounts.span(accountId, customerId, spanOf(period, timeZone), most);
    if (span === undefined) return refused({ reason: 'account-unknown' });
    if (span.count > most) return refused({ reason: 'too-many-operations', most });
    return statementOf(period, span);
  };
export type MakeStatement = ReturnType<typeof makeStatement>;
