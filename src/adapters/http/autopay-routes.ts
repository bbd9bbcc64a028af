import type {
  AgreeToAutoPay,
  ShowAutoPayConsent,
} from '../../application/autopay/agree-to-autopay.ts';
import type { ForgetMethod, StopAutoPay } from '../../application/autopay/stop-autopay.ts';
import type { AccountStore } from '../../application/ports/account-store.ts';
import type { AutoPayStore } from '../../application/ports/autopay-store.ts';
import type { SavedMethodStore } from '../../application/ports/saved-method-store.ts';
import type { AccountId, SavedMethodId } from '../../domain/ids.ts';
import { money } from '../../domain/money.ts';
import { idParam } from './account-routes.ts';
import { toAutoPayJson, toSavedMethodJson } from './autopay-to-json.ts';
import { routes } from './contract/routes.ts';
import { readMoney } from './payment-routes.ts';
import { refusalProblem } from './refusal-status.ts';
import type { RouteRegistry } from './route-registry.ts';

export interface AutoPayRoutesNeed {
  readonly savedMethods: SavedMethodStore;
  readonly autopays: AutoPayStore;
  readonly accounts: AccountStore;
  readonly showAutoPayConsent: ShowAutoPayConsent;
  readonly agreeToAutoPay: AgreeToAutoPay;
  readonly stopAutoPay: StopAutoPay;
  readonly forgetMethod: ForgetMethod;
}

/** Remembered ways to pay, and auto-pay by them. */
export function addAutoPayRoutes(registry: RouteRegistry, need: AutoPayRoutesNeed): void {
  registry.add(routes.savedMethods, async ({ signedIn }) => {
    const found = await need.savedMethods.list(signedIn.customer.id);
    return { items: found.map(toSavedMethodJson) };
  });

  registry.add(routes.forgetMethod, async ({ signedIn, params }) => {
    const answer = await need.forgetMethod(idParam(params) as SavedMethodId, signedIn.customer.id);
    if (!answer.ok) throw refusalProblem(answer.refusal);
  });

  registry.add(routes.autoPays, async ({ signedIn }) => {
    const found = await need.autopays.list(signedIn.customer.id);
    return { items: found.map(toAutoPayJson) };
  });

  registry.add(routes.autoPayConsent, async ({ signedIn, query }) => {
    const { id: customerId } = signedIn.customer;
    const accountId = query.accountId as AccountId;
    const account = await need.accounts.find(accountId, customerId);
    if (account === undefined) throw refusalProblem({ reason: 'account-unknown' });
    const limit = money(BigInt(query.limit), account.balance.currency);
    const savedMethod = query.savedMethod as SavedMethodId;
    const { dayOfMonth, locale } = query;
    const request = { customerId, accountId, savedMethod, limit, dayOfMonth };
    const answer = await need.showAutoPayConsent(request, locale);
    if (!answer.ok) throw refusalProblem(answer.refusal);
    return { words: answer.value };
  });

  registry.add(routes.agreeToAutoPay, async ({ signedIn, body }) => {
    const request = {
      customerId: signedIn.customer.id,
      accountId: body.accountId as AccountId,
      savedMethod: body.savedMethod as SavedMethodId,
      limit: readMoney(body.limit),
      dayOfMonth: body.dayOfMonth,
    };
    const answer = await need.agreeToAutoPay(request, body.words);
    if (!answer.ok) throw refusalProblem(answer.refusal);
    return toAutoPayJson(answer.value);
  });

  registry.add(routes.stopAutoPay, async ({ signedIn, params }) => {
    const answer = await need.stopAutoPay(idParam(params) as AccountId, signedIn.customer.id);
    if (!answer.ok) throw refusalProblem(answer.refusal);
  });
}
