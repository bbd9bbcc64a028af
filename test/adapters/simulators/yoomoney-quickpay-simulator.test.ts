import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import {
  legacyHash,
  signOf,
  stringToSign,
} from '../../../src/adapters/simulators/yoomoney-quickpay/notices/notice-signature.ts';
import { creditedOf } from '../../../src/adapters/simulators/yoomoney-quickpay/transfer.ts';
import { yoomoneyQuickpaySimulator } from '../../../src/adapters/simulators/yoomoney-quickpay/yoomoney-quickpay-simulator.ts';
import { givenSystem, type RunningSystem, type ShopNotice } from './running-system.ts';

const receiver = '41001000000001';
const secret = 'secret123';
const minute = 60_000;

/** Written again here, so that the test does not trust what it tests. */
function hasTrueSign({ body }: ShopNotice): boolean {
  const form = new URLSearchParams(body.toString('utf8'));
  const text = [...form]
    .filter(([name]) => name !== 'sign')
    .toSorted((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([name, value]) => {
      const bytes = [...Buffer.from(value, 'utf8')].map((byte) => {
        const char = String.fromCharCode(byte);
        const hex = byte.toString(16).toUpperCase().padStart(2, '0');
        return /[A-Za-z0-9\-._~]/.test(char) ? char : `%${hex}`;
      });
      return `${name}=${bytes.join('')}`;
    })
    .join('&');
  return form.get('sign') === createHmac('sha256', secret).update(text).digest('hex');
}

describe('the simulated YooMoney wallet', () => {
  let system: RunningSystem;
  beforeEach(async () => {
    system = await givenSystem((router, world, notifyUrl) => {
      yoomoneyQuickpaySimulator(router, { receiver, secret, notifyUrl }, world);
    });
  });
  afterEach(() => system.close());

  const form = {
    ...{ receiver, 'quickpay-form': 'button', paymentType: 'PC', sum: '100.00', label: 'p-1' },
    successURL: 'https://shop.example/back',
  };
  const send = (fields: Record<string, string> | string = form) =>
    fetch(`${system.url}/quickpay/confirm`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  const order = (outcome: string, more: object = {}, label = 'p-1') =>
    system.control(`/control/yoomoney-quickpay/payments/${label}`, { outcome, ...more });
  const told = (n = -1) => new URLSearchParams(system.notices.at(n)?.body.toString('utf8'));

  it('signs as the published vector', () => {
    const vector = new Map(
      Object.entries({
        notification_type: 'p2p-incoming',
        operation_id: '441361714955017004',
        amount: '98.00',
        withdraw_amount: '100.00',
        currency: '643',
        datetime: '2013-12-26T08:28:34Z',
        sender: '41000000000',
        codepro: 'false',
        label: 'ML23045',
        unaccepted: 'false',
        sha1_hash: 'ac13833bd6ba9eff1fa9e4bed76f3d6ebb57f6c0',
      }),
    );

    assert.match(stringToSign(vector), /datetime=2013-12-26T08%3A28%3A34Z&label=ML23045/);
    assert.equal(
      signOf(vector, secret),
      'a452af731650e2c5b39abcdc7c28dd27db7b3b654c2230ad2c386e64afb98605',
    );
  });

  it('makes the old digest of the documented example', () => {
    const example = new Map(
      Object.entries({
        notification_type: 'p2p-incoming',
        operation_id: '1234567',
        amount: '300.00',
        currency: '643',
        datetime: '2011-07-01T09:00:00.000+04:00',
        sender: '41001XXXXXXXX',
        codepro: 'false',
        label: 'YM.label.12345',
      }),
    );

    assert.equal(
      legacyHash(example, '01234567890ABCDEF01234567890'),
      'a2ee4a9195f4a90e893cff4f62eeba0b662321f9',
    );
  });

  it('opens a transfer by form and sends the payer to its page', async () => {
    const answer = await send();

    assert.equal(answer.status, 302);
    const page = await fetch(system.url + (answer.headers.get('location') ?? ''));
    const text = await page.text();
    assert.match(text, /p-1/);
    for (const choice of ['wallet', 'card', 'leave']) assert.match(text, new RegExp(`"${choice}"`));
  });

  it('refuses a form it cannot read, by the name of the field', async () => {
    const odd: readonly (readonly [object, RegExp])[] = [
      [{ receiver: '41001' }, /receiver/],
      [{ sum: '1e3' }, /sum/],
      [{ sum: '0' }, /sum/],
      [{ sum: '1.001' }, /sum/],
      [{ sum: '100' }, /sum/],
      [{ sum: '100,00' }, /sum/],
      [{ sum: '250000.01' }, /sum/],
      [{ paymentType: 'MC' }, /paymentType/],
      [{ 'quickpay-form': '' }, /quickpay-form/],
      [{ label: 'x'.repeat(65) }, /label/],
      [{ successURL: 'nowhere' }, /successURL/],
      [{ successURL: 'javascript:alert(1)' }, /successURL/],
    ];
    for (const [more, sentence] of odd) {
      const answer = await send({ ...form, ...more });
      assert.equal(answer.status, 400);
      assert.match(await answer.text(), sentence);
    }
    const doubled = await send(`${new URLSearchParams(form).toString()}&sum=1`);
    assert.match(await doubled.text(), /sum is given twice/);
  });

  it('tells the shop, truly signed, before its payer is back', async () => {
    const answer = await send();
    const address = system.url + (answer.headers.get('location') ?? '');
    const back = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams({ choice: 'wallet' }),
      redirect: 'manual',
    });

    assert.equal(back.headers.get('location'), 'https://shop.example/back');
    assert.equal(system.notices.length, 1);
    assert.ok(hasTrueSign(system.notices[0]!));
    const fields = told();
    assert.deepEqual(
      ['notification_type', 'withdraw_amount', 'amount', 'currency', 'label', 'unaccepted'].map(
        (name) => fields.get(name),
      ),
      ['p2p-incoming', '100.00', '99.01', '643', 'p-1', 'false'],
    );
  });

  it('keeps one per cent of a wallet’s money and three of a card’s', () => {
    assert.deepEqual([creditedOf(101_00, 'PC'), creditedOf(100_00, 'AC')], [100_00, 97_00]);
  });

  it('tries three times: at once, after ten minutes, after an hour', async () => {
    await send();
    system.shopAnswers.push({ status: 500 }, { status: 500 }, { status: 500 });
    await order('pay');
    const counts: number[] = [];
    for (const ms of [10 * minute - 1, 1, 50 * minute - 1, 1, 1_440 * minute]) {
      await system.timers.advance(ms);
      counts.push(system.notices.length);
    }

    assert.deepEqual(counts, [1, 2, 2, 3, 3]);
  });

  it('is done with the first answer of exactly 200', async () => {
    await send();
    system.shopAnswers.push({ status: 201 }, { status: 200 });
    await order('pay');
    await system.timers.advance(1_440 * minute);

    assert.equal(system.notices.length, 2);
  });

  it('tells the same again, and a second transfer under the same label as another operation', async () => {
    await send();
    await order('pay');
    await order('pay');
    await order('pay-again');

    const [first, again, second] = [0, 1, 2].map((n) => told(n).get('operation_id'));
    assert.equal(first, again);
    assert.notEqual(first, second);
  });

  it('can be paid with another sum than asked, as a payer who edits the form does', async () => {
    await send();
    await order('pay', { amountMinor: 100 });

    assert.equal(told().get('withdraw_amount'), '1.00');
    assert.ok(hasTrueSign(system.notices[0]!));
  });

  it('names what is not credited yet, protected by a code, or only a test', async () => {
    await send();
    for (const outcome of ['unaccepted', 'codepro', 'test', 'contacts', 'extra']) {
      await order(outcome);
      assert.ok(hasTrueSign(system.notices.at(-1)!), outcome);
    }

    assert.equal(told(0).get('unaccepted'), 'true');
    assert.equal(told(1).get('codepro'), 'true');
    assert.equal(told(2).get('operation_id'), 'test-notification');
    assert.equal(told(3).get('lastname'), 'Каренина');
    assert.equal(told(4).get('operation_label'), 'unheard of ~ *');
  });

  it('forges in every way, and pays nothing by it', async () => {
    await send();
    const trulySigned: string[] = [];
    for (const forge of [
      ...['signature', 'secret', 'unsigned', 'body', 'amount', 'currency', 'label', 'doubled'],
      ...['sha1', 'legacy', 'other-shape'],
    ]) {
      await order('pay', { forge });
      if (hasTrueSign(system.notices.at(-1)!)) trulySigned.push(forge);
    }
    const view = (await (
      await fetch(`${system.url}/control/yoomoney-quickpay/payments/p-1`)
    ).json()) as { items: { state: string }[]; made: number };

    assert.deepEqual(trulySigned, ['amount', 'currency', 'label', 'other-shape']);
    assert.deepEqual([view.items[0]?.state, view.made], ['open', 1]);
  });

  it('knows nothing of a label nobody used', async () => {
    assert.equal((await order('pay', {}, 'nobody')).status, 404);
    const page = await fetch(`${system.url}/yoomoney-quickpay/pay/q0`);
    assert.equal(page.status, 404);
  });
});
