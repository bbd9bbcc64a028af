import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FivePrograms, startFivePrograms } from '../support/five-programs.ts';
import type { PortalClient } from '../support/portal-client.ts';
import { waitFor } from '../support/processes.ts';
import { ensureRabbitmq } from '../support/rabbitmq.ts';
import { skipUnless } from '../support/skips.ts';

describe('harvest and canaries over five programs', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-harvest-'));
  const canariesFile = join(folder, 'canaries.json');
  let five: FivePrograms;
  let customer: PortalClient;
  let accountId: string;
  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    const detectors = join(folder, 'detectors.json');
    writeFileSync(detectors, JSON.stringify({ harvest: { minADay: 3 } }));
    five = await startFivePrograms({ DETECTORS_FILE: detectors, CANARIES_FILE: canariesFile });
    customer = five.client();
    await customer.signIn('7000001', 'demo-Kabinet-2026', '+79990000001');
    accountId = (await customer.get('/api/accounts')).body.items[0].id as string;
  });
  after(async () => {
    await five?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('slow whoever collects receipts, and leave them their pages', async () => {
    const { id } = (await customer.pay(accountId, '12300')).body;
    await customer.control(id, { outcome: 'pay' });
    await customer.paymentBecomes(id, 'succeeded', true);
    const receipt = `/api/payments/${String(id)}/receipt.pdf`;
    assert.ok((await customer.download(receipt)).length > 1_000);

    await waitFor('the refusal', async () => (await customer.get(receipt)).status === 429);
    const refused = await customer.get(receipt);
    assert.equal(refused.body.type, 'urn:kabinet:problem:too-many-documents');
    assert.match(String(refused.body.detail), /^Слишком много документов за короткое время/);
    assert.ok(Number(refused.headers.get('retry-after')) <= 60);
    await waitFor('a page', async () => (await customer.get('/api/accounts')).status === 200);
    const [incident] = await five.rows(
      'gateway',
      `SELECT severity, evidence FROM incident WHERE detector = 'harvest'`,
    );
    assert.equal(incident?.severity, 'S2');
    assert.match(String(incident.evidence), /documents today/);
  });

  it('refuse a real account as a canary, whatever the file says, and take the file that is right', async () => {
    const lists = async () =>
      (
        await five.rows(
          'gateway',
          `SELECT what FROM audit_record WHERE kind = 'canaries' ORDER BY seq`,
        )
      ).map(({ what }) => String(what).replace(/^list \d+/, 'list'));
    await waitFor('the list of none', async () => (await lists()).includes('list of 0'));
    writeFileSync(canariesFile, JSON.stringify({ [randomUUID()]: '', [accountId]: 'a mistake' }));
    await waitFor('the complaint', () =>
      five.program('accounting').output().includes(`${accountId} means a real customer or account`),
    );
    assert.deepEqual(await lists(), ['list of 0']);

    writeFileSync(canariesFile, JSON.stringify({ [randomUUID()]: 'in the CRM' }));
    await waitFor('the right list', async () => (await lists()).includes('list of 1'));
  });
});
