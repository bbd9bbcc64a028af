import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { fiscalHttp } from '../../src/adapters/fiscal/fiscal-http.ts';
import type { FiscalOrder } from '../../src/domain/fiscal/fiscal-order.ts';
import type { CustomerId, PaymentId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import {
  fiscal,
  givenSimulators,
  type Running,
} from '../adapters/simulators/running-simulators.ts';
import { freePort } from '../support/free-port.ts';
import { freshId } from '../support/given.ts';

const terms = { taxSystem: 1, vat: 6, place: 'https://kabinet.example.com' };
const orderOf = (over: Partial<FiscalOrder> = {}): FiscalOrder => {
  const id = freshId<PaymentId>();
  return {
    key: id,
    kind: 'payment',
    paymentId: id,
    customerId: freshId<CustomerId>(),
    total: money(123_456n, 'RUB'),
    accountNumber: '7000001-1',
    contact: 'anna@example.com',
    ...over,
  };
};

describe('the fiscal register over HTTP', () => {
  let running: Running;
  beforeEach(async () => (running = await givenSimulators()));
  afterEach(() => running.close());
  const registerAt = (url: string, token = fiscal.token) =>
    fiscalHttp({ ...terms, url, token }, 400);
  const register = () => registerAt(`${running.url}/fiscal/v1`);
  const control = (order: object) => running.post('/control/fiscal', order);
  const documents = async () =>
    ((await running.get('/control/fiscal'))['documents'] as readonly object[]).length;

  for (const kind of ['payment', 'refund'] as const) {
    it(`makes a document of a ${kind} that says its sum`, async () => {
      const answer = await register().register(orderOf({ kind, contact: '+79990000001' }));

      assert.ok(answer.tag === 'registered', answer.tag);
      assert.equal(answer.data.operation, kind === 'payment' ? 1 : 2);
      assert.deepEqual(answer.data.total, money(123_456n, 'RUB'));
      assert.match(
        answer.data.qr ?? '',
        /^t=\d{8}T\d{4}&s=1234\.56&fn=\d{16}&i=1047&fp=\d+&n=[12]$/,
      );
    });
  }

  it('makes one document of one key, however often it is asked', async () => {
    await control({ waits: 2 });
    const order = orderOf();
    const tags: string[] = [];
    for (let n = 0; n < 4; n += 1) tags.push((await register().register(order)).tag);

    assert.deepEqual(tags, ['pending', 'pending', 'registered', 'registered']);
    assert.equal(await documents(), 1);
  });

  const troubles = [
    'hang-after-effect',
    'hang-before-effect',
    '500-after-effect',
    '500-before-effect',
    '429',
    'reset-after-effect',
    'reset-before-effect',
  ] as const;
  for (const fault of troubles) {
    it(`does not know after ${fault}, and makes one document when it is asked again`, async () => {
      await control({ fault, times: 1, delayMs: 900 });
      const order = orderOf();

      assert.equal((await register().register(order)).tag, 'unknown');
      const answer = await register().register(order);

      assert.equal(answer.tag, 'registered');
      assert.equal(await documents(), 1);
    });
  }

  it('says why the register refuses', async () => {
    await control({ refusal: 'the drive is full' });
    const answer = await register().register(orderOf());
    assert.deepEqual(answer, { tag: 'refused', why: 'the drive is full' });
  });

  it('is refused for another sum under the same key', async () => {
    const order = orderOf();
    await register().register(order);
    const answer = await register().register({ ...order, total: money(1n, 'RUB') });
    assert.deepEqual(answer, { tag: 'refused', why: 'this key is of another receipt' });
  });

  it('does not know with a wrong token, without a server and of an answer that is none', async () => {
    const url = `${running.url}/fiscal/v1`;
    assert.equal((await registerAt(url, 'wrong').register(orderOf())).tag, 'unknown');
    const nobody = registerAt(`http://127.0.0.1:${String(await freePort())}`);
    assert.equal((await nobody.register(orderOf())).tag, 'unknown');
  });

  const receipt = {
    ...{ operationType: 1, dateTime: '2026-11-22T14:03', totalSum: '1.00', user: 'A' },
    ...{
      userInn: '7700000000',
      taxationType: 1,
      retailPlace: 'x',
      kktRegId: '1',
      requestNumber: 1,
    },
    ...{ fiscalDriveNumber: '9999078900001234', fiscalDocumentNumber: '1', fiscalSign: '1' },
    ...{ shiftNumber: 1, taxServiceSite: 'x' },
  };
  const strange: readonly (readonly [string, number, unknown])[] = [
    ['no JSON', 200, undefined],
    ['another status', 200, { status: 'maybe' }],
    ['a receipt without a sign', 200, { status: 'done', receipt: { ...receipt, fiscalSign: '' } }],
    [
      'a receipt with half a kopeck',
      200,
      { status: 'done', receipt: { ...receipt, totalSum: '1.005' } },
    ],
    ['a QR of another document', 200, { status: 'done', receipt: { ...receipt, qr: 't=1' } }],
    ['a failure of the server', 503, { status: 'fail', error: 'later' }],
    ['a redirect', 302, { status: 'wait', to: '/' }],
  ];
  for (const [title, status, body] of strange) {
    it(`does not know with ${title}`, async () => {
      const port = await freePort();
      const server = createServer((_, response) => {
        response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {});
        response.end(body === undefined ? '<html>' : JSON.stringify(body));
      });
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
      try {
        const answer = await registerAt(`http://127.0.0.1:${String(port)}`).register(orderOf());
        assert.equal(answer.tag, 'unknown');
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });
  }
});
