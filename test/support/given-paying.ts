import { askPendingPayments } from '../../src/application/payments/ask-pending-payments.ts';
import {
  sendDuePayments,
  sendPayment,
  type PayerFacing,
} from '../../src/application/payments/send-payment.ts';
import { settlePayment } from '../../src/application/payments/settle-payment.ts';
import { startPayment } from '../../src/application/payments/start-payment.ts';
import { takeNotification } from '../../src/application/payments/take-notification.ts';
import type { PaymentProvider, RawRequest } from '../../src/application/ports/payment-provider.ts';
import type { PaymentStore } from '../../src/application/ports/payment-store.ts';
import type { PaymentId } from '../../src/domain/ids.ts';
import { money, type Money } from '../../src/domain/money.ts';
import type { Claim } from '../../src/domain/payment-claim.ts';
import { range, type PaymentMethod } from '../../src/domain/payment-limits.ts';
import { minute } from '../../src/domain/time.ts';
import {
  fixedRandomness,
  freshId,
  givenAccount,
  givenChange,
  givenCustomer,
  secrets,
  stoppedClock,
} from './given.ts';
import { givenClaim } from './given-payments.ts';
import { memoryStores } from './portal-stores.ts';
import { ScriptedProvider } from './scripted-provider.ts';

export const card: PaymentMethod = {
  code: 'card',
  provider: 'alpha',
  title: { ru: 'Банковская карта', en: 'Bank card' },
  marks: ['visa'],
  limits: [range('RUB', 100n, 10_000_000n)],
  speed: 'at-once',
};
export const transfer: PaymentMethod = {
  ...card,
  code: 'transfer',
  title: { ru: 'Перевод', en: 'Transfer' },
  limits: [range('USD', 1n, 100n), range('RUB', 1_000n, 500_000n)],
};
export const facing: PayerFacing = {
  description: 'Лицевой счёт',
  returnUrl: (id) => `https://kabinet.example/payments/${id}`,
};

interface Seen {
  readonly payments?: (store: PaymentStore) => PaymentStore;
  readonly provider?: (provider: PaymentProvider) => PaymentProvider;
}

/** A portal in which Anna owes 500 roubles and may pay them by card. `seen` puts something before store or provider. */
export async function givenPaying(seen: Seen = {}) {
  const clock = stoppedClock();
  const stores = memoryStores();
  const payments = seen.payments?.(stores.payments) ?? stores.payments;
  const provider = new ScriptedProvider();
  const asked = seen.provider?.(provider) ?? provider;
  const randomness = fixedRandomness();
  const anna = givenCustomer();
  const account = givenAccount(anna);
  await stores.customers.put(anna, 1);
  await stores.accounts.take(givenChange(account), clock.now());

  const settle = settlePayment(payments, randomness, clock, 'Europe/Moscow');
  const { accounts } = stores;
  const start = startPayment(stores.payments, accounts, [card, transfer], randomness, clock);
  const take = takeNotification(payments, settle, secrets, clock);
  return {
    clock,
    stores,
    provider,
    anna,
    account,
    settle,
    start,
    send: sendPayment(payments, [asked], settle, facing, clock),
    sendDue: sendDuePayments(payments, [asked], settle, facing, clock),
    ask: askPendingPayments(payments, [asked], settle, clock),
    take: (raw: RawRequest) => take(asked, raw),
    /** Anna wishes to pay; answers the payment's id. */
    wish: async (amount: Money = money(50_000n, 'RUB'), key: string = freshId()) => {
      const request = { customerId: anna.id, accountId: account.id, amount, method: 'card', key };
      const started = await start(request);
      if (!started.ok) throw new Error(started.refusal.reason);
      return started.value.id;
    },
    /** A true notification of the provider. */
    proof: (paymentId: string, facts: Partial<Claim> = {}, eventKey: string = freshId()) =>
      provider.says({ tag: 'proof', eventKey, paymentId, claim: givenClaim(facts) }),
    payment: async (id: PaymentId) => {
      const found = await stores.payments.find(id, anna.id);
      if (found === undefined) throw new Error(`no payment ${id}`);
      return found;
    },
    /** What accounting would be told. */
    commands: async () => {
      const taken = await stores.outbox.take(100, minute, clock.now());
      return taken.map(({ body }) => JSON.parse(body) as { type: string; data: object });
    },
  };
}
