import { canCancel, type CancelPayment } from '../../application/payments/cancel-payment.ts';
import type { LookAtPayment } from '../../application/payments/look-at-payments.ts';
import type { SendPayment } from '../../application/payments/send-payment.ts';
import type { StartPayment } from '../../application/payments/start-payment.ts';
import type { AccountStore } from '../../application/ports/account-store.ts';
import type { PaymentProvider } from '../../application/ports/payment-provider.ts';
import type { PaymentStore } from '../../application/ports/payment-store.ts';
import type { SavedMethodStore } from '../../application/ports/saved-method-store.ts';
import type { ReceiptStore } from '../../application/ports/receipt-store.ts';
import { isCurrency } from '../../domain/currency.ts';
import {
  isId,
  type AccountId,
  type CustomerId,
  type PaymentId,
  type SavedMethodId,
} from '../../domain/ids.ts';
import { money, type Money } from '../../domain/money.ts';
import { isOpen } from '../../domain/payment-moves.ts';
import type { Payment } from '../../domain/payment.ts';
import type { SavedMethod } from '../../domain/saved-method.ts';
import { idParam } from './account-routes.ts';
import type { MoneyJson } from './contract/money-json.ts';
import type { PaymentJson } from './contract/payment-json.ts';
import { routes } from './contract/routes.ts';
import { Problem } from './problem.ts';
import { refusalProblem } from './refusal-status.ts';
import type { RouteRegistry } from './route-registry.ts';
import { toPaymentJson } from './payment-to-json.ts';

export interface PaymentRoutesNeed {
  readonly startPayment: StartPayment;
  readonly sendPayment: SendPayment;
  readonly cancelPayment: CancelPayment;
  /** Has the provider asked, in the background: the page hears of what comes of it. */
  readonly lookAtPayment: LookAtPayment;
  readonly providers: readonly PaymentProvider[];
  readonly report: (error: unknown, errorId: string) => void;
  readonly payments: PaymentStore;
  readonly savedMethods: SavedMethodStore;
  readonly receipts: ReceiptStore;
  readonly accounts: AccountStore;
}

const pageSize = 30;

/** Paying: the wish, and how it stands. */
export function addPaymentRoutes(registry: RouteRegistry, need: PaymentRoutesNeed): void {
  registry.add(routes.startPayment, async ({ ctx, signedIn, body, key }) => {
    const { customer } = signedIn;
    const savedMethod = await readSaved(need, body.savedMethod, customer.id);
    const answer = await need.startPayment({
      customerId: customer.id,
      accountId: body.accountId as AccountId,
      amount: readMoney(body.amount),
      method: body.method,
      ...(body.saves === true && { saves: true }),
      ...(savedMethod && { savedMethod }),
      key,
    });
    if (!answer.ok) throw refusalProblem(answer.refusal);
    const recorded = answer.value;
    // The wish is safe; a provider that is slow or down leaves the rest to the worker.
    const sent =
      recorded.state === 'created'
        ? await need.sendPayment(recorded.id).catch(() => undefined)
        : undefined;
    ctx.set('Location', `/api/payments/${recorded.id}`);
    const now = sent ?? (await need.payments.find(recorded.id, customer.id)) ?? recorded;
    return withEnd(need, now, customer.id);
  });

  registry.add(routes.payments, async ({ ctx, signedIn }) => {
    const after = typeof ctx.query.after === 'string' ? ctx.query.after : undefined;
    if (after !== undefined && !isId(after)) throw new Problem(422, 'invalid-request');
    const customer = signedIn.customer.id;
    const found = await need.payments.list(customer, pageSize + 1, after as PaymentId | undefined);
    const items = found.slice(0, pageSize);
    const last = items.at(-1);
    return {
      items: items.map((payment) =>
        toPaymentJson(payment, { canCancel: isOpenToCancel(need, payment) }),
      ),
      ...(found.length > pageSize && last !== undefined ? { next: last.id } : {}),
    };
  });

  registry.add(routes.payment, async ({ signedIn, params }) => {
    const id = idParam(params) as PaymentId;
    const payment = await need.payments.find(id, signedIn.customer.id);
    if (payment === undefined) throw new Problem(404, 'not-found');
    if (isOpen(payment.state)) lookInTheBackground(need, payment);
    return withEnd(need, payment, signedIn.customer.id);
  });

  registry.add(routes.cancelPayment, async ({ signedIn, params }) => {
    const customer = signedIn.customer.id;
    const answer = await need.cancelPayment(idParam(params) as PaymentId, customer);
    if (!answer.ok) throw refusalProblem(answer.refusal);
    return withEnd(need, answer.value, customer);
  });
}

async function readSaved(
  { savedMethods }: PaymentRoutesNeed,
  id: string | undefined,
  customer: CustomerId,
): Promise<SavedMethod | undefined> {
  if (id === undefined) return undefined;
  const found = await savedMethods.find(id as SavedMethodId, customer);
  if (found === undefined) throw refusalProblem({ reason: 'saved-method-unknown' });
  return found.method;
}

function lookInTheBackground({ lookAtPayment, report }: PaymentRoutesNeed, payment: Payment): void {
  lookAtPayment(payment.id, payment.customerId).catch((error: unknown) => {
    report(error, payment.id);
  });
}

const isOpenToCancel = ({ providers }: PaymentRoutesNeed, payment: Payment): boolean =>
  canCancel(
    payment,
    providers.find(({ code }) => code === payment.provider),
  );

async function withEnd(
  need: PaymentRoutesNeed,
  payment: Payment,
  customer: CustomerId,
): Promise<PaymentJson> {
  const cancels = { canCancel: isOpenToCancel(need, payment) };
  if (payment.state !== 'succeeded') return toPaymentJson(payment, cancels);
  const [receipt, operation] = await Promise.all([
    need.receipts.find(payment.id, customer),
    need.accounts.findByPayment(payment.id, customer),
  ]);
  return toPaymentJson(payment, { receipt, operation, ...cancels });
}

export function readMoney(json: MoneyJson): Money {
  if (!isCurrency(json.currency)) throw refusalProblem({ reason: 'wrong-currency' });
  return money(BigInt(json.minor), json.currency);
}
