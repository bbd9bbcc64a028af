import type { AccountId, CustomerId, PaymentId } from '../../domain/ids.ts';
import { add, type Money } from '../../domain/money.ts';
import { feeOf } from '../../domain/payment-fee.ts';
import {
  checkAmount,
  type AmountRefusal,
  type PaymentMethod,
  type Route,
} from '../../domain/payment-limits.ts';
import { newPayment, paymentLifetimeMs, type CreatedPayment } from '../../domain/payment.ts';
import type { Payment } from '../../domain/payment.ts';
import { freezeQuote } from '../../domain/quote.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { SavedMethod } from '../../domain/saved-method.ts';
import { later, type Instant } from '../../domain/time.ts';
import type { AccountStore } from '../ports/account-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { PaymentProvider } from '../ports/payment-provider.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
import type { Randomness } from '../ports/randomness.ts';

export interface StartPaymentRequest {
  readonly customerId: CustomerId;
  readonly accountId: AccountId;
  readonly amount: Money;
  readonly method: string;
  /** The caller's own key: the same key is the same payment, however often it is sent. */
  readonly key: string;
  /** The payment's own id, where the caller had to note it before; else it is drawn. */
  readonly id?: PaymentId;
  /** The payer agrees that the provider remembers the method. */
  readonly saves?: boolean;
  /** Charged to this remembered method, without the payer. */
  readonly savedMethod?: SavedMethod;
}
export type StartPaymentRefusal =
  | AmountRefusal
  | { readonly reason: 'method-unknown' }
  | { readonly reason: 'account-unknown' }
  | { readonly reason: 'idempotency-conflict' };

/** What payers can choose, and who serves it. */
export interface PaymentOffer {
  readonly methods: readonly PaymentMethod[];
  readonly providers: readonly PaymentProvider[];
}

/** Numbers are drawn; a drawn one that is taken is drawn again, this often. */
const mostDraws = 8;

/** Records a wish to pay. Money moves later, in sendPayment, so a crash here costs nothing. */
export const startPayment =
  (
    payments: PaymentStore,
    accounts: AccountStore,
    offer: PaymentOffer,
    randomness: Randomness,
    clock: Clock,
  ) =>
  async (request: StartPaymentRequest): Promise<Result<Payment, StartPaymentRefusal>> => {
    const { customerId, accountId, amount } = request;
    const method = offered(offer, request);
    if (method === undefined) return refused({ reason: 'method-unknown' });
    const account = await accounts.find(accountId, customerId);
    if (account === undefined) return refused({ reason: 'account-unknown' });
    const route = checkAmount(amount, method, account.balance.currency);
    if (!route.ok) return route;

    const now = clock.now();
    const priced = price(amount, method, route.value, now);
    const provider = offer.providers.find(({ code }) => code === route.value.provider);
    const wish = newPayment(
      {
        ...{
          id: request.id ?? (randomness.id() as PaymentId),
          customerId,
          accountId,
          amount,
          ...priced,
        },
        accountNumber: account.number,
        method: method.code,
        saves:
          request.saves === true && method.canBeSaved === true && provider?.charge !== undefined,
        savedMethod: request.savedMethod?.id,
      },
      now,
    );
    for (let draw = 0; draw < mostDraws; draw += 1) {
      const payment = provider?.namesByNumber === true ? numbered(wish, randomness) : wish;
      const added = await payments.add(payment, { key: request.key, hash: fingerprint(request) });
      if (added === 'number-taken') continue;
      if (added === 'added') return ok(payment);
      return added.sameRequest ? ok(added.existing) : refused({ reason: 'idempotency-conflict' });
    }
    throw new NoNumberLeft(`no free payment number in ${String(mostDraws)} draws`);
  };
export type StartPayment = ReturnType<typeof startPayment>;

class NoNumberLeft extends Error {
  override readonly name = 'NoNumberLeft';
}

/** The method asked for; a remembered one goes only where it is remembered, and where it can be charged. */
function offered(
  { methods, providers }: PaymentOffer,
  { method: code, savedMethod: saved }: StartPaymentRequest,
): PaymentMethod | undefined {
  const method = methods.find((each) => each.code === code && !each.off);
  if (method === undefined || saved === undefined) return method;
  const provider = providers.find((each) => each.code === saved.provider);
  if (saved.method !== code || provider?.charge === undefined) return undefined;
  const routes = method.routes.filter((route) => route.provider === saved.provider);
  return routes.length === 0 ? undefined : { ...method, routes };
}

/** Fee and quote of a sum by a route: what the payer is asked for, frozen. */
function price(amount: Money, method: PaymentMethod, route: Route, now: Instant) {
  const fee = feeOf(amount, method.fee);
  const total = add(amount, fee);
  const { provider, as: providerMethod, holds = false, rate } = route;
  const quote =
    rate === undefined ? undefined : freezeQuote(total, rate, later(now, paymentLifetimeMs));
  return { provider, providerMethod, holds, fee, quote, charge: quote?.to ?? total };
}

/** A number that fits 31 bits and is not zero: all that the narrowest provider takes. */
function numbered(payment: CreatedPayment, randomness: Randomness): CreatedPayment {
  const [a = 0, b = 0, c = 0, d = 0] = randomness.bytes(4);
  const drawn = ((a & 127) * 256 + b) * 65_536 + c * 256 + d;
  return { ...payment, number: Math.max(drawn, 1) };
}

/** What has to be equal for two requests with one key to be one request. */
const fingerprint = ({ accountId, amount, method, ...more }: StartPaymentRequest): string =>
  [
    ...[accountId, amount.minor.toString(), amount.currency, method],
    ...(more.saves === true ? ['saves'] : []),
    ...(more.savedMethod === undefined ? [] : [more.savedMethod.id]),
  ].join('|');
