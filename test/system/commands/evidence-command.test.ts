import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresRefusedBodyStore } from '../../../src/adapters/postgres/gateway/postgres-refused-body-store.ts';
import { cryptoRandomness } from '../../../src/adapters/system/crypto-randomness.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { keepRefusedBodies } from '../../../src/application/gateway/keep-refused-bodies.ts';
import { evidenceOptions } from '../../../src/main/commands/evidence-options.ts';
import { refusedBodyLock } from '../../../src/main/gateway-refused-bodies.ts';
import { givenGatewayDatabase } from '../../support/gateway-database.ts';
import { runScript } from '../../support/run-command.ts';

describe('npm run evidence', function () {
  this.timeout(60_000);

  it('lists what was kept, and opens one for who has the key, harmless to a terminal', async () => {
    const { url, pool, close } = await givenGatewayDatabase();
    const [keys, otherKeys] = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'kabinet-evidence-')));
    const run = (keysDirectory: string, ...args: string[]) =>
      runScript('src/main/commands/evidence.ts', args, {
        GATEWAY_DATABASE_URL: url,
        KABINET_KEYS: keysDirectory,
      });
    try {
      const store = new PostgresRefusedBodyStore(pool);
      const lock = refusedBodyLock(keys!);
      const keeper = keepRefusedBodies(store, lock, cryptoRandomness(), systemClock);
      keeper.keep(
        { body: Buffer.from('{"a":1}\u001b[31mred'), messageId: 'm-1' },
        'bad-schema:portal',
      );
      await keeper.flush();
      const [{ id, digest } = assert.fail()] = await store.list(1);

      const list = await run(keys!, 'list');
      assert.match(list.out, new RegExp(`^${id}  \\S+  bad-schema:portal  15 bytes  ${digest}\n$`));
      const shown = await run(keys!, 'show', id);
      assert.equal(shown.code, 0);
      assert.match(
        shown.out,
        /0000 {2}7b 22 61 22 3a 31 7d 1b 5b 33 31 6d 72 65 64 +\{"a":1\}\.\[31mred\n/,
      );
      assert.ok(!shown.out.includes('\u001b'));
      const missing = await run(otherKeys!, 'show', id);
      assert.deepEqual([missing.code, missing.out], [1, '']);
      assert.match(missing.err, /gateway-evidence\.key is missing: it is made by the gateway/);
      refusedBodyLock(otherKeys!);
      const other = await run(otherKeys!, 'show', id);
      assert.match(
        other.err,
        /does not open it: it is another gateway's key, or the row was altered/,
      );
      assert.deepEqual([other.code, other.out], [1, '']);
      const none = await run(keys!, 'show', cryptoRandomness().id());
      assert.match(none.err, /no body is kept under \S+: see list/);
      assert.match((await run(keys!, '--help')).out, /^Usage: npm run evidence/);
    } finally {
      for (const directory of [keys!, otherKeys!]) rmSync(directory, { recursive: true });
      await close();
    }
  });

  it('says what cannot be meant', () => {
    assert.throws(() => evidenceOptions([]), /say what to do: list, or show ID/);
    assert.throws(() => evidenceOptions(['show', '7']), /show takes the id of a body/);
    assert.throws(() => evidenceOptions(['show', 'a', 'b']), /only one at a time, not also b/);
    assert.throws(() => evidenceOptions(['list', '--limit', '0']), /from 1 to 1000/);
    assert.deepEqual(evidenceOptions(['list', '--limit', '5']), { command: 'list', limit: 5 });
  });
});
