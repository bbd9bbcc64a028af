import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { readNotice } from '../../../src/adapters/payment/tbank/tbank-notices.ts';
import {
  declineReason,
  troubleOfCode,
  troubleOfStatus,
} from '../../../src/adapters/payment/tbank/tbank-trouble.ts';
import {
  claimFrom,
  foremost,
  fromKopecks,
  initRequest,
  toKopecks,
} from '../../../src/adapters/payment/tbank/tbank-wire.ts';
import { currencies } from '../../../src/domain/currency.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { instant } from '../../../src/domain/time.ts';
import { password, rub, signed, terminalKey } from './tbank-desk.ts';
import { troubleOfError } from '../../../src/adapters/payment/trouble.ts';

const notice = {
  ...{ TerminalKey: terminalKey, OrderId: 'o1', Success: true, Status: 'CONFIRMED' },
  ...{ PaymentId: 3_093_639_567, ErrorCode: '0', Amount: 123_450 },
  ...{ CardId: 173_582_946, Pan: '220138******0047', ExpDate: '1230' },
};
const terminal = { key: terminalKey, passwords: [password], mode: 'test' } as const;
const read = (more: object) => readNotice(signed({ ...notice, ...more }), terminal);

describe('money at T-Bank', () => {
  it('is roubles in kopecks, there and back; anything else cannot be taken', () => {
    const sums = fc.record({
      minor: fc.oneof(fc.bigInt({ min: -10n, max: 10n ** 9n }), fc.bigInt({ min: 2n ** 53n - 9n })),
      currency: fc.constantFrom(...currencies),
    });
    fc.assert(
      fc.property(sums, ({ minor, currency }) => {
        const sent = toKopecks(money(minor, currency));
        const isTaken = currency === 'RUB' && minor > 0n && minor < 2n ** 53n;
        assert.equal(sent !== undefined, isTaken);
        if (sent !== undefined) assert.deepEqual(fromKopecks(sent), rub(minor));
      }),
    );
  });

  it('told as anything but whole kopecks is refused', () => {
    for (const Amount of ['123450', '1234.50', 1234.5, -1, 2 ** 53, true]) {
      assert.deepEqual(read({ Amount }), { tag: 'refused', why: 'malformed' }, String(Amount));
    }
  });
});

describe('what T-Bank is asked for', () => {
  const wish = {
    ...{ paymentId: 'p1' as PaymentId, amount: rub(19_200n), description: 'Счёт' },
    ...{
      returnUrl: 'https://kabinet.example',
      expiresAt: instant(Date.UTC(2026, 2, 11, 21, 5, 9, 7)),
    },
  };

  it('names our payment, its steps and its end in the bank’s own time', () => {
    assert.deepEqual(initRequest({ ...wish, holds: true }, 'https://kabinet.example/notify'), {
      ...{ Amount: 19_200, OrderId: 'p1', Description: 'Счёт', PayType: 'T' },
      NotificationURL: 'https://kabinet.example/notify',
      SuccessURL: 'https://kabinet.example',
      FailURL: 'https://kabinet.example',
      RedirectDueDate: '2026-03-12T00:05:09+03:00',
    });
    assert.equal(initRequest(wish, undefined)?.PayType, 'O');
    assert.ok(!('NotificationURL' in (initRequest(wish, undefined) ?? {})));
    assert.equal(initRequest({ ...wish, amount: money(1n, 'USD') }, undefined), undefined);
  });

  it('is described in at most 140 places, never within a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (description) => {
        const text = initRequest({ ...wish, description }, undefined)?.Description ?? '';
        assert.ok(text.isWellFormed() && text.length <= 140);
        assert.ok(description.toWellFormed().startsWith(text));
        assert.ok(text.length >= Math.min(139, description.length));
      }),
    );
  });
});

describe('a status of T-Bank', () => {
  const open = [
    ...['NEW', 'FORM_SHOWED', 'PREAUTHORIZING', 'AUTHORIZING', '3DS_CHECKING', '3DS_CHECKED'],
    ...['PAY_CHECKING', 'CONFIRMING', 'CONFIRM_CHECKING', 'REVERSING', 'REFUNDING'],
    ...['ASYNC_REFUNDING', 'UNHEARD_OF', 'toString', ''],
  ];
  const others: readonly (readonly [string, string, string])[] = [
    ['AUTHORIZED', 'held', 'proof'],
    ['PARTIAL_REVERSED', 'held', 'proof'],
    ['CONFIRMED', 'paid', 'proof'],
    ['REFUNDED', 'paid', 'proof'],
    ['PARTIAL_REFUNDED', 'paid', 'hint'],
    ['REVERSED', 'canceled', 'proof'],
    ['CANCELED', 'canceled', 'proof'],
    ['REJECTED', 'failed', 'hint'],
    ['AUTH_FAIL', 'failed', 'hint'],
    ['ATTEMPTS_EXPIRED', 'failed', 'proof'],
    ['DEADLINE_EXPIRED', 'expired', 'proof'],
  ];
  const rows = [...open.map((status) => [status, 'open', 'ignored'] as const), ...others];
  for (const [status, state, tag] of rows) {
    it(`${status || 'of no name'} is ${state}, and told so it is ${tag}`, () => {
      const claim = claimFrom(
        { PaymentId: '7', Status: status, Amount: 5, ErrorCode: '0' },
        'live',
      );

      assert.deepEqual([claim.state, claim.ref, claim.mode], [state, '7', 'live']);
      assert.equal(claim.reason, state === 'failed' ? 'declined' : undefined);
      assert.equal(read({ Status: status }).tag, tag);
    });
  }

  it('REFUNDED tells that all went back; of a part nobody knows how much', () => {
    const [all, part] = ['REFUNDED', 'PARTIAL_REFUNDED'].map((Status) =>
      claimFrom({ PaymentId: '7', Status, Amount: 5 }, 'live'),
    );

    assert.deepEqual([all?.amount, all?.refundedTotal], [rub(5n), rub(5n)]);
    assert.deepEqual([part?.amount, part?.refundedTotal], [undefined, undefined]);
  });

  it('of several payments of one order the one with money in it counts', () => {
    const of = (...statuses: string[]) =>
      foremost(
        statuses.map((Status, n) => ({ PaymentId: String(n), Status })),
        '0',
      )?.Status;

    assert.equal(of('REJECTED', 'CONFIRMED', 'NEW'), 'CONFIRMED');
    assert.equal(of('NEW', 'AUTHORIZED'), 'AUTHORIZED');
    assert.equal(of('REJECTED', 'NEW'), 'REJECTED');
    assert.equal(of(), undefined);
  });
});

describe('a notification of T-Bank', () => {
  it('keeps what is ours and the bank’s names, and nothing of the card', () => {
    const reading = read({ RebillId: 1, Data: { Pan: '220138******0047' } });

    assert.ok(reading.tag === 'proof');
    assert.deepEqual(reading.of, { by: 'id', id: 'o1' });
    assert.equal(reading.eventKey, '3093639567:CONFIRMED:123450');
    assert.deepEqual([reading.claim.ref, reading.claim.amount], ['3093639567', rub(123_450n)]);
    assert.deepEqual(read({ PaymentId: '3093639567' }), read({}));
    assert.doesNotMatch(inspect(reading, { depth: 9 }), /220138|1230|173582946/);
  });

  it('of money that comes with an error is a contradiction: the bank is asked', () => {
    for (const more of [{ Success: false }, { ErrorCode: '1051' }]) {
      assert.deepEqual(read(more), {
        tag: 'hint',
        eventKey: '3093639567:CONFIRMED:123450',
        ref: '3093639567',
      });
    }
  });

  it('of a payment that ran out of tries tells why, as much as a payer may know', () => {
    const reasonOf = (ErrorCode: string) => {
      const reading = read({ Status: 'ATTEMPTS_EXPIRED', Success: false, ErrorCode });
      return reading.tag === 'proof' && reading.claim.reason;
    };
    assert.deepEqual(['101', '103', '1051', '1057', '99', '1001', '4', 'toString'].map(reasonOf), [
      ...['three_ds_failed', 'insufficient_funds', 'insufficient_funds', 'method_restricted'],
      ...['declined', 'declined', 'declined', 'declined'],
    ]);
  });

  it('of another terminal is refused, of the other mode as such', () => {
    const whyOf = (TerminalKey: unknown) => {
      const reading = read({ TerminalKey });
      return reading.tag === 'refused' && reading.why;
    };
    assert.equal(whyOf('1700000000001DEMO'), 'payee');
    assert.equal(whyOf('1650000000000'), 'mode');
    assert.equal(whyOf(7), 'malformed');
  });

  it('that is none is refused, and never breaks', () => {
    const odd = [
      ...[
        { OrderId: ['o1'] },
        { OrderId: 7 },
        { OrderId: '' },
        { Status: null },
        { Success: 'true' },
      ],
      ...[{ PaymentId: '1e9' }, { PaymentId: 0 }, { PaymentId: {} }, { Password: 'x' }],
    ];
    for (const more of odd) assert.deepEqual(read(more), { tag: 'refused', why: 'malformed' });
    const bodies = ['', 'null', '[]', '"x"', '{"a":', '\u0000', '{"__proto__":{}}'];
    for (const body of [...bodies.map((text) => Buffer.from(text)), Buffer.from([0xff, 0x7b])]) {
      assert.deepEqual(readNotice({ headers: {}, body }, terminal), {
        tag: 'refused',
        why: 'malformed',
      });
    }
  });
});

describe('trouble at T-Bank', () => {
  it('is sorted by its code: who we are, what the card’s bank says, what is wrong with the request', () => {
    const tagOf = (code: string) => troubleOfCode(code).tag;

    assert.deepEqual(['202', '204', '331'].map(tagOf), Array(3).fill('not-attempted'));
    assert.deepEqual(
      ['99', '101', '103', '1001', '1051', '1057'].map(tagOf),
      Array(6).fill('declined'),
    );
    assert.deepEqual(
      ['7', '8', '308', '309', '9999', '__proto__'].map(tagOf),
      Array(6).fill('invalid'),
    );
    assert.equal(declineReason(undefined), 'declined');
  });

  it('is sorted by its status, where it is not of the bank', () => {
    const tags = [401, 403, 429, 400, 404, 500, 502, 301].map(
      (each) => troubleOfStatus(each, null).tag,
    );
    assert.deepEqual(tags, [
      ...Array<string>(3).fill('not-attempted'),
      ...Array<string>(5).fill('unknown'),
    ]);
    const waits = ['2', '0.5', '', '-1', '1e9', 'soon'].map((text) => {
      const told = troubleOfStatus(429, text);
      return told.tag === 'not-attempted' ? told.retryAfterMs : undefined;
    });
    assert.deepEqual(waits, [2_000, 500, undefined, undefined, undefined, undefined]);
  });

  it('without an answer is unknown, unless nothing was ever sent', () => {
    const failed = (code: string) =>
      new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });
    const tagOf = (error: unknown) => troubleOfError(error).tag;

    assert.deepEqual(
      ['ECONNREFUSED', 'ENOTFOUND', 'SELF_SIGNED_CERT_IN_CHAIN'].map((code) => tagOf(failed(code))),
      Array(3).fill('not-attempted'),
    );
    assert.equal(tagOf(failed('ECONNRESET')), 'unknown');
    const both = new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]);
    assert.equal(tagOf(new TypeError('fetch failed', { cause: both })), 'not-attempted');
    assert.equal(tagOf('anything'), 'unknown');
  });

  it('is told without the words of the provider', () => {
    assert.doesNotMatch(JSON.stringify(troubleOfCode('карта 2201 отклонена')), /2201/);
  });
});
