import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { yoomoneyQuickpaySimulator } from '../../../src/adapters/simulators/yoomoney-quickpay/yoomoney-quickpay-simulator.ts';
import { givenSystem, type RunningSystem } from './running-system.ts';

const receiver = '41001000000001';
const secret = 'secret123';
const root = '/control/yoomoney-quickpay';

/** All the values of these tests are plain but for colons and Cyrillic, so this is enough of RFC 3986. */
const signFor = (form: URLSearchParams, key = secret): string => {
  const names = [...form.keys()].filter((name) => name !== 'sign').sort();
  const text = names.map((name) => `${name}=${encodeURIComponent(form.get(name) ?? '')}`).join('&');
  return createHmac('sha256', key).update(text).digest('hex');
};

describe('what can be done to a transfer of the simulated YooMoney wallet', () => {
  let system: RunningSystem;
  beforeEach(async () => {
    system = await givenSystem((router, world, notifyUrl) => {
      yoomoneyQuickpaySimulator(router, { receiver, secret, notifyUrl }, world);
    });
    await open();
  });
  afterEach(() => system.close());

  const open = (label = 'p-1', sum = '100.00') =>
    fetch(`${system.url}/quickpay/confirm`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ receiver, 'quickpay-form': 'button', paymentType: 'PC', sum, label },
      }),
      redirect: 'manual',
    });
  const order = (outcome: string, more: object = {}, paymentId = 'p-1') =>
    system.control(`${root}/payments/${paymentId}`, { outcome, ...more });
  const told = (at = -1) => new URLSearchParams(system.notices.at(at)?.body.toString('utf8'));
  const view = async (paymentId = 'p-1') =>
    (await (await fetch(`${system.url}${root}/payments/${paymentId}`)).json()) as {
      items: Record<string, string>[];
      made: number;
    };

  it('is nothing the shop hears of when the payer fails, refuses or goes away', async () => {
    for (const outcome of ['decline', 'cancel', 'leave']) {
      assert.equal((await order(outcome)).status, 200);
    }
    assert.equal(system.notices.length, 0);
    assert.equal((await view()).items[0]?.['state'], 'open');
    assert.equal((await order('pay')).status, 200);
  });

  it('is shown with what was debited and how often the label was used', async () => {
    await order('pay', { amountMinor: 4_200 });
    await order('pay-again');

    const { items, made } = await view();
    assert.equal(made, 2);
    assert.deepEqual(
      items.map(({ state, amountMinor, currency, createdAt }) => [
        ...[state, amountMinor, currency, createdAt],
      ]),
      [
        ['paid', '10000', 'RUB', '2026-03-11T09:00:00.000Z'],
        ['paid', '4200', 'RUB', '2026-03-11T09:00:00.000Z'],
      ],
    );
    assert.match(String(items[0]?.['url']), /\/yoomoney-quickpay\/pay\/q\d+$/);
    assert.equal(items[0]?.['ref'], told().get('operation_id'));
  });

  it('is not another sum, nor taken back, once it is paid', async () => {
    await order('pay');
    assert.equal((await order('pay', { amountMinor: 1 })).status, 409);
    assert.equal((await order('unaccepted')).status, 409);
    assert.equal((await order('codepro')).status, 409);
    assert.equal(system.notices.length, 1);
  });

  it('may be credited after it was not at first, as the same operation', async () => {
    await order('unaccepted', { amountMinor: 5_000 });
    assert.equal((await view()).items[0]?.['state'], 'unaccepted');
    const first = told();
    await order('pay', { amountMinor: 5_000 });

    assert.deepEqual([first.get('unaccepted'), told().get('unaccepted')], ['true', 'false']);
    assert.equal(first.get('withdraw_amount'), '50.00');
    assert.equal(first.get('operation_id'), told().get('operation_id'));
  });

  it('is tested from the cabinet with nothing paid and no label', async () => {
    await order('test');
    const fields = ['test_notification', 'operation_id', 'label'].map((name) => told().get(name));
    assert.deepEqual(fields, ['true', 'test-notification', '']);
    assert.equal(told().get('sign'), signFor(told()));
    assert.equal((await view()).items[0]?.['state'], 'open');
  });

  it('can be told twice, later or never', async () => {
    await order('pay', { times: 2 });
    await order('pay', { times: 0 });
    await order('pay', { delayMs: 30_000 });
    const before = system.notices.length;
    await system.timers.advance(30_000);

    assert.deepEqual([before, system.notices.length], [2, 3]);
    assert.equal(new Set(system.notices.map(({ body }) => body.toString())).size, 1);
  });

  it('is found by its own number where the form had no label', async () => {
    const answer = await open('');
    const id = (answer.headers.get('location') ?? '').split('/').at(-1) ?? '';
    assert.equal((await order('pay', {}, id)).status, 200);
    assert.equal(told().get('label'), '');
  });

  describe('when somebody forges its notification', () => {
    const forged = async (forge: string, more: object = {}) => {
      await order('pay', { forge, ...more });
      const { items, made } = await view();
      assert.deepEqual([items[0]?.['state'], items[0]?.['ref'], made], ['open', '', 1]);
      return told();
    };

    it('has one digit wrong, another secret or no signature', async () => {
      const wrong = await forged('signature');
      const [given, good] = [wrong.get('sign') ?? '', signFor(wrong)];
      assert.deepEqual([given.length, given.slice(1)], [64, good.slice(1)]);
      assert.notEqual(given, good);
      const foreign = await forged('secret');
      assert.equal(foreign.get('sign'), signFor(foreign, `${secret}-of-somebody-else`));
      assert.equal((await forged('unsigned')).has('sign'), false);
    });

    it('is signed truly over another sum, currency, label or kind', async () => {
      const found = [];
      for (const [forge, more] of [
        ['amount', {}],
        ['amount', { amountMinor: 10_001 }],
        ['currency', {}],
        ['label', {}],
        ['other-shape', {}],
      ] as const) {
        const form = await forged(forge, more);
        assert.equal(form.get('sign'), signFor(form), forge);
        const names = ['withdraw_amount', 'amount', 'currency', 'label', 'notification_type'];
        found.push(names.map((name) => form.get(name)));
      }
      const rest = ['643', 'p-1', 'p2p-incoming'];
      assert.deepEqual(found, [
        ['101.00', '100.00', ...rest],
        ['100.01', '99.02', ...rest],
        ['100.00', '99.01', '840', 'p-1', 'p2p-incoming'],
        ['100.00', '99.01', '643', 'p-x', 'p2p-incoming'],
        ['100.00', '99.01', '643', 'p-1', 'unheard-of-incoming'],
      ]);
    });

    it('is changed after signing, or has a name twice', async () => {
      const changed = await forged('body');
      assert.notEqual(changed.get('sign'), signFor(changed));
      changed.set('withdraw_amount', '100.00');
      assert.equal(changed.get('sign'), signFor(changed));
      const doubled = await forged('doubled');
      assert.deepEqual(doubled.getAll('unaccepted'), ['false', 'false']);
      doubled.delete('unaccepted');
      doubled.set('unaccepted', 'false');
      assert.equal(doubled.get('sign'), signFor(doubled));
    });

    it('has the old digest alone, or beside a wrong signature', async () => {
      for (const forge of ['sha1', 'legacy']) {
        const form = await forged(forge);
        const covered = [
          ...['notification_type', 'operation_id', 'amount', 'currency', 'datetime', 'sender'],
          'codepro',
        ].map((name) => form.get(name) ?? '');
        const text = [...covered, secret, form.get('label')].join('&');
        assert.equal(form.get('sha1_hash'), createHash('sha1').update(text).digest('hex'));
        assert.equal(form.has('sign'), forge === 'legacy');
        assert.notEqual(form.get('sign'), signFor(form));
      }
    });

    it('is not sent again when the shop does not take it', async () => {
      system.shopAnswers.push({ status: 500 });
      await forged('signature');
      await system.timers.advance(24 * 60 * 60_000);
      assert.equal(system.notices.length, 1);
    });
  });

  it('is ordered in words that are known', async () => {
    assert.equal((await order('win')).status, 400);
    assert.equal((await order('pay', { forge: 'source' })).status, 400);
    assert.equal((await order('pay', { amountMinor: 0 })).status, 400);
    assert.equal((await order('pay', {}, 'nobody')).status, 404);
  });
});
