import assert from 'node:assert/strict';
import { yoomoneyQuickpay } from '../../../src/adapters/payment/yoomoney-quickpay/yoomoney-quickpay.ts';
import { yoomoneyQuickpaySimulator } from '../../../src/adapters/simulators/yoomoney-quickpay/yoomoney-quickpay-simulator.ts';
import type {
  CreateCommand,
  PaymentProvider,
} from '../../../src/application/ports/payment-provider.ts';
import { money } from '../../../src/domain/money.ts';
import { instant, minute } from '../../../src/domain/time.ts';
import { givenSystem, type RunningSystem } from '../simulators/running-system.ts';
import { command, proved, receiver, rub, secret, settingsAt } from './yoomoney-quickpay-wallet.ts';

describe('YooMoney quickpay', () => {
  let system: RunningSystem;
  let provider: PaymentProvider;
  beforeEach(async () => {
    system = await givenSystem((router, world, notifyUrl) => {
      yoomoneyQuickpaySimulator(router, { receiver, secret, notifyUrl }, world);
    });
    provider = yoomoneyQuickpay(settingsAt(system.url));
  });
  afterEach(() => system.close());

  const formOf = async (wish: CreateCommand) => {
    const created = await provider.create(wish, 1_000);
    assert.ok(created.tag === 'done' && created.value.redirect.kind === 'form-post');
    assert.equal(created.value.ref, undefined);
    return created.value.redirect;
  };
  /** The payer's browser posts the form, edited or not. */
  const visit = async (over: Partial<CreateCommand> = {}, edits: Record<string, string> = {}) => {
    const wish = command(over);
    const { action, fields } = await formOf(wish);
    const body = new URLSearchParams({ ...Object.fromEntries(fields), ...edits });
    const answer = await fetch(action, { method: 'POST', body, redirect: 'manual' });
    assert.equal(answer.status, 302);
    return { wish, page: system.url + (answer.headers.get('location') ?? '') };
  };
  const act = async (id: string, outcome: string, more: object = {}) => {
    const { status } = await system.control(`/control/yoomoney-quickpay/payments/${id}`, {
      ...{ outcome, ...more },
    });
    await system.timers.advance(0);
    return status;
  };
  const readings = () =>
    system.notices.splice(0).map((raw) => provider.readNotification(raw, instant(0)));
  const lastReading = () => {
    const reading = readings().at(-1);
    assert.ok(reading);
    return reading;
  };

  it('has nothing but a form and notifications', () => {
    assert.deepEqual(Object.keys(provider).toSorted(), [
      ...['answer', 'code', 'create', 'mode', 'readNotification'],
    ]);
    assert.equal(provider.code, 'yoomoney-quickpay');
  });

  it('makes the same form for the same payment, without asking anybody', async () => {
    const wish = command();
    const nobody = yoomoneyQuickpay(settingsAt('http://127.0.0.1:1'));

    assert.deepEqual(await formOf(wish), await formOf(wish));
    assert.equal((await nobody.create(wish, 1)).tag, 'done');
    for (const amount of [money(1n, 'USD'), rub(0n)]) {
      assert.equal((await provider.create(command({ amount }), 1)).tag, 'invalid');
    }
  });

  it('leads the payer to the wallet and back to where the form said', async () => {
    for (const [choice, credited] of [
      ['wallet', 9_901n],
      ['card', 9_700n],
    ] as const) {
      const { wish, page } = await visit();
      const body = new URLSearchParams({ choice });
      const back = await fetch(page, { method: 'POST', body, redirect: 'manual' });

      assert.equal(decodeURI(back.headers.get('location') ?? ''), wish.returnUrl);
      const { of, claim } = proved(lastReading());
      assert.deepEqual(of, { by: 'id', id: wish.paymentId });
      assert.deepEqual([claim.amount, claim.credited], [wish.amount, rub(credited)]);
      assert.equal(claim.paidAt, system.timers.now());
    }
  });

  it('reads each kind of notification as it was truly sent', async () => {
    for (const outcome of ['pay', 'contacts', 'extra']) {
      const { wish } = await visit();
      await act(wish.paymentId, outcome);
      assert.equal(proved(lastReading()).claim.amount?.minor, 10_000n, outcome);
    }
    for (const outcome of ['unaccepted', 'codepro', 'test']) {
      const { wish } = await visit();
      await act(wish.paymentId, outcome);
      assert.equal(lastReading().tag, 'ignored', outcome);
    }
  });

  it('knows a repeated notification by its key, and a second payment by another one', async () => {
    const { wish } = await visit();
    await act(wish.paymentId, 'pay', { times: 2 });
    await act(wish.paymentId, 'pay-again');

    const [first, same, second] = readings().map(proved);
    assert.deepEqual(same, first);
    assert.notEqual(second?.eventKey, first?.eventKey);
    assert.deepEqual(second?.of, first?.of);
    assert.notEqual(second?.claim.ref, first?.claim.ref);
  });

  it('tells what was truly debited when the payer has edited the form', async () => {
    const { wish } = await visit({}, { sum: '1.00' });
    await act(wish.paymentId, 'pay');
    assert.equal(proved(lastReading()).claim.amount?.minor, 100n);

    const { page } = await visit({}, { label: '' });
    const body = new URLSearchParams({ choice: 'card' });
    await fetch(page, { method: 'POST', body, redirect: 'manual' });
    assert.deepEqual(proved(lastReading()).of, { by: 'id', id: '' });
  });

  it('refuses every forgery, and leaves what is truly signed to people', async () => {
    const refused = { tag: 'refused', why: 'signature' };
    const expected: Record<string, unknown> = {
      ...{
        signature: refused,
        secret: refused,
        unsigned: { tag: 'refused', why: 'unsigned' },
        body: refused,
      },
      ...{ sha1: refused, legacy: refused, doubled: { tag: 'refused', why: 'malformed' } },
    };
    const { wish } = await visit();
    for (const [forge, why] of Object.entries(expected)) {
      await act(wish.paymentId, 'pay', { forge });
      assert.deepEqual(lastReading(), why, forge);
    }

    await act(wish.paymentId, 'pay', { forge: 'amount' });
    assert.equal(proved(lastReading()).claim.amount?.minor, 10_100n);
    await act(wish.paymentId, 'pay', { forge: 'currency' });
    assert.equal(proved(lastReading()).claim.amount, undefined);
    await act(wish.paymentId, 'pay', { forge: 'label' });
    assert.notDeepEqual(proved(lastReading()).of, { by: 'id', id: wish.paymentId });
    await act(wish.paymentId, 'pay', { forge: 'other-shape' });
    assert.equal(lastReading().tag, 'ignored');
  });

  it('takes the old hash where it is told to, but not beside a bad signature', async () => {
    provider = yoomoneyQuickpay({ ...settingsAt(system.url), acceptsSha1: true });
    const { wish } = await visit();

    await act(wish.paymentId, 'pay', { forge: 'sha1' });
    assert.equal(lastReading().tag, 'proof');
    await act(wish.paymentId, 'pay', { forge: 'legacy' });
    assert.deepEqual(lastReading(), { tag: 'refused', why: 'signature' });
  });

  it('is told again while it says "again", and no more once it has accepted', async () => {
    const answers = (verdict: 'accepted' | 'retry') => provider.answer(verdict);
    system.shopAnswers.push(answers('retry'), answers('accepted'));
    const { wish } = await visit();
    await act(wish.paymentId, 'pay');
    assert.equal(system.notices.length, 1);

    await system.timers.advance(10 * minute);
    await system.timers.advance(100 * minute);

    assert.equal(readings().length, 2);
    assert.equal(provider.answer('refused').status, 400);
    assert.equal(provider.answer('forbid').status, 400);
  });
});
