import assert from 'node:assert/strict';
import {
  paymentState,
  type PaymentJson,
} from '../../../src/adapters/http/contract/payment-json.ts';
import { keyFor, newPaymentKey } from '../../../src/adapters/browser/payment/payment-key.ts';
import { isSettled, paymentView } from '../../../src/adapters/browser/payment/payment-view.ts';
import {
  pollDelayMs,
  redirectPollDelayMs,
} from '../../../src/adapters/browser/payment/poll-delay.ts';
import { failureTextId } from '../../../src/adapters/browser/payment/failure-text.ts';
import { sumLimits, takes } from '../../../src/adapters/browser/payment/sum-limits.ts';

const givenPayment = (more: Partial<PaymentJson>): PaymentJson => ({
  id: 'p',
  accountId: 'a',
  accountNumber: '7000001-1',
  state: 'created',
  late: false,
  method: 'bank-card',
  provider: 'stripe',
  amount: { minor: '100', currency: 'RUB' },
  fee: { minor: '0', currency: 'RUB' },
  charge: { minor: '100', currency: 'RUB' },
  canCancel: false,
  createdAt: '2026-11-09T00:00:00Z',
  updatedAt: '2026-11-09T00:00:00Z',
  ...more,
});
const rub = (minor: string) => ({ minor, currency: 'RUB' });

describe('the page of a payment', () => {
  it('never says failed while the outcome is not known', () => {
    for (const state of ['created', 'initiating', 'pending', 'review'] as const) {
      const view = paymentView(givenPayment({ state }));

      assert.notEqual(view.mark, 'failed', state);
      assert.equal(view.canRetry, false, state);
      assert.equal(isSettled(givenPayment({ state })), false, state);
    }
  });

  it('does not say that no money was taken while a charge without its payer has no answer', () => {
    for (const state of ['created', 'initiating'] as const) {
      const view = paymentView(givenPayment({ state, savedMethod: 'm' }));
      assert.equal(view.money, 'payment.charging.money');
      assert.equal(paymentView(givenPayment({ state })).money, 'payment.creating.money');
    }
  });

  it('says in every state whether money was taken', () => {
    for (const state of paymentState.options) {
      assert.match(paymentView(givenPayment({ state })).money, /\.(money|late)$/u, state);
    }
  });

  it('offers to continue only when it knows where to', () => {
    const redirect = { kind: 'get', url: 'https://pay.example/1' } as const;

    assert.equal(paymentView(givenPayment({ state: 'pending', redirect })).canContinue, true);
    assert.equal(paymentView(givenPayment({ state: 'pending' })).canContinue, false);
    assert.equal(paymentView(givenPayment({ state: 'expired', redirect })).canContinue, false);
  });

  it('tells when a paid sum is in the books', () => {
    const paid = givenPayment({ state: 'succeeded' });

    assert.equal(paymentView(paid).next, 'payment.posting');
    assert.equal(paymentView({ ...paid, operationId: 'o' }).next, 'payment.posted');
  });

  it('reads an unknown reason as a plain decline', () => {
    assert.equal(failureTextId('insufficient_funds'), 'failure.insufficient-funds');
    assert.equal(failureTextId('new_word'), 'failure.declined');
    assert.equal(failureTextId(undefined), 'failure.declined');
  });
});

describe('asking about a payment', () => {
  it('waits 2, 4, 8 and then 15 seconds', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 99].map(pollDelayMs),
      [2_000, 4_000, 8_000, 15_000, 15_000, 15_000],
    );
  });

  it('is quicker while the payer waits to be sent to the provider', () => {
    assert.equal(redirectPollDelayMs(0), 500);
    assert.equal(redirectPollDelayMs(99), 15_000);
  });
});

describe('the key of a payment', () => {
  const numbered = () => {
    let count = 0;
    return () => `key-${String((count += 1))}`;
  };

  it('stays the same when the same button is pressed again', () => {
    const newId = numbered();
    const first = keyFor(newPaymentKey(newId), { sum: '100' }, newId);

    assert.equal(keyFor(first, { sum: '100' }, newId).key, first.key);
  });

  it('changes with the sum or the method: that is another wish', () => {
    const newId = numbered();
    const first = keyFor(newPaymentKey(newId), { sum: '100' }, newId);

    assert.notEqual(keyFor(first, { sum: '200' }, newId).key, first.key);
  });
});

describe('limits of a sum', () => {
  const method = (min: string, max: string) => ({
    method: min,
    title: { ru: '', en: '' },
    marks: [],
    min: rub(min),
    max: rub(max),
    fee: rub('0'),
    available: true,
    saved: [],
    canBeSaved: false,
    speed: 'at-once' as const,
  });

  it('are the widest that any method takes', () => {
    const limits = sumLimits([method('100', '500'), method('50', '300')], 'RUB');

    assert.deepEqual(limits, { min: rub('50'), max: rub('500') });
    assert.equal(sumLimits([method('1', '2')], 'KZT'), undefined);
  });

  it('take both ends', () => {
    const card = method('100', '500');

    assert.deepEqual(
      ['99', '100', '500', '501'].map((minor) => takes(card, rub(minor))),
      [false, true, true, false],
    );
  });
});
