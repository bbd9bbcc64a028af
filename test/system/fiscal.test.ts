import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { startProgram, type KabinetProcess } from '../support/kabinet-process.ts';
import { PortalClient } from '../support/portal-client.ts';
import { waitFor } from '../support/processes.ts';

interface Document {
  readonly key: string;
  readonly waits: number;
  readonly ordered: { readonly totalSum: string; readonly buyerPhoneOrAddress: string };
}

describe('fiscal receipts, from a payment to the register', function () {
  this.timeout(120_000);
  const data = mkdtempSync(join(tmpdir(), 'kabinet-fiscal-'));
  let kabinet: KabinetProcess;
  let simulatorsUrl = '';
  let client: PortalClient;
  before(async () => {
    const [port, simulators, metrics] = await Promise.all([freePort(), freePort(), freePort()]);
    simulatorsUrl = `http://localhost:${String(simulators)}`;
    client = new PortalClient(`http://localhost:${String(port)}`, simulatorsUrl);
    kabinet = await startProgram('start', {
      KABINET_DATA: data,
      PORT: String(port),
      SIMULATORS_PORT: String(simulators),
      METRICS_PORT: String(metrics),
      GATEWAY_CONSOLE_PORT: '0',
      FISCAL_REGISTER: 'http',
      FISCAL_FROM: '2020-01-01',
    });
  });
  after(async () => {
    await kabinet?.stop();
    rmSync(data, { recursive: true, force: true });
  });
  const documents = async (): Promise<readonly Document[]> => {
    const answer = await fetch(`${simulatorsUrl}/control/fiscal`);
    return ((await answer.json()) as { documents: readonly Document[] }).documents;
  };

  it('one is made of what was paid, and none of what was only begun', async () => {
    await client.signIn('7000001', 'demo-Kabinet-2026', '+79990000001');
    const [account] = (await client.get('/api/accounts')).body.items;
    await client.pay(account.id, '70000');
    const { id } = (await client.pay(account.id, '50000')).body;
    await client.control(id, { outcome: 'pay' });
    await client.paymentBecomes(id, 'succeeded');

    await waitFor('the fiscal receipt', async () => (await documents()).length > 0, 30_000);

    const [made, ...more] = await documents();
    assert.deepEqual(more, []);
    assert.ok(made !== undefined);
    assert.equal(made.key, id);
    assert.equal(made.ordered.totalSum, '500.00');
    assert.match(made.ordered.buyerPhoneOrAddress, /^(\+\d+|\S+@\S+)$/);
  });
});
