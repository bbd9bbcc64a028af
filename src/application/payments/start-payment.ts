import type { AccountId, CustomerId, PaymentId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import {
  checkAmount,
  type AmountRefusal,
  type PaymentMethod,
} from '../../domain/payment-limits.ts';
import { newPayment, type Payment } from '../../domain/payment.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { AccountStore } from '../ports/account-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
import type { Randomness } from '../ports/randomness.ts';

export interface StartPaymentRequest {
  readonly customerId: CustomerId;
  readonly accountId: AccountId;
  readonly amount: Money;
  readonly method: string;
  /** The caller's own key: the same key is the same payment, however often it is sent. */
  readonly key: string;
}
export type StartPaymentRefusal =
  | AmountRefusal
  | { readonly reason: 'method-unknown' }
  | { readonly reason: 'account-unknown' }
  | { readonly reason: 'idempotency-conflict' };

/** Records a wish to pay. Money moves later, in sendPayment, so a crash here costs nothing. */
export const startPayment =
  (
    payments: PaymentStore,
    accounts: AccountStore,
    methods: readonly PaymentMethod[],
    randomness: Randomness,
    clock: Clock,
  ) =>
  async (request: StartPaymentRequest): Promise<Result<Payment, StartPaymentRefusal>> => {
    const { customerId, accountId, amount } = request;
    const method = methods.find((offered) => offered.code === request.method);
    if (method === undefined) return refused({ reason: 'method-unknown' });
    const account = await accounts.find(accountId, customerId);
    if (account === undefined) return refused({ reason: 'account-unknown' });
    const checked = checkAmount(amount, method, account.balance.currency);
    if (!checked.ok) return checked;

    const id = randomness.id() as PaymentId;
    const { provider, code } = method;
    const facts = { id, customerId, accountId, accountNumber: account.number, amount, provider };
    const payment = newPayment({ ...facts, method: code }, clock.now());
    const added = await payments.add(payment, { key: request.key, hash: fingerprint(request) });
    if (added === 'added') return ok(payment);
    return added.sameRequest ? ok(added.existing) : refused({ reason: 'idempotency-conflict' });
  };
export type StartPayment = ReturnType<typeof startPayment>;

/** What has to be equal for two requests with one key to be one request. */
const fingerprint = ({ accountId, amount, method }: StartPaymentRequest): string =>
  [accountId, amount.minor.toString(), amount.currency, method].join('|');
