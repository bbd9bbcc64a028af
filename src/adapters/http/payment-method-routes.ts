import type {
  ListPaymentMethods,
  OfferedMethod,
} from '../../application/payments/list-payment-methods.ts';
import type { PaymentProvider } from '../../application/ports/payment-provider.ts';
import type { SavedMethodStore } from '../../application/ports/saved-method-store.ts';
import { isId, type AccountId } from '../../domain/ids.ts';
import { routes } from './contract/routes.ts';
import { toMethodJson } from './payment-to-json.ts';
import { Problem } from './problem.ts';
import { refusalProblem } from './refusal-status.ts';
import type { RouteRegistry } from './route-registry.ts';

export interface PaymentMethodRoutesNeed {
  readonly listPaymentMethods: ListPaymentMethods;
  readonly providers: readonly PaymentProvider[];
  readonly savedMethods: SavedMethodStore;
}

/** What can be chosen to pay by, with what payment systems remember of it. */
export function addPaymentMethodRoutes(
  registry: RouteRegistry,
  need: PaymentMethodRoutesNeed,
): void {
  registry.add(routes.paymentMethods, async ({ query, signedIn }) => {
    const account = query.accountId;
    if (!isId(account)) throw new Problem(404, 'account-unknown');
    const sum = query.amount === undefined ? undefined : BigInt(query.amount);
    const { id } = signedIn.customer;
    const answer = await need.listPaymentMethods(account as AccountId, id, sum);
    if (!answer.ok) throw refusalProblem(answer.refusal);
    const saved = await need.savedMethods.list(id);
    return {
      items: answer.value.map((offered) =>
        toMethodJson(offered, { saved, canBeSaved: canBeSaved(need, offered) }),
      ),
    };
  });
}

/** Only what its provider can charge again is worth remembering. */
const canBeSaved = (
  { providers }: PaymentMethodRoutesNeed,
  { method, provider }: OfferedMethod,
): boolean =>
  method.canBeSaved === true &&
  providers.find(({ code }) => code === provider)?.charge !== undefined;
