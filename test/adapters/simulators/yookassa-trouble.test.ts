import assert from 'node:assert/strict';
import type { FaultName, FaultyCall } from '../../../src/adapters/simulators/faults.ts';
import { yookassaSimulator } from '../../../src/adapters/simulators/yookassa/yookassa-simulator.ts';
import { givenSystem } from './running-system.ts';
import { authorization, givenYookassa, roubles, secretKey, shopId, wish } from './yookassa-shop.ts';
import type { Answered, YookassaShop } from './yookassa-shop.ts';

describe('the simulated YooKassa in trouble', () => {
  let shop: YookassaShop;
  beforeEach(async () => {
    shop = await givenYookassa();
  });
  afterEach(() => shop.close());

  const fault = (call: FaultyCall, name: FaultName, delayMs = 0) =>
    shop.control('/control/yookassa/next', { call, fault: name, delayMs });
  const made = async (): Promise<number> => {
    const answer = await fetch(`${shop.url}/control/yookassa/payments/p1`);
    return ((await answer.json()) as { made: number }).made;
  };
  const headers = { 'idempotence-key': 'create-1' };
  const create = () => shop.post('/payments', wish(), headers);

  for (const [name, madeFirst] of [
    ['500-before-effect', 0],
    ['500-after-effect', 1],
    ['reset-before-effect', 0],
    ['reset-after-effect', 1],
    ['429', 0],
  ] as const) {
    it(`makes ${madeFirst} payments at ${name}, and one in all when asked again by the same key`, async () => {
      await fault('create', name);

      const first: Answered | undefined = await create().catch(() => undefined);
      const between = await made();
      const second = await create();

      if (name.startsWith('reset')) assert.equal(first, undefined);
      else assert.equal(first?.status, name === '429' ? 429 : 500);
      assert.deepEqual([between, await made(), second.status], [madeFirst, 1, 200]);
      assert.equal((await shop.look(second.json))['status'], 'pending');
    });
  }

  it('says in its own form that it is broken, and when too many ask, how long to wait', async () => {
    await fault('create', '500-after-effect');
    await fault('create', '429');
    const [broken, tooMany] = [(await create()).json, (await create()).json];

    assert.deepEqual([broken['type'], broken['code']], ['error', 'internal_server_error']);
    assert.deepEqual(
      [tooMany['type'], tooMany['code'], tooMany['retry_after']],
      ['error', 'too_many_requests', 1_500],
    );
    assert.notEqual(broken['id'], tooMany['id']);
  });

  for (const name of ['hang-before-effect', 'hang-after-effect'] as const) {
    it(`makes one payment when a call is repeated during ${name}, and gives both the same`, async () => {
      await fault('create', name, 60_000);
      const first = create();
      await taken();
      const before = await made();
      const second = await create();
      await shop.timers.advance(60_000);

      assert.equal(before, name === 'hang-after-effect' ? 1 : 0);
      assert.deepEqual(await first, second);
      assert.equal(await made(), 1);
    });
  }

  it('lets a payment be paid and told before its creation is answered', async () => {
    await fault('create', 'hang-after-effect', 60_000);
    const creation = create();
    await taken();
    await shop.order({ outcome: 'pay' });
    const toldFirst = shop.notices.length;
    await shop.timers.advance(60_000);

    const { json } = await creation;
    assert.deepEqual([toldFirst, json['status']], [1, 'pending']);
    assert.equal((await shop.look(json))['status'], 'succeeded');
  });

  it('fails each kind of call by itself', async () => {
    const payment = await shop.create({ capture: false });
    const id = String(payment['id']);
    await shop.order({ outcome: 'pay' });
    const calls: [FaultyCall, () => Promise<Answered>][] = [
      ['query', () => shop.get(`/payments/${id}`)],
      ['query', () => shop.get('/me')],
      ['list', () => shop.get('/payments')],
      ['list', () => shop.get('/refunds')],
      ['cancel', () => shop.post(`/payments/${id}/cancel`, {})],
      ['capture', () => shop.post(`/payments/${id}/capture`, {}, { 'idempotence-key': 'c' })],
      ['refund', () => shop.post('/refunds', { payment_id: id, amount: roubles('1.00') })],
    ];
    for (const [call, ask] of calls) {
      await fault(call, '500-before-effect');
      assert.equal((await ask()).status, 500, call);
      if (call === 'query' || call === 'list' || call === 'capture') {
        assert.equal((await ask()).status, 200, call);
      }
    }
  });

  it('does once what was captured, cancelled or refunded while the answer was lost', async () => {
    const payment = await shop.create({ capture: false });
    const id = String(payment['id']);
    await shop.order({ outcome: 'pay' });
    for (const [call, path, body] of [
      ['capture', `/payments/${id}/capture`, { amount: roubles('1000.00') }],
      ['refund', '/refunds', { payment_id: id, amount: roubles('600.00') }],
    ] as const) {
      await fault(call, '500-after-effect');
      const key = { 'idempotence-key': call };
      assert.equal((await shop.post(path, body, key)).status, 500);
      assert.equal((await shop.post(path, body, key)).status, 200);
    }
    const { amount, refunded_amount } = await shop.look(payment);
    assert.deepEqual([amount, refunded_amount], [roubles('1000.00'), roubles('600.00')]);
    assert.equal((await shop.told()).length, 3);
  });

  it('keeps strangers out before it fails', async () => {
    await fault('create', '500-before-effect');
    const stranger = await shop.post('/payments', wish(), { authorization: 'Basic eA==' });
    assert.deepEqual([stranger.status, (await create()).status], [401, 500]);
  });

  it('answers as in former times that it is still at it, and the same key brings the payment', async () => {
    await shop.control('/control/yookassa/processing', { times: 2 });
    const first = await create();
    const second = await create();
    const third = await create();

    const processing = { status: 202, json: { type: 'processing', retry_after: 1_800 } };
    assert.deepEqual([first, second], [processing, processing]);
    assert.deepEqual([third.status, await made()], [200, 1]);
    const odd = await shop.control('/control/yookassa/processing', { times: -1 });
    assert.equal(odd.status, 400);
  });

  it('takes its trouble from the dice of whoever runs it', async () => {
    const asked: string[] = [];
    const diced = await givenSystem((router, world, notifyUrl) => {
      const settings = { shopId, secretKey, notifyUrl };
      yookassaSimulator(router, settings, {
        ...world,
        callTrouble: (system, call) => {
          asked.push(`${system} ${call}`);
          return { fault: '429', delayMs: 0 };
        },
      });
    });
    const answer = await fetch(`${diced.url}/v3/payments`, { headers: { authorization } });
    await diced.close();
    assert.deepEqual([answer.status, asked], [429, ['yookassa list']]);
  });

  /** Lets a call that hangs arrive. */
  async function taken(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});
