import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { budgetOptions } from '../../src/main/commands/budget-options.ts';
import { startFivePrograms, type FivePrograms } from '../support/five-programs.ts';
import type { PortalClient } from '../support/portal-client.ts';
import { waitFor } from '../support/processes.ts';
import { ensureRabbitmq } from '../support/rabbitmq.ts';
import { runScript, type Ended } from '../support/run-command.ts';
import { skipUnless } from '../support/skips.ts';

describe('the inside’s budgets', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-budget-'));
  const budgetsFile = join(folder, 'budgets.json');
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const budget = (...args: string[]): Promise<Ended> => {
    const places = { KABINET_DATA: folder, BUDGETS_FILE: budgetsFile };
    return runScript('src/main/commands/budget.ts', args, places, folder);
  };

  describe('over two gateways', () => {
    let five: FivePrograms;
    let customer: PortalClient;
    let accountId: string;
    before(async function () {
      skipUnless(this, await ensureRabbitmq());
      five = await startFivePrograms({ BUDGETS_FILE: budgetsFile });
      customer = five.client();
      await customer.signIn('7000001', 'demo-Kabinet-2026', '+79990000001');
      accountId = (await customer.get('/api/accounts')).body.items[0].id as string;
    });
    after(async () => {
      await five?.stop();
    });
    const refresh = () => customer.post(`/api/accounts/${accountId}/refresh`, {});
    const becomes = (status: number) =>
      waitFor(`a refresh to answer ${String(status)}`, async () => {
        return (await refresh()).status === status;
      });

    it('close and open questions while everything runs; pages go on with what is known', async () => {
      await becomes(200);
      assert.match(
        (await budget('close', 'ledger.read-account')).out,
        /ledger\.read-account +closed/,
      );
      await becomes(503);
      const answer = await refresh();
      assert.equal(answer.status, 503);
      assert.ok(Number(answer.headers.get('retry-after')) >= 1);
      assert.equal(answer.body.type, 'urn:kabinet:problem:too-busy');
      assert.equal((await customer.get(`/api/accounts/${accountId}`)).status, 200);

      await budget('open', 'all');
      await becomes(200);
    });

    it('outlive a gateway: killed, the other goes on within seconds', async () => {
      const second = await five.another('gateway', { GATEWAY_INSTANCE: 'gateway-2' });
      await becomes(200);
      await five.program('gateway').kill();
      const killedAt = Date.now();
      await becomes(200);
      assert.ok(Date.now() - killedAt < 5_000, `${String(Date.now() - killedAt)} ms`);
      const { id } = (await customer.pay(accountId, '12300')).body;
      await customer.control(id, { outcome: 'pay' });
      await customer.paymentBecomes(id, 'succeeded', true);

      await five.restart('gateway');
      await second.kill();
      await becomes(200);
    });
  });

  it('are shown as a table, and changed one number at a time', async () => {
    await budget('set', 'ledger.read-account', '--rate', '50', '--safe-concurrency', '3');
    const { out } = await budget('show');

    assert.match(out, /^ledger\.read-account +open +50 +200 +100 +1 +2 +20 +20 +3$/m);
    assert.match(out, /^ledger\.record-refund +open +100 /m);
    assert.match(out, /kept in .*budgets\.json/);
  });

  it('say what they take, and refuse what cannot be meant', async () => {
    assert.match((await budget('--help')).out, /^Usage: npm run budget/);
    const unknown = await budget('drain', 'ledger.nothing');
    assert.equal(unknown.code, 1);
    assert.match(unknown.err, /no operation ledger\.nothing; there are ledger\.read-account/);
    for (const args of [
      [],
      ['stop', 'all'],
      ['close'],
      ['set', 'all', '--rate', '1'],
      ['set', 'a'],
      ['set', 'a', '--rate', '-1'],
      ['set', 'a', '--cost', '0'],
      ['set', 'a', '--concurrency', '1.5'],
      ['drain', 'a', '--rate', '1'],
      ['drain', 'a', 'b'],
    ]) {
      assert.throws(() => budgetOptions(args), Error, args.join(' '));
    }
  });
});
