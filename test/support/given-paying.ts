import { rememberMethod, tokenOf } from '../../src/application/autopay/remember-method.ts';
import { answerQuestion } from '../../src/application/payments/answer-question.ts';
import { cancelPayment } from '../../src/application/payments/cancel-payment.ts';
import { capturePayment } from '../../src/application/payments/capture-payment.ts';
import {
  lookAtDuePayments,
  lookAtPayment,
} from '../../src/application/payments/look-at-payments.ts';
import { releasePayment } from '../../src/application/payments/release-payment.ts';
import { resolveReview } from '../../src/application/payments/resolve-review.ts';
import {
  sendDuePayments,
  sendPayment,
  type PayerFacing,
} from '../../src/application/payments/send-payment.ts';
import { settlePayment } from '../../src/application/payments/settle-payment.ts';
import { startPayment } from '../../src/application/payments/start-payment.ts';
import { takeNotification } from '../../src/application/payments/take-notification.ts';
import { takeProof } from '../../src/application/payments/take-proof.ts';
import { decideRefund } from '../../src/application/refunds/decide-refund.ts';
import { requestRefund } from '../../src/application/refunds/request-refund.ts';
import { sendDueRefunds, sendRefund } from '../../src/application/refunds/send-refund.ts';
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
  title: { ru: 'Банковская карта', en: 'Bank card' },
  marks: ['visa'],
  routes: [{ provider: 'alpha', ...range('RUB', 100n, 10_000_000n) }],
  speed: 'at-once',
};
export const transfer: PaymentMethod = {
  ...card,
  code: 'transfer',
  title: { ru: 'Перевод', en: 'Transfer' },
  routes: [
    { provider: 'alpha', ...range('USD', 1n, 100n) },
    { provider: 'alpha', ...range('RUB', 1_000n, 500_000n) },
  ],
};
export const facing: PayerFacing = {
  description: 'Лицевой счёт',
  returnUrl: (id) => `https://kabinet.example/payments/${id}`,
};

/** A second person has to agree above 200 roubles. */
export const refundRules = [money(20_000n, 'RUB')];

interface Seen {
  readonly methods?: readonly PaymentMethod[];
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
  const { accounts, desk, refunds, savedMethods } = stores;
  const providers = [asked];
  const offer = { methods: seen.methods ?? [card, transfer], providers };
  const start = startPayment(stores.payments, accounts, offer, randomness, clock);
  const remember = rememberMethod(savedMethods, secrets, randomness, clock);
  const proof = takeProof(settle, remember, randomness);
  const question = answerQuestion(payments, desk, clock);
  const take = takeNotification(payments, proof, question, secrets, clock);
  const sending = { providers, facing, tokenOf: tokenOf(savedMethods, secrets) };
  const looking = { providers, settle, take: proof };
  const sendBack = sendRefund(desk, refunds, providers, settle);
  return {
    clock,
    stores,
    provider,
    anna,
    account,
    settle,
    proofs: proof,
    sending,
    start,
    send: sendPayment(payments, settle, sending, clock),
    sendDue: sendDuePayments(payments, settle, sending, clock),
    look: lookAtDuePayments(payments, looking, clock),
    lookAt: lookAtPayment(payments, looking, clock),
    cancel: cancelPayment(payments, providers, settle),
    capture: capturePayment(desk, providers, settle),
    release: releasePayment(desk, providers, settle),
    review: resolveReview(settle, refundRules),
    refund: requestRefund(settle, providers, refundRules, sendBack, randomness),
    decideRefund: decideRefund(refunds, settle, sendBack),
    sendDueRefunds: sendDueRefunds(refunds, sendBack, clock),
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
      provider.says({
        tag: 'proof',
        eventKey,
        of: { by: 'id', id: paymentId },
        claim: givenClaim(facts),
      }),
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
