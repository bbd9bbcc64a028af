import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { developmentPasswords } from '../../../src/adapters/amqp/definitions.ts';
import { places } from '../../../src/adapters/amqp/places.ts';
import { signFor } from '../../../src/adapters/amqp/signing.ts';
import type { AccountId } from '../../../src/domain/ids.ts';
import { ensurePackage } from '../../support/debian-package.ts';
import { gatewayRabbitmq, rabbitBroker } from '../../support/gateway-rabbitmq.ts';
import {
  accountChanged,
  anna,
  annasAccount,
  asking,
  givenLine,
  grantOf,
  type Line,
  randomness,
} from '../../support/gateway-world.ts';
import { endProcess, waitFor } from '../../support/processes.ts';
import { ensureRabbitmq } from '../../support/rabbitmq.ts';
import { skipUnless } from '../../support/skips.ts';

const program = join(import.meta.dirname, '../../../docs/examples/inside-end.py');
const packages = '/usr/lib/python3/dist-packages';

describe('An inside end in another language', function () {
  this.timeout(300_000);
  let line: Line;
  let python: ChildProcess;
  let output = '';
  const borissAccount = '01890000-0000-7000-8000-0000000000b1' as AccountId;

  before(async function () {
    skipUnless(this, await ensureRabbitmq());
    skipUnless(this, await ensurePackage('python3-pika', `${packages}/pika/__init__.py`));
    skipUnless(
      this,
      await ensurePackage('python3-cryptography', `${packages}/cryptography/__init__.py`),
    );
    line = await givenLine(rabbitBroker, [grantOf('ledger.read-account', 1_000)]);
    await line.stopInside();
    for (const accountId of [annasAccount, borissAccount]) {
      await line.ownership.learn({ accountId, customerId: anna, version: 1 });
    }
    line.claimed.push(borissAccount);
    const accounts = join(line.rings.directory, 'accounts.json');
    // Boris’ account is his for the inside, whatever the gateway was told.
    const boriss = accountChanged({
      accountId: borissAccount,
      customerId: '01890000-0000-7000-8000-00000000000b',
    });
    writeFileSync(
      accounts,
      JSON.stringify({ [annasAccount]: accountChanged(), [borissAccount]: boriss }),
    );
    const node = await gatewayRabbitmq();
    const address = node.url('connector', developmentPasswords.connector, 'core');
    python = spawn('/usr/bin/python3', [program, address, line.rings.directory, accounts]);
    for (const stream of [python.stdout, python.stderr]) {
      stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    await waitFor('the example', () => Promise.resolve(output.includes('ready')), 20_000);
  });
  after(async () => {
    if (python !== undefined) await endProcess(python);
    await line?.close();
  });

  it('is short enough to be read, and has nothing of ours', () => {
    const lines = readFileSync(program, 'utf8').trimEnd().split('\n');

    assert.ok(lines.length <= 150, `${String(lines.length)} lines`);
  });

  it('answers questions through the gateway, from account to kopeck', async () => {
    for (let n = 0; n < 20; n += 1) {
      const answer = await line.questions.readAccount(annasAccount, asking(anna));

      assert.ok(answer.outcome === 'fresh', `${answer.outcome}: ${output}`);
      assert.equal(answer.change.account.balance.minor, -125050n);
      assert.equal(answer.change.account.title, 'Интернет');
    }
    assert.deepEqual(line.trouble, []);
    assert.deepEqual(await line.incidents.list(5), []);
  });

  it('says of what is not the customer’s that it is not there', async () => {
    const answer = await line.questions.readAccount(borissAccount, asking(anna));

    assert.deepEqual(answer, { outcome: 'not-found' });
  });

  it('believes nothing that the gateway did not let through', async () => {
    const draft = {
      type: 'ledger.read-account',
      subject: anna,
      assertion: await line.assertionFor(anna),
      data: { accountId: annasAccount },
    } as const;
    const place = places.queryInside(anna);
    const bare = { ...line.portalWriter.write(draft, place), userId: 'gateway' };
    const { kid } = line.rings.portal.own;
    const record = Buffer.from(JSON.stringify({ kid, sha256: '', verdict: 'passed' }));
    const context = 'kabinet-hop-1';
    const forged = signFor(line.rings.portal.own.privateKey, { context, ...place }, record);
    const hop = `${record.toString('base64url')}.${forged}`;

    await line.brokers.gatewayIn.publish(bare);
    await line.brokers.gatewayIn.publish({
      ...bare,
      messageId: randomness.id(),
      headers: { ...bare.headers, hop },
    });
    const refusals = () => output.match(/not believed/g)?.length ?? 0;
    await waitFor('two refusals', () => Promise.resolve(refusals() === 2), 5_000);
    const answer = await line.questions.readAccount(annasAccount, asking(anna));

    assert.equal(answer.outcome, 'fresh', output);
  });
});
