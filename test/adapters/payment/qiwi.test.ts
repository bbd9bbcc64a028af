import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { qiwi } from '../../../src/adapters/payment/qiwi/qiwi.ts';
import { money } from '../../../src/domain/money.ts';
import { minute, second } from '../../../src/domain/time.ts';
import { freshId } from '../../support/given.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import {
  asked,
  deadlineMs,
  givenQiwiDesk,
  losses,
  readBy,
  rub,
  value,
  wishFor,
  type QiwiDesk,
} from './qiwi-desk.ts';

describe('QIWI', () => {
  let desk: QiwiDesk;
  beforeEach(async () => {
    desk = await givenQiwiDesk();
  });
  afterEach(() => desk.close());

  describe('writes out a bill', () => {
    it('whose payer is sent to its page until it expires', async () => {
      const wish = desk.wish();
      const { redirect, expiresAt, ref } = value(await desk.provider.create(wish, deadlineMs));

      assert.ok(redirect.kind === 'get');
      assert.match(await (await fetch(redirect.url)).text(), /7000001-1 &amp; «дом» &lt;b&gt; 🏠/);
      assert.equal(ref, wish.paymentId);
      assert.ok(wish.expiresAt - (expiresAt ?? 0) < second);
    });

    it('once, however often it is asked for, also in other words', async () => {
      const wish = desk.wish();
      const first = value(await desk.provider.create(wish, deadlineMs));
      assert.deepEqual(value(await desk.provider.create(wish, deadlineMs)), first);

      const words = { ...wish, description: 'Account', method: 'card' };
      assert.deepEqual(value(await desk.provider.create(words, deadlineMs)), first);
      const atOnce = desk.wish();
      await Promise.all([1, 2, 3].map(() => desk.provider.create(atOnce, deadlineMs)));
      assert.equal((await desk.look(atOnce.paymentId))['made'], 1);
    });

    it('and never takes the bill of another sum for its own', async () => {
      const wish = desk.wish();
      value(await desk.provider.create(wish, deadlineMs));

      const other = await desk.provider.create({ ...wish, amount: rub(1n) }, deadlineMs);

      assert.equal(other.tag, 'unknown');
    });

    it('the same when an answer is lost, before or after the effect', async () => {
      for (const loss of losses) {
        const wish = desk.wish();
        await desk.fault('create', loss);
        const { ref } = value(await desk.provider.create(wish, deadlineMs));
        assert.equal(ref, wish.paymentId, loss);
        assert.equal((await desk.look(wish.paymentId))['made'], 1, loss);
      }
    });

    it('or does not know, when both answers are lost; the next call finds out', async () => {
      for (const loss of losses) {
        const wish = desk.wish();
        await desk.fault('create', loss, 2);
        assert.equal((await desk.provider.create(wish, deadlineMs)).tag, 'unknown', loss);
        value(await desk.provider.create(wish, deadlineMs));
        assert.equal((await desk.look(wish.paymentId))['made'], 1, loss);
      }
    });

    it('within its deadline, whatever hangs', async () => {
      await desk.fault('create', 'hang-after-effect', 9);
      const from = performance.now();
      assert.equal((await desk.provider.create(desk.wish(), 700)).tag, 'unknown');
      assert.ok(performance.now() - from < 1_000);
    });

    it('not at all while it is limited, unheard, or has a wrong key', async () => {
      const { settings } = desk;
      await desk.fault('create', '429');
      const wish = desk.wish();
      const limited = await desk.provider.create(wish, deadlineMs);
      const nobody = qiwi({ ...settings, apiUrl: 'http://127.0.0.1:1/partner/bill/v1' });
      const unheard = await nobody.create(wish, deadlineMs);
      const refused = await qiwi({ ...settings, secretKey: 'x' }).create(wish, deadlineMs);

      for (const each of [limited, unheard, refused]) assert.equal(each.tag, 'not-attempted');
      assert.match('why' in unheard ? unheard.why : '', /^no connection to the provider \(/);
      assert.ok(!JSON.stringify([limited, unheard, refused]).includes(settings.secretKey));
      assert.equal((await desk.look(wish.paymentId))['made'], 0);
    });

    it('in roubles and tenge, and refuses for good what it cannot charge or is too late for', async () => {
      await desk.create({ amount: money(99_999_999n, 'KZT') });
      for (const over of [
        { amount: money(100n, 'USD') },
        { amount: rub(0n) },
        { amount: rub(100_000_000n) },
        { method: 'bank_card' },
        { expiresAt: desk.wish({}).expiresAt - 120 * minute } as { expiresAt: never },
      ]) {
        const outcome = await desk.provider.create(desk.wish(over), deadlineMs);
        assert.equal(outcome.tag, 'invalid', outcome.tag);
      }
    });

    it('and sends a payer straight back whose bill is closed already', async () => {
      const wish = desk.wish();
      value(await desk.provider.create(wish, deadlineMs));
      await desk.act(wish.paymentId, 'pay');

      const again = value(await desk.provider.create(wish, deadlineMs));

      assert.deepEqual(again.redirect, { kind: 'get', url: wish.returnUrl });
    });
  });

  describe('asked how a payment stands', () => {
    it('tells every end of it', async () => {
      for (const [outcome, state] of [
        ['leave', 'open'],
        ['decline', 'open'],
        ['pay', 'paid'],
        ['cancel', 'canceled'],
        ['expire', 'expired'],
      ] as const) {
        const key = await desk.create();
        await desk.act(key.paymentId, outcome);
        const claim = await desk.claim(key);
        assert.deepEqual([claim.state, claim.amount, claim.mode], [state, asked, 'test'], outcome);
        const paidAt = state === 'paid' ? desk.running.timers.now() : undefined;
        assert.equal(claim.paidAt, paidAt);
      }
    });

    it('by its own name alone tells whose it is', async () => {
      const key = await desk.paid();
      const seen = value(await desk.provider.look(key.paymentId));
      assert.ok(seen !== 'absent');
      assert.deepEqual(seen.of, { by: 'id', id: key.paymentId });
      assert.deepEqual(seen.claim, await desk.claim(key));
      for (const ref of ['..', '.', 'a/b', '?', '']) {
        assert.equal((await desk.provider.look(ref)).tag, 'invalid', ref);
      }
    });

    it('says that it has never heard of it only if that is so', async () => {
      const key = { paymentId: freshId<PaymentId>(), ref: undefined };
      assert.equal(value(await desk.provider.query(key)), 'absent');
      assert.equal(value(await desk.provider.look(key.paymentId)), 'absent');
      const astray = qiwi({ ...desk.settings, apiUrl: `${desk.running.url}/partner/bill/v1/x` });
      assert.equal((await astray.query?.(key))?.tag, 'invalid');
      const nowhere = qiwi({ ...desk.settings, apiUrl: `${desk.running.url}/nowhere` });
      assert.equal((await nowhere.query?.(key))?.tag, 'unknown');
    });

    it('guesses nothing while the answer is lost', async () => {
      const key = await desk.paid();
      for (const loss of losses) {
        await desk.fault('query', loss);
        assert.equal((await desk.provider.query(key)).tag, 'unknown', loss);
      }
      await desk.fault('query', '429');
      assert.equal((await desk.provider.query(key)).tag, 'not-attempted');
    });
  });

  describe('tells by a notification', () => {
    it('of a payment in each of its editions, with our id and the sum', async () => {
      for (const manner of ['pay', 'number-value', 'short-value', 'raw-signed', 'older-edition']) {
        const key = await desk.create({ amount: rub(1_450n) });
        await desk.act(key.paymentId, manner);
        const [reading] = await desk.readings();
        assert.ok(reading?.tag === 'proof', manner);
        assert.deepEqual(reading.of, { by: 'id', id: key.paymentId });
        assert.equal(reading.eventKey, `${key.paymentId}:PAID`);
        assert.deepEqual([reading.claim.state, reading.claim.amount], ['paid', rub(1_450n)]);
      }
    });

    it('of every other end, and of a payment after it', async () => {
      const key = await desk.create();
      await desk.act(key.paymentId, 'expire');
      await desk.act(key.paymentId, 'pay-late', { amountMinor: 100 });
      const told = (await desk.readings()).map((each) =>
        each.tag === 'proof' ? [each.claim.state, each.claim.amount] : each.tag,
      );
      assert.deepEqual(told, [
        ['expired', asked],
        ['paid', rub(100n)],
      ]);
    });

    it('nothing that is forged; what is truly signed of another sum goes to people', async () => {
      const { paymentId } = await desk.create();
      const refused = (why: string) => ({ tag: 'refused', why });
      for (const [forge, expected] of [
        ['signature', refused('signature')],
        ['secret', refused('signature')],
        ['unsigned', refused('unsigned')],
        ['payee', refused('payee')],
      ] as const) {
        await desk.act(paymentId, 'pay', { forge });
        assert.deepEqual((await desk.readings())[0], expected, forge);
      }
      await desk.act(paymentId, 'pay', { forge: 'other-shape' });
      assert.equal((await desk.readings())[0]?.tag, 'ignored');
      for (const [forge, amount] of [
        ['amount', rub(123_550n)],
        ['currency', money(123_450n, 'KZT')],
      ] as const) {
        await desk.act(paymentId, 'pay', { forge });
        const [reading] = await desk.readings();
        assert.deepEqual(reading?.tag === 'proof' && reading.claim.amount, amount, forge);
      }
    });

    it('until it is told in its own words that there is no error', async () => {
      const again = desk.provider.answer('retry');
      const taken = desk.provider.answer('accepted');
      assert.deepEqual(taken, { status: 200, body: '{"error":"0"}', type: 'application/json' });
      desk.running.shopAnswers.push(again, desk.provider.answer('refused'), taken);
      const key = await desk.create();
      await desk.act(key.paymentId, 'pay');
      await desk.running.timers.advance(1 * minute);
      await desk.running.timers.advance(5 * minute);
      await desk.running.timers.advance(24 * 60 * minute);
      assert.equal(desk.running.notices.length, 3);
      const [first, ...rest] = desk.running.notices.map(readBy(desk.provider));
      for (const each of rest) assert.deepEqual(each, first);
      assert.equal(desk.provider.answer('forbid').status, 400);
    });
  });
});

describe('QIWI behind something that answers in its place', () => {
  let server: Server;
  let status = 200;
  let body = '';
  beforeEach(async () => {
    server = createServer((_request, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is not believed: nobody knows what happened', async () => {
    const { port } = server.address() as AddressInfo;
    const settings = { secretKey: 'k', siteId: 's', mode: 'live' } as const;
    const provider = qiwi({ ...settings, apiUrl: `http://127.0.0.1:${String(port)}` });
    const wish = wishFor(Date.now());
    const bill = {
      ...{ siteId: 's', amount: { value: 1234.5, currency: 'RUB' }, status: { value: 'WAITING' } },
      payUrl: 'https://oplata.qiwi.com/form/?invoice_uid=1',
    };
    for (const [code, text] of [
      [200, ''],
      [200, '<html>'],
      [200, '[]'],
      [200, JSON.stringify({ ...bill, billId: 'another' })],
      [200, JSON.stringify({ ...bill, billId: wish.paymentId, payUrl: undefined })],
      [204, ''],
      [404, '<html>'],
      [400, ''],
      [302, ''],
      [502, '<html>'],
    ] as const) {
      [status, body] = [code, text];
      assert.equal((await provider.create(wish, 1_500)).tag, 'unknown', `${code} ${text}`);
    }
    [status, body] = [200, JSON.stringify({ ...bill, billId: wish.paymentId })];
    assert.equal((await provider.create(wish, 1_500)).tag, 'done');
  });
});
