import type { ReadHistory } from '../../application/accounts/read-history.ts';
import type { RefreshAccount } from '../../application/accounts/refresh-account.ts';
import type { AccountStore } from '../../application/ports/account-store.ts';
import type { Secrets } from '../../application/ports/secrets.ts';
import { isId, type AccountId, type OperationId } from '../../domain/ids.ts';
import { subnetOf } from '../../application/edge/subnet.ts';
import { routes } from './contract/routes.ts';
import { fromCursor, toCursor } from './cursor.ts';
import { toFilter } from './history-filter.ts';
import { Problem } from './problem.ts';
import { refusalProblem } from './refusal-status.ts';
import type { RouteRegistry } from './route-registry.ts';
import { toAccountJson, toOperationJson } from './to-json.ts';

export interface AccountRoutesNeed {
  readonly accounts: AccountStore;
  readonly readHistory: ReadHistory;
  readonly refreshAccount: RefreshAccount;
  readonly secrets: Secrets;
  /** The company's zone: a day of a filter begins and ends there. */
  readonly timeZone: string;
}

/** Accounts and their history. What is another customer's does not exist. */
export function addAccountRoutes(registry: RouteRegistry, need: AccountRoutesNeed): void {
  registry.add(routes.accounts, async ({ signedIn }) => ({
    items: (await need.accounts.list(signedIn.customer.id)).map(toAccountJson),
  }));

  registry.add(routes.account, async ({ signedIn, params }) => {
    const found = await need.accounts.find(idParam(params) as AccountId, signedIn.customer.id);
    if (found === undefined) throw new Problem(404, 'account-unknown');
    return toAccountJson(found);
  });

  registry.add(routes.refreshAccount, async ({ ctx, signedIn, params }) => {
    const asking = { session: signedIn.session, subnet: subnetOf(ctx.ip) };
    const answer = await need.refreshAccount(idParam(params) as AccountId, asking);
    if (!answer.ok) throw refusalProblem(answer.refusal);
    return toAccountJson(answer.value);
  });

  registry.add(routes.operations, async ({ signedIn, params, query }) => {
    const answer = await need.readHistory({
      customerId: signedIn.customer.id,
      accountId: idParam(params) as AccountId,
      filter: toFilter(query, need.timeZone),
      after: query.after === undefined ? undefined : fromCursor(need.secrets, query.after),
      limit: query.limit,
    });
    if (!answer.ok) throw refusalProblem(answer.refusal);
    const { items, next } = answer.value;
    return {
      items: items.map(toOperationJson),
      ...(next === undefined ? {} : { next: toCursor(need.secrets, next) }),
    };
  });

  registry.add(routes.operation, async ({ signedIn, params }) => {
    const id = idParam(params) as OperationId;
    const found = await need.accounts.findOperation(id, signedIn.customer.id);
    if (found === undefined) throw new Problem(404, 'not-found');
    return toOperationJson(found);
  });
}

/** An id from the path; what is no id of ours cannot exist. */
export function idParam(params: Readonly<Record<string, string>>): string {
  const id = params.id ?? '';
  if (!isId(id)) throw new Problem(404, 'not-found');
  return id;
}
