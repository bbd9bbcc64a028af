import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  fromQiwiAmount,
  toQiwiAmount,
  twoDecimals,
} from '../../../src/adapters/payment/qiwi/qiwi-money.ts';
import { billShape, readJson } from '../../../src/adapters/payment/qiwi/qiwi-objects.ts';
import { troubleOfStatus } from '../../../src/adapters/payment/qiwi/qiwi-trouble.ts';
import {
  billRequest,
  claimFrom,
  createdFrom,
  refundClaimFrom,
} from '../../../src/adapters/payment/qiwi/qiwi-wire.ts';
import { currencies } from '../../../src/domain/currency.ts';
import { money } from '../../../src/domain/money.ts';
import { instant } from '../../../src/domain/time.ts';
import { anyMoney } from '../../support/any.ts';
import { rub, vector, wishFor } from './qiwi-desk.ts';

const now = Date.UTC(2026, 2, 11, 9);
const bill = (over: object = {}) => billShape.parse({ ...vector, ...over });

describe('sums at QIWI', () => {
  it('go there and back to the kopeck', () => {
    const any = fc.tuple(fc.bigInt(1n, 99_999_999n), fc.constantFrom('RUB', 'KZT'));
    fc.assert(
      fc.property(any, ([minor, currency]) => {
        const sum = money(minor, currency);
        const amount = toQiwiAmount(sum);
        assert.ok(amount !== undefined);
        assert.match(amount.value, /^\d{1,6}\.\d\d$/);
        assert.deepEqual(fromQiwiAmount(amount), sum);
      }),
    );
  });

  it('that it would not charge to the last unit are not asked for', () => {
    assert.deepEqual(toQiwiAmount(rub(99_999_999n)), { value: '999999.99', currency: 'RUB' });
    for (const minor of [0n, -1n, 100_000_000n]) assert.equal(toQiwiAmount(rub(minor)), undefined);
    for (const currency of currencies.filter((each) => each !== 'RUB' && each !== 'KZT')) {
      assert.equal(toQiwiAmount(money(100n, currency)), undefined, currency);
    }
    fc.assert(
      fc.property(anyMoney(), (sum) => {
        const amount = toQiwiAmount(sum);
        assert.ok(amount === undefined || amount.currency === sum.currency);
      }),
    );
  });

  it('are the same in the spellings that come, and none in any other', () => {
    for (const value of ['100', '100.0', '100.00']) {
      assert.equal(twoDecimals(value), '100.00');
      assert.deepEqual(fromQiwiAmount({ value, currency: 'RUB' }), rub(10_000n));
    }
    for (const value of ['100,00', '1e2', ' 100', '-1', '1.001', '', '01', '0.1+0.2', '１', '.5']) {
      assert.equal(fromQiwiAmount({ value, currency: 'RUB' }), undefined, value);
    }
    for (const currency of ['JPY', 'KWD', 'XXX', 'rub', '__proto__']) {
      assert.equal(fromQiwiAmount({ value: '1.00', currency }), undefined, currency);
    }
  });

  it('keep their digits when they come as numbers', () => {
    assert.deepEqual(readJson('{"amount":{"value":100.10,"other":1.50}}'), {
      amount: { value: '100.10', other: 1.5 },
    });
    assert.equal(readJson('{'), undefined);
  });
});

describe('a bill asked for at QIWI', () => {
  it('says the sum, until when in whole seconds with the zone, and what for', () => {
    const wish = wishFor(now, { expiresAt: instant(now + 999) });

    assert.deepEqual(billRequest(wish), {
      amount: { value: '1234.50', currency: 'RUB' },
      expirationDateTime: '2026-03-11T09:00:00+00:00',
      comment: 'Лицевой счёт 7000001-1 & «дом» <b> 🏠',
    });
  });

  it('cuts a long description between characters', () => {
    const { comment } = billRequest(wishFor(now, { description: `a${'🏠'.repeat(200)}` })) as {
      comment: string;
    };
    assert.equal(comment, `a${'🏠'.repeat(127)}`);
  });

  it('offers the ways to pay its method names, and is not made for a method of others', () => {
    for (const method of ['card', 'qw,card', 'mobile,qw,card']) {
      const { customFields } = billRequest(wishFor(now, { method })) as { customFields: object };
      assert.deepEqual(customFields, { paySourcesFilter: method });
    }
    for (const method of ['', 'bank_card', 'qw,', 'card;qw']) {
      assert.equal(billRequest(wishFor(now, { method })), undefined, method);
    }
  });

  it('sends its payer to the page, which knows the way back', () => {
    const payUrl = 'https://oplata.qiwi.com/form/?invoice_uid=d875277b';
    const back = 'https://kabinet.example/p?a=«1»&b=2';
    const waiting = bill({ payUrl, status: { value: 'WAITING' } });
    const created = createdFrom(waiting, back);

    assert.ok(created?.redirect.kind === 'get');
    const url = new URL(created.redirect.url);
    assert.equal(url.origin + url.pathname, 'https://oplata.qiwi.com/form/');
    assert.equal(url.searchParams.get('invoice_uid'), 'd875277b');
    assert.equal(url.searchParams.get('successUrl'), back);
    assert.equal(created.ref, 'test_bill');
  });

  it('sends its payer nowhere but to a page, and straight back once it is closed', () => {
    const back = 'https://kabinet.example/p';
    for (const payUrl of [undefined, 'javascript:alert(1)', 'no address']) {
      assert.equal(createdFrom(bill({ payUrl, status: { value: 'WAITING' } }), back), undefined);
    }
    const closed = createdFrom(bill({ payUrl: 'https://oplata.qiwi.com/form/' }), back);
    assert.deepEqual(closed?.redirect, { kind: 'get', url: back });
  });
});

describe('a bill of QIWI', () => {
  it('stands as its status says, and not at all where nobody knows the status', () => {
    const stands = (value: string) => claimFrom(bill({ status: { value } }), 'live')?.state;
    const expected = { WAITING: 'open', PAID: 'paid', REJECTED: 'canceled', EXPIRED: 'expired' };
    for (const [status, state] of Object.entries(expected)) assert.equal(stands(status), state);
    for (const status of ['', 'paid', 'UNHEARD_OF', '__proto__', 'toString']) {
      assert.equal(stands(status), undefined, status);
    }
  });

  it('tells when it was paid, by either name of the moment, with its zone', () => {
    const at = Date.UTC(2026, 2, 11, 9);
    const when = (status: object) => claimFrom(bill({ status }), 'live')?.paidAt;

    assert.equal(when({ value: 'PAID', changedDateTime: '2026-03-11T12:00:00+03:00' }), at);
    assert.equal(when({ value: 'PAID', datetime: '2026-03-11T09:00:00Z' }), at);
    assert.equal(when({ value: 'PAID', changedDateTime: 5 }), undefined);
    assert.equal(when({ value: 'PAID' }), undefined);
    assert.equal(when({ value: 'EXPIRED', datetime: '2026-03-11T09:00:00Z' }), undefined);
  });
});

describe('a refund of QIWI', () => {
  it('has gone back, in part or in full; in any other status nobody knows', () => {
    const refund = { refundId: 'r1', amount: { value: '1', currency: 'RUB' } };
    for (const status of ['PARTIAL', 'FULL']) {
      assert.deepEqual(refundClaimFrom({ ...refund, status }), {
        ...{ state: 'succeeded', ref: 'r1', amount: rub(100n) },
      });
    }
    for (const status of ['', 'FAILED', '__proto__']) {
      assert.equal(refundClaimFrom({ ...refund, status }), undefined);
    }
  });
});

describe('an error of QIWI', () => {
  const tagOf = (status: number, code?: string) => troubleOfStatus(status, code, null).tag;

  it('is our own fault only where QIWI itself says so', () => {
    for (const [status, code] of [
      ...([400, 400, 400].map((each, n) => [
        each,
        ['validation.error', 'refund.incorrect.amount', 'http.message.conversion.failed'][n],
      ]) as [number, string][]),
      [404, 'http.url.not.found'],
      [405, 'http.method.not.supported'],
      [406, 'http.media.type.not.acceptable'],
      [415, 'http.media.type.not.supported'],
    ] as const) {
      assert.equal(tagOf(status, code), 'invalid', code);
    }
    for (const status of [400, 404, 405, 406, 415]) assert.equal(tagOf(status), 'unknown');
  });

  it('leaves open what happened where its own machinery broke', () => {
    for (const code of ['internal.error', 'internal.invoicing.core.error', 'default', undefined]) {
      for (const status of [500, 502, 503, 504, 400, 302, 204]) {
        assert.equal(tagOf(status, code), 'unknown');
      }
    }
  });

  it('had surely no effect where our key is wrong or we are too fast', () => {
    assert.equal(tagOf(401, 'auth.unauthorized'), 'not-attempted');
    assert.equal(tagOf(403), 'not-attempted');
    const waits = (after: string | null) => {
      const { retryAfterMs } = {
        retryAfterMs: undefined,
        ...troubleOfStatus(429, undefined, after),
      };
      return retryAfterMs;
    };
    assert.equal(waits('7'), 7_000);
    for (const after of [null, '', 'soon', '-1', '99999']) assert.equal(waits(after), undefined);
  });

  it('tells nothing of what QIWI writes but its codes', () => {
    const told = JSON.stringify(troubleOfStatus(400, '<Анна 4111111111111111>', null));
    assert.ok(!told.includes('4111') && !told.includes('Анна'));
  });
});
