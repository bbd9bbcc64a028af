import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { spawnProgram, startProgram } from '../support/kabinet-process.ts';
import { PortalClient } from '../support/portal-client.ts';
import { waitFor } from '../support/processes.ts';

const settings = async () => {
  const data = mkdtempSync(join(tmpdir(), 'kabinet-start-'));
  const [port, simulators, metrics] = await Promise.all([freePort(), freePort(), freePort()]);
  const env = {
    KABINET_DATA: data,
    PORT: String(port),
    SIMULATORS_PORT: String(simulators),
    METRICS_PORT: String(metrics),
    GATEWAY_CONSOLE_PORT: '0',
  };
  const portalUrl = `http://localhost:${String(port)}`;
  const client = () => new PortalClient(portalUrl, `http://localhost:${String(simulators)}`);
  return { data, env, portalUrl, metricsPort: metrics, client };
};
const demo = ['7000001', 'demo-Kabinet-2026', '+79990000001'] as const;

const endsWith = async (env: Record<string, string>, args: readonly string[] = []) => {
  const program = spawnProgram('start', env, args);
  await waitFor('the end of start', () => program.child.exitCode !== null);
  return { code: program.child.exitCode, output: program.output() };
};

describe('npm start', function () {
  this.timeout(120_000);

  it('keeps what happened over a stop, and stops in order', async () => {
    const { data, env, client } = await settings();
    const first = await startProgram('start', env);
    const customer = client();
    assert.equal((await customer.signIn(...demo)).status, 200);
    const { items } = (await customer.get('/api/accounts')).body;
    const payment = (await customer.pay(items[0].id, '50000')).body;
    assert.equal(payment.state, 'pending');
    assert.equal(await first.stop(), 0);

    const second = await startProgram('start', env);
    const again = await customer.get(`/api/payments/${payment.id}`);
    assert.equal(again.body.state, 'pending');
    assert.equal(await second.stop(), 0);
    rmSync(data, { recursive: true, force: true });
  });

  it('begins anew when asked', async () => {
    const { data, env, client } = await settings();
    const first = await startProgram('start', env);
    const customer = client();
    await customer.signIn(...demo);
    const { items } = (await customer.get('/api/accounts')).body;
    await customer.pay(items[0].id, '50000');
    await first.stop();

    const fresh = await startProgram('start', env, ['--fresh']);
    assert.equal((await customer.get('/api/payments')).status, 401);
    const newcomer = client();
    assert.equal((await newcomer.signIn(...demo)).status, 200);
    assert.deepEqual((await newcomer.get('/api/payments')).body.items, []);
    await fresh.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it('names the port that is taken, in one sentence', async () => {
    const { env } = await settings();
    const squatter = createServer().listen(Number(env.PORT), '127.0.0.1');
    const { code, output } = await endsWith(env);
    squatter.close();

    assert.equal(code, 1);
    assert.match(output, /^kabinet: port \d+ is in use; .* set PORT to another\n$/);
  });

  it('says where the database should have been, without its password', async () => {
    const { env } = await settings();
    const url = `postgres://kabinet:secret-word@127.0.0.1:${String(await freePort())}/kabinet`;
    const { code, output } = await endsWith({ ...env, DATABASE_URL: url });

    assert.equal(code, 1);
    assert.match(output, /^kabinet: cannot open the database at 127\.0\.0\.1/);
    assert.doesNotMatch(output, /secret-word| {4}at /);
  });

  it('refuses a setting that is wrong, by its name', async () => {
    const { env } = await settings();
    const { code, output } = await endsWith({ ...env, PORT: 'eighty' });

    assert.equal(code, 1);
    assert.match(output, /^kabinet: PORT is wrong/);
  });
});
