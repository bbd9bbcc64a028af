import assert from 'node:assert/strict';
import { auditSeal } from '../../../src/adapters/amqp/audit-seal.ts';
import { PostgresAuditLog } from '../../../src/adapters/postgres/gateway/postgres-audit-log.ts';
import { openPool } from '../../../src/adapters/postgres/pool.ts';
import { prepareDatabase } from '../../../src/main/database.ts';
import { instant } from '../../../src/domain/time.ts';
import { givenKeyRings } from '../../support/gateway-world.ts';
import { testDatabase } from '../../support/postgres.ts';
import { runScript, type Ended } from '../../support/run-command.ts';

describe('npm run audit:verify', function () {
  this.timeout(60_000);

  it('says that all holds, and names the first record that does not', async () => {
    const database = await testDatabase('auditcommand');
    const rings = givenKeyRings();
    await prepareDatabase('gateway', database.url);
    const pool = openPool(database.url, 2, 'audit');
    const run = (...args: string[]): Promise<Ended> => {
      const places = { GATEWAY_DATABASE_URL: database.url, KABINET_KEYS: rings.directory };
      return runScript('src/main/commands/audit-verify.ts', args, places);
    };
    try {
      const entry = {
        at: instant(1_764_000_000_000),
        kind: 'refused',
        who: 'anna',
        what: 'replay',
      };
      const head = await new PostgresAuditLog(
        pool,
        auditSeal(rings.gateway, rings.directory),
      ).append([entry, entry, entry]);
      const sound = await run();
      assert.deepEqual(
        [sound.code, sound.out.trim()],
        [0, '3 records and 1 signed heads, all hold'],
      );
      assert.match((await run('--help')).out, /^Usage: npm run audit:verify/);

      const known = `${String(head?.seq)}:${head?.digest ?? ''}`;
      assert.equal((await run('--head', known)).code, 0);
      assert.match((await run('--head', 'x')).err, /--head takes a number and a digest/);

      const tamper = async (...statements: string[]): Promise<void> => {
        const client = await pool.connect();
        await client.query('SET session_replication_role = replica');
        for (const statement of statements) await client.query(statement);
        client.release(true);
      };
      await tamper(
        'UPDATE audit_record SET seq = 9 - seq WHERE seq > 1',
        'UPDATE audit_record SET seq = seq - 4 WHERE seq > 1',
      );
      assert.match((await run()).err, /record 2 of \S+ is not what was written; the 1 before/);
      await tamper(
        'UPDATE audit_record SET seq = 9 - seq WHERE seq > 1',
        'UPDATE audit_record SET seq = seq - 4 WHERE seq > 1',
      );
      assert.equal((await run()).code, 0, 'swapped back');

      await tamper("UPDATE audit_record SET who = 'boris' WHERE seq = 2");
      const broken = await run();
      assert.equal(broken.code, 1);
      assert.match(broken.err, /record 2 of 2025-11-24T\S+ is not what was written; the 1 before/);
      await tamper('DELETE FROM audit_record WHERE seq > 1');
      assert.match(
        (await run()).err,
        /record 2 is missing: something was taken away; the 1 before/,
      );
      await tamper('DELETE FROM audit_head');
      assert.match((await run()).err, /record 1 has no signed head behind it/);
    } finally {
      await pool.end();
      await database.drop();
      rings.discard();
    }
  });
});
