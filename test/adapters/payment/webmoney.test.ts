import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readNotice } from '../../../src/adapters/payment/webmoney/webmoney-notices.ts';
import {
  webmoney,
  type WebmoneySettings,
} from '../../../src/adapters/payment/webmoney/webmoney.ts';
import { webmoneySimulator } from '../../../src/adapters/simulators/webmoney/webmoney-simulator.ts';
import type { PaymentProvider } from '../../../src/application/ports/payment-provider.ts';
import type { PaymentId, RefundId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { instant } from '../../../src/domain/time.ts';
import { freshId } from '../../support/given.ts';
import { givenSystem, type RunningSystem } from '../simulators/running-system.ts';

const purse = 'Z123456789012';
const wmid = '123456789012';
const settings = (url: string): WebmoneySettings => ({
  ...{ wmid, purse, secretKeys: ['secret'], hashMethod: 'sha256', mode: 'test' },
  formUrl: `${url}/lmi/payment_utf.asp`,
  statusUrl: `${url}/conf/xml/XMLTransGet.asp`,
  keeperUrl: url,
  secretKeyX20: 'x20',
  refunds: { certificate: undefined },
});
const usd = (minor: bigint) => money(minor, 'USD');

describe('a notice of WebMoney', () => {
  it('with a field of its own twice, too little, or no form at all is refused and never breaks', () => {
    const read = (text: string) => readNotice(Buffer.from(text), settings(''));
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (text === '') return;
        assert.ok(['refused', 'question', 'ignored'].includes(read(text).tag));
      }),
    );
    for (const text of [
      'LMI_PAYMENT_NO=1&LMI_PAYMENT_NO=2',
      'LMI_PAYMENT_NO=1',
      'LMI_PREREQUEST=1',
      'LMI_PREREQUEST=1&LMI_PAYMENT_NO=2147483648',
      '__proto__=1',
    ]) {
      assert.deepEqual(read(text), { tag: 'refused', why: 'malformed' }, text);
    }
    assert.equal(read('LMI_FAILREQUEST=1&LMI_PAYMENT_NO=1').tag, 'ignored');
  });

  it('that asks for another purse or in another mode fits no sum, so the answer is no', () => {
    const asked = { LMI_PREREQUEST: '1', LMI_PAYMENT_NO: '7', LMI_PAYMENT_AMOUNT: '1.00' };
    const ask = (more: Record<string, string>) =>
      readNotice(Buffer.from(new URLSearchParams({ ...asked, ...more }).toString()), settings(''));
    const of = { by: 'number', number: 7 };

    assert.deepEqual(ask({ LMI_PAYEE_PURSE: purse, LMI_MODE: '1' }), {
      ...{ tag: 'question', of, amount: usd(100n) },
    });
    for (const more of [
      { LMI_PAYEE_PURSE: 'Z000000000000', LMI_MODE: '1' },
      { LMI_PAYEE_PURSE: purse, LMI_MODE: '0' },
    ]) {
      assert.deepEqual(ask(more), { tag: 'question', of, amount: undefined });
    }
  });
});

describe('WebMoney', () => {
  let system: RunningSystem;
  let provider: PaymentProvider;
  beforeEach(async () => {
    // The purse's history is asked for by the real clock.
    system = await givenSystem((router, world, notifyUrl) => {
      const urls = { successUrl: 'https://s.example/y', failUrl: 'https://s.example/n' };
      const facts = { wmid, purse, secretKey: 'secret', secretKeyX20: 'x20', notifyUrl };
      webmoneySimulator(router, { ...facts, ...urls, isTest: true, showsCertificate: true }, world);
    }, Date.now());
    system.shopBody = 'YES';
    provider = webmoney(settings(system.url));
  });
  afterEach(() => system.close());

  const command = (number: number, minor = 1_465n) => ({
    paymentId: freshId<PaymentId>(),
    number,
    amount: usd(minor),
    description: 'Счёт «дом» & <b> 🏠 '.repeat(30),
    returnUrl: 'https://kabinet.example/payments/1',
    expiresAt: instant(Date.now() + 3_600_000),
  });
  const visit = async (number: number, minor?: bigint) => {
    const wish = command(number, minor);
    const created = await provider.create(wish, 1_000);
    assert.ok(created.tag === 'done' && created.value.redirect.kind === 'form-post');
    const { action, fields } = created.value.redirect;
    const body = new URLSearchParams(fields.map(([name, value]) => [name, value]));
    const answer = await fetch(action, { method: 'POST', body, redirect: 'manual' });
    assert.ok(answer.status < 400, await answer.text());
    return { wish, key: { paymentId: wish.paymentId, number, ref: undefined } };
  };
  const pay = (id: string, outcome = 'pay', more: object = {}) =>
    system.control(`/control/webmoney/payments/${id}`, { outcome, ...more });
  const lastReading = () => {
    const notice = system.notices.at(-1);
    assert.ok(notice);
    return provider.readNotification(notice, instant(Date.now()));
  };

  it('takes a form signed against edits, with a description cut between characters', async () => {
    const { wish, key } = await visit(1);

    const answered = await provider.query?.(key);
    assert.equal(
      answered?.tag === 'done' && answered.value !== 'absent' && answered.value.state,
      'open',
    );
    const edited = await pay(wish.paymentId, 'pay', { amountMinor: 1 });
    assert.equal(edited.status, 409);
  });

  it('asks first, then proves: whose, how much, when', async () => {
    const { wish } = await visit(2);
    await pay(wish.paymentId);

    const [asked] = system.notices;
    assert.ok(asked);
    assert.deepEqual(provider.readNotification(asked, instant(0)), {
      ...{ tag: 'question', of: { by: 'number', number: 2 }, amount: usd(1_465n) },
    });
    const reading = lastReading();
    assert.ok(reading.tag === 'proof');
    assert.deepEqual(reading.of, { by: 'number', number: 2 });
    assert.deepEqual([reading.claim.state, reading.claim.amount], ['paid', usd(1_465n)]);
    assert.equal(reading.eventKey, `${purse}:${reading.claim.ref ?? ''}`);
    assert.match(reading.claim.instrument?.label ?? '', /^•••• \d{4}$/);
  });

  it('answers YES, a sentence that stops the payment, or "again"', () => {
    assert.deepEqual(provider.answer('accepted'), { status: 200, body: 'YES' });
    assert.equal(provider.answer('forbid').status, 200);
    assert.doesNotMatch(provider.answer('forbid').body, /^YES/);
    assert.ok(provider.answer('retry').status >= 500);
    assert.equal(provider.answer('refused').status, 400);
  });

  it('refuses every forgery, and takes what is spelled in the other ways allowed', async () => {
    const { wish } = await visit(3);
    const expected: Record<string, string> = {
      ...{ signature: 'signature', secret: 'signature', unsigned: 'unsigned', weak: 'signature' },
      ...{ signer: 'signature', shift: 'signature', doubled: 'malformed' },
      ...{ payee: 'payee', currency: 'payee', mode: 'mode', 'other-shape': 'mode' },
    };
    for (const [forge, why] of Object.entries(expected)) {
      await pay(wish.paymentId, 'pay', { forge });
      assert.deepEqual(lastReading(), { tag: 'refused', why }, forge);
    }
    for (const outcome of ['pay', 'no-hash2', 'lower-case', 'added-field', 'edited-field']) {
      await pay(wish.paymentId, outcome);
      assert.equal(lastReading().tag, 'proof', outcome);
    }
  });

  it('tells by X18 what a lost notification would have told', async () => {
    const { wish, key } = await visit(4);
    await pay(wish.paymentId, 'pay', { times: 0 });

    const answered = await provider.query?.(key);
    assert.ok(answered?.tag === 'done' && answered.value !== 'absent');
    const { state, amount, ref, paidAt } = answered.value;
    assert.deepEqual([state, amount], ['paid', usd(1_465n)]);
    assert.match(ref ?? '', /^\d+$/);
    assert.ok(Math.abs((paidAt ?? 0) - system.timers.now()) < 2_000);
  });

  it('guesses nothing while the answer is lost, wrong, or nobody listens', async () => {
    const { key } = await visit(5);
    for (const fault of ['500-before-effect', 'reset-before-effect'] as const) {
      await system.control('/control/webmoney/next', { call: 'query', fault });
      assert.equal((await provider.query?.(key))?.tag, 'unknown', fault);
    }
    const nobody = webmoney(settings('http://127.0.0.1:1'));
    assert.equal((await nobody.query?.(key))?.tag, 'not-attempted');
    const wrongKey = webmoney({ ...settings(system.url), secretKeys: ['wrong'] });
    assert.equal((await wrongKey.query?.(key))?.tag, 'not-attempted');
    assert.equal((await provider.query?.({ ...key, number: undefined }))?.tag, 'invalid');
  });

  describe('pays back', () => {
    const givenPaid = async (number: number) => {
      const { wish, key } = await visit(number);
      await pay(wish.paymentId);
      const reading = lastReading();
      assert.ok(reading.tag === 'proof');
      const payment = { ...key, ref: reading.claim.ref };
      const command = (minor: bigint, paidBack = 0n) => ({
        ...{ refundId: freshId<RefundId>(), payment, captured: usd(1_465n), reason: '' },
        ...{ amount: usd(minor), paidBack: usd(paidBack) },
      });
      const refunded = async () => {
        const url = `${system.url}/control/webmoney/payments/${wish.paymentId}`;
        const { items } = (await (await fetch(url)).json()) as {
          items: { refundedMinor: string }[];
        };
        return items[0]?.refundedMinor;
      };
      return { command, refunded };
    };

    it('once, however often the same refund is sent, and a second one beside it', async () => {
      const { command, refunded } = await givenPaid(6);
      const first = command(1_000n);
      for (let n = 0; n < 3; n += 1) {
        const answer = await provider.refund?.(first);
        assert.equal(answer?.tag === 'done' && answer.value.state, 'succeeded');
      }
      await provider.refund?.(command(465n, 1_000n));

      assert.equal(await refunded(), '1465');
    });

    it('once, when the answer was lost after the effect, and knows of it by the history', async () => {
      const { command, refunded } = await givenPaid(7);
      const wish = command(500n);
      await system.control('/control/webmoney/next', {
        call: 'refund',
        fault: 'reset-after-effect',
      });

      const lost = await provider.refund?.(wish);
      const asked = await provider.queryRefund?.({ ...wish, ref: undefined });

      assert.equal(lost?.tag, 'unknown');
      assert.equal(
        asked?.tag === 'done' && asked.value !== 'absent' && asked.value.state,
        'succeeded',
      );
      assert.equal(await refunded(), '500');
    });

    it('nothing while the history is not given or does not add up, and nothing in other money', async () => {
      const { command, refunded } = await givenPaid(8);
      await system.control('/control/webmoney/next', { call: 'list', fault: '500-before-effect' });
      assert.equal((await provider.refund?.(command(500n)))?.tag, 'unknown');
      await provider.refund?.(command(100n));
      assert.equal((await provider.refund?.(command(500n, 0n)))?.tag, 'unknown');
      const euros = { ...command(1n), amount: money(1n, 'EUR') };
      assert.equal((await provider.refund?.(euros))?.tag, 'invalid');

      assert.equal(await refunded(), '100');
      const asked = await provider.queryRefund?.({ ...command(7n, 100n), ref: undefined });
      assert.deepEqual(asked, { tag: 'done', value: 'absent' });
    });

    it('not at all without a certificate: by hand', () => {
      const byHand = webmoney({ ...settings(system.url), refunds: undefined });
      assert.equal(byHand.refund, undefined);
      assert.equal(byHand.queryRefund, undefined);
    });
  });

  it('makes no form for a sum the purse cannot take', async () => {
    for (const wish of [
      { ...command(9), amount: money(1n, 'RUB') },
      { ...command(9), number: undefined },
      command(9, 0n),
    ]) {
      assert.equal((await provider.create(wish, 1_000)).tag, 'invalid');
    }
  });
});
