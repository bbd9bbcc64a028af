import type { AccountId, CustomerId } from '../../domain/ids.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { AccountStore, HistoryFilter } from '../ports/account-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Company } from '../ports/receipt-printer.ts';
import type { OperationsView } from '../ports/statement-files.ts';
import { mostOperations, type TooManyOperations } from './make-statement.ts';

export interface ExportOperationsRequest {
  readonly customerId: CustomerId;
  readonly accountId: AccountId;
  readonly filter: HistoryFilter;
}
export type ExportOperationsRefusal = { readonly reason: 'account-unknown' } | TooManyOperations;

/** Gathers the operations of an account that a filter lets through, all of them, for one file. */
export const exportOperations =
  (accounts: AccountStore, company: Company, clock: Clock) =>
  async (
    request: ExportOperationsRequest,
  ): Promise<Result<OperationsView, ExportOperationsRefusal>> => {
    const { customerId, accountId, filter } = request;
    const account = await accounts.find(accountId, customerId);
    if (account === undefined) return refused({ reason: 'account-unknown' });
    const page = { after: undefined, limit: mostOperations + 1 };
    const operations = await accounts.history(accountId, customerId, filter, page);
    if (operations.length > mostOperations) {
      return refused({ reason: 'too-many-operations', most: mostOperations });
    }
    return ok({ company, account, filter, operations, madeAt: clock.now() });
  };
export type ExportOperations = ReturnType<typeof exportOperations>;
