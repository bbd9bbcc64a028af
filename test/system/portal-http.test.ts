import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { startProgram, type KabinetProcess } from '../support/kabinet-process.ts';
import { PortalClient } from '../support/portal-client.ts';

const [contract, password, phone] = ['7000001', 'demo-Kabinet-2026', '+79990000001'] as const;

describe('the portal over HTTP', function () {
  this.timeout(120_000);
  const data = mkdtempSync(join(tmpdir(), 'kabinet-http-'));
  let kabinet: KabinetProcess;
  let portalUrl = '';
  let client: () => PortalClient;

  before(async () => {
    const [port, simulators, metrics] = await Promise.all([freePort(), freePort(), freePort()]);
    portalUrl = `http://localhost:${String(port)}`;
    client = () => new PortalClient(portalUrl, `http://localhost:${String(simulators)}`);
    kabinet = await startProgram('start', {
      KABINET_DATA: data,
      PORT: String(port),
      SIMULATORS_PORT: String(simulators),
      METRICS_PORT: String(metrics),
      GATEWAY_CONSOLE_PORT: '0',
    });
  });
  after(async () => {
    await kabinet?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it('answers an unknown login, a wrong password and a right one alike', async () => {
    const shapes = [];
    for (const [login, tried] of [
      [contract, password],
      [contract, 'not-the-password'],
      ['no-such-login', password],
    ] as const) {
      const { status, body, headers } = await client().post('/api/sign-in', {
        login,
        password: tried,
      });
      const cookies = headers.getSetCookie().map((one) => one.replace(/=[^;]+/, ''));
      shapes.push({ status, keys: Object.keys(body), sentTo: body.sentTo, cookies });
    }

    assert.equal(shapes[0]?.status, 200);
    assert.deepEqual(shapes[1], shapes[0]);
    assert.deepEqual(shapes[2], shapes[0]);
  });

  it('shows nothing to whoever is not signed in, and nothing of another customer', async () => {
    const anna = client();
    assert.equal((await anna.get('/api/accounts')).status, 401);
    await anna.signIn(contract, password, phone);
    const [account] = (await anna.get('/api/accounts')).body.items;
    const [operation] = (await anna.get(`/api/accounts/${account.id}/operations`)).body.items;
    const payment = (await anna.pay(account.id, '50000')).body;
    const other = client();
    await other.signIn('7000002', password, '+79990000002');

    for (const path of [
      `/api/accounts/${account.id}`,
      `/api/accounts/${account.id}/operations`,
      `/api/accounts/${account.id}/operations.csv`,
      `/api/accounts/${account.id}/operations.xlsx`,
      `/api/accounts/${account.id}/statement.pdf?from=2026-01-01&to=2026-01-31`,
      `/api/accounts/${account.id}/statement.csv?from=2026-01-01&to=2026-01-31`,
      `/api/accounts/${account.id}/statement.xlsx?from=2026-01-01&to=2026-01-31`,
      `/api/operations/${operation.id}`,
      `/api/payments/${payment.id}`,
      `/api/payments/${payment.id}/receipt`,
      `/api/payment-methods?accountId=${account.id}`,
    ]) {
      assert.equal((await other.get(path)).status, 404, path);
    }
    assert.equal((await other.pay(account.id, '50000')).status, 404);
  });

  it('charges and forgets no remembered way to pay that is not the customer’s', async () => {
    const anna = client();
    await anna.signIn(contract, password, phone);
    const [account] = (await anna.get('/api/accounts')).body.items;
    const savedMethod = randomUUID();
    const limit = { minor: '60000', currency: 'RUB' };
    const wish = { accountId: account.id, savedMethod, dayOfMonth: 10 };
    const pay = { accountId: account.id, amount: limit, method: 'yoomoney', savedMethod };
    const query = `accountId=${account.id}&savedMethod=${savedMethod}&limit=1&locale=ru`;
    const asked = {
      pay: anna.post('/api/payments', pay, { 'Idempotency-Key': randomUUID() }),
      agree: anna.post('/api/autopay', { ...wish, limit, words: 'yes' }),
      read: anna.get(`/api/autopay/consent?${query}&dayOfMonth=10`),
      tooLate: anna.get(`/api/autopay/consent?${query}&dayOfMonth=29`),
      forget: anna.delete(`/api/saved-methods/${savedMethod}`),
      stop: anna.delete(`/api/autopay/${account.id}`),
    };
    const answers: Record<string, string> = {};
    for (const [name, answer] of Object.entries(asked)) {
      const { status, body } = await answer;
      answers[name] = `${String(status)} ${String(body.type).split(':').at(-1) ?? ''}`;
    }

    assert.deepEqual(answers, {
      pay: '422 saved-method-unknown',
      agree: '422 saved-method-unknown',
      read: '422 saved-method-unknown',
      tooLate: '422 invalid-request',
      forget: '404 not-found',
      stop: '404 not-found',
    });
    assert.deepEqual((await anna.get('/api/autopay')).body.items, []);
    assert.deepEqual((await anna.get('/api/saved-methods')).body.items, []);
  });

  it('makes one payment of one key, and refuses the key for another sum', async () => {
    const anna = client();
    await anna.signIn(contract, password, phone);
    const [account] = (await anna.get('/api/accounts')).body.items;
    const key = crypto.randomUUID();
    const [first, second] = [
      await anna.pay(account.id, '51000', key),
      await anna.pay(account.id, '51000', key),
    ];

    assert.equal(second.body.id, first.body.id);
    const other = await anna.pay(account.id, '52000', key);
    assert.equal(other.status, 422);
    assert.equal(other.body.type, 'urn:kabinet:problem:idempotency-conflict');
  });

  it('takes changes only from its own pages', async () => {
    const send = (headers: Record<string, string>) =>
      fetch(`${portalUrl}/api/sign-out`, { method: 'POST', headers, body: '{}' });
    const json = { 'content-type': 'application/json' };

    assert.equal((await send(json)).status, 403);
    const foreign = { ...json, 'x-kabinet': '1', origin: 'https://elsewhere.example' };
    assert.equal((await send(foreign)).status, 403);
    assert.equal((await send({ ...json, 'x-kabinet': '1' })).status, 204);
  });

  it('says what is wrong with a request, where, and never how it is built', async () => {
    const anna = client();
    const bad = await anna.post('/api/sign-in', { login: '', more: 1 });
    assert.equal(bad.status, 422);
    assert.match(bad.headers.get('content-type') ?? '', /application\/problem\+json/);
    const pointers = bad.body.errors.map((one: { pointer: string }) => one.pointer);
    assert.ok(pointers.includes('/login'), pointers.join());
    const broken = await fetch(`${portalUrl}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-kabinet': '1' },
      body: '{"login":',
    });
    assert.equal(broken.status, 400);
    assert.doesNotMatch(await broken.text(), /node_modules| {4}at /);
    assert.equal((await anna.get('/api/nothing-here')).status, 404);
  });

  it('believes no forged notification', async () => {
    const body = JSON.stringify({ id: 'evt_1', type: 'checkout.session.completed' });
    const headers = {
      'stripe-signature': `t=${String(Math.floor(Date.now() / 1000))},v1=${'0'.repeat(64)}`,
    };
    const answer = await fetch(`${portalUrl}/notify/stripe`, { method: 'POST', headers, body });

    assert.equal(answer.status, 400);
  });

  // The last one: from here on everybody at this address is slowed.
  it('slows a network that tries one login after another, and has it work for every try', async () => {
    const attempt = async (login: string) => {
      const before = performance.now();
      const { status } = await client().post('/api/sign-in', { login, password: 'a guess' });
      return { status, ms: performance.now() - before };
    };
    // How many it takes depends on when the edge tells the gateway of them, and on how fast they come.
    let n = 0;
    let last = { status: 200, ms: 0 };
    for (; n < 60 && last.status === 200; n += 1) last = await attempt(String(8_000_000 + 97 * n));
    assert.ok(n > 10, `slowed after ${String(n)} tries`);
    for (let more = 0; more < 20 && last.ms < 1_000; more += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      last = await attempt(String(9_000_000 + 97 * more));
    }
    assert.equal(last.status, 428);
    assert.ok(last.ms >= 1_000 && last.ms < 5_000, `it took ${String(last.ms)} ms`);
  });
});
