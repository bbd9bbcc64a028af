import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  fromStripeAmount,
  toStripeAmount,
} from '../../../src/adapters/payment/stripe/stripe-money.ts';
import { declineReason, troubleOf } from '../../../src/adapters/payment/stripe/stripe-trouble.ts';
import { readEvent } from '../../../src/adapters/payment/stripe/stripe-events.ts';
import { claimFromSession, readSession } from '../../../src/adapters/payment/stripe/stripe-wire.ts';
import { currencies } from '../../../src/domain/currency.ts';
import { money } from '../../../src/domain/money.ts';

describe('money at Stripe', () => {
  it('comes back as it went, for every sum that can be charged', () => {
    const sums = fc.record({
      minor: fc.bigInt({ min: -10n, max: 10n ** 9n }),
      currency: fc.constantFrom(...currencies),
    });
    fc.assert(
      fc.property(sums, ({ minor, currency }) => {
        const sent = toStripeAmount(money(minor, currency));
        const chargeable =
          minor > 0n && minor <= 99_999_999n && (currency !== 'KWD' || minor % 10n === 0n);
        assert.equal(sent !== undefined, chargeable);
        if (sent === undefined) return;
        assert.deepEqual(fromStripeAmount(sent.amount, sent.currency), money(minor, currency));
      }),
    );
  });

  it('is the smallest unit of each: 500 yen are 500, 12.50 roubles 1250, 1.230 dinars 1230', () => {
    assert.deepEqual(toStripeAmount(money(500n, 'JPY')), { amount: 500, currency: 'jpy' });
    assert.deepEqual(toStripeAmount(money(1_250n, 'RUB')), { amount: 1250, currency: 'rub' });
    assert.deepEqual(toStripeAmount(money(1_230n, 'KWD')), { amount: 1230, currency: 'kwd' });
    assert.equal(toStripeAmount(money(1_234n, 'KWD')), undefined);
  });

  it('is nothing when it is a fraction, below zero or of a currency we do not keep', () => {
    const odd: readonly (readonly [number, string])[] = [
      [1.5, 'rub'],
      [-1, 'rub'],
      [NaN, 'rub'],
      [2 ** 60, 'rub'],
      [1, 'xyz'],
      [1, ''],
    ];
    for (const [amount, currency] of odd)
      assert.equal(fromStripeAmount(amount, currency), undefined);
  });
});

describe('trouble at Stripe', () => {
  const rows: readonly (readonly [object, string])[] = [
    [{ statusCode: 400, rawType: 'invalid_request_error' }, 'invalid'],
    [{ statusCode: 404, rawType: 'invalid_request_error' }, 'invalid'],
    [{ statusCode: 400, rawType: 'idempotency_error' }, 'unknown'],
    [{ statusCode: 401 }, 'not-attempted'],
    [{ statusCode: 402, code: 'card_declined' }, 'declined'],
    [{ statusCode: 403 }, 'not-attempted'],
    [{ statusCode: 409 }, 'unknown'],
    [{ statusCode: 429 }, 'not-attempted'],
    [{ statusCode: 500 }, 'unknown'],
    [{ statusCode: 503 }, 'unknown'],
    [{ detail: { code: 'ECONNREFUSED' } }, 'not-attempted'],
    [{ detail: { code: 'ECONNRESET' } }, 'unknown'],
    [{ detail: { code: 'ETIMEDOUT' } }, 'unknown'],
    [new Error('anything'), 'unknown'],
  ];
  for (const [error, tag] of rows) {
    it(`${JSON.stringify(error)} is ${tag}`, () => assert.equal(troubleOf(error).tag, tag));
  }

  it('is told without the words of the provider', () => {
    const message = 'card 4242424242424242 of sk_test_1 was declined';
    const words = { message, code: message, param: message, headers: { 'retry-after': message } };
    for (const statusCode of [undefined, 400, 401, 402, 409, 429, 500]) {
      assert.doesNotMatch(JSON.stringify(troubleOf({ ...words, statusCode })), /4242|sk_test/);
    }
  });

  it('says how long to wait when the provider says so, within reason', () => {
    const waitOf = (seconds: string) => {
      const told = troubleOf({ statusCode: 429, headers: { 'retry-after': seconds } });
      return told.tag === 'not-attempted' ? told.retryAfterMs : undefined;
    };
    assert.deepEqual(['2', '0.5', '-1', '1e9', ''].map(waitOf), [
      2_000,
      500,
      undefined,
      undefined,
      0,
    ]);
  });

  it('gives the reason of a declined card as much as a payer may know', () => {
    assert.equal(declineReason('card_declined', 'insufficient_funds'), 'insufficient_funds');
    assert.equal(declineReason('expired_card', undefined), 'card_expired');
    assert.equal(declineReason('card_declined', 'stolen_card'), 'declined');
    assert.equal(declineReason('payment_intent_authentication_failure', null), 'three_ds_failed');
    assert.equal(declineReason('toString', '__proto__'), 'declined');
  });
});

describe('an event of Stripe', () => {
  const session = {
    id: 'cs_1',
    status: 'complete',
    payment_status: 'paid',
    amount_total: 100,
    currency: 'rub',
    client_reference_id: 'p1',
    livemode: false,
    expires_at: 1_700_000_000,
    something_new: { deep: [1] },
  };
  const read = (type: string, object: object, more: object = {}) =>
    readEvent(
      Buffer.from(
        JSON.stringify({
          id: 'evt_1',
          type,
          created: 1_700_000_000,
          livemode: false,
          data: { object },
          ...more,
        }),
      ),
      'test',
    );

  it('that tells of no payment of ours, of nothing final, or of nothing known is ignored', () => {
    const intent = { id: 'pi_1', status: 'succeeded', amount_received: 1, currency: 'rub' };
    const ignored = [
      read('checkout.session.completed', { ...session, client_reference_id: null }),
      read('checkout.session.completed', { ...session, payment_status: 'unpaid' }),
      read('payment_intent.succeeded', { ...intent, livemode: false, metadata: {} }),
      read('payment_intent.payment_failed', {}),
      read('charge.refunded', {}),
      read('moon.rose', {}),
    ];
    assert.deepEqual(new Set(ignored.map(({ tag }) => tag)), new Set(['ignored']));
  });

  it('of a delayed method is paid or failed', () => {
    const paid = read('checkout.session.async_payment_succeeded', session);
    const failed = read('checkout.session.async_payment_failed', {
      ...session,
      payment_status: 'unpaid',
    });
    assert.ok(paid.tag === 'proof' && paid.claim.state === 'paid' && paid.claim.ref === 'cs_1');
    assert.equal(paid.claim.paidAt, 1_700_000_000_000);
    assert.ok(failed.tag === 'proof' && failed.claim.state === 'failed');
    assert.equal(failed.claim.reason, 'declined');
  });

  it('with a sum of a currency we do not keep proves a payment without a sum', () => {
    const reading = read('checkout.session.completed', { ...session, currency: 'xyz' });

    assert.ok(reading.tag === 'proof' && reading.claim.amount === undefined);
  });

  it('of the other mode, or not in its form, is refused', () => {
    assert.deepEqual(read('x', {}, { livemode: true }), { tag: 'refused', why: 'mode' });
    assert.deepEqual(read('checkout.session.completed', { id: 1 }), {
      tag: 'refused',
      why: 'malformed',
    });
    assert.deepEqual(readEvent(Buffer.from([0xff, 0xfe]), 'test'), {
      tag: 'refused',
      why: 'malformed',
    });
  });

  it('or an answer: each state of a session means one of ours', () => {
    const intent = (status: string) => ({
      payment_intent: { id: 'pi', status, amount_received: 70, currency: 'rub', livemode: false },
    });
    const unpaid = { payment_status: 'unpaid' };
    const rows: readonly (readonly [object, string])[] = [
      [{ status: 'open', ...unpaid }, 'open'],
      [{ status: 'expired', ...unpaid }, 'expired'],
      [{ status: 'complete', ...unpaid }, 'open'],
      [{ status: 'complete', ...unpaid, ...intent('processing') }, 'open'],
      [{ status: 'complete', ...unpaid, ...intent('requires_payment_method') }, 'failed'],
      [{ status: 'complete', ...unpaid, ...intent('canceled') }, 'canceled'],
      [{ status: 'complete', ...intent('succeeded') }, 'paid'],
      [{ status: 'something new', ...unpaid }, 'open'],
    ];
    for (const [more, state] of rows) {
      const known = readSession({ ...session, ...more });
      assert.ok(known);
      assert.equal(claimFromSession(known).state, state, JSON.stringify(more));
    }
    const received = readSession({ ...session, ...intent('succeeded') });
    assert.deepEqual(received && claimFromSession(received).amount, money(70n, 'RUB'));
  });
});
