import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type pg from 'pg';
import { auditReader, auditSeal } from '../../src/adapters/amqp/audit-seal.ts';
import { MemoryAuditLog } from '../../src/adapters/memory/memory-audit-log.ts';
import { gatewayMigrations } from '../../src/adapters/postgres/gateway/gateway-migrations.ts';
import { PostgresAuditLog } from '../../src/adapters/postgres/gateway/postgres-audit-log.ts';
import { migrateDatabase } from '../../src/adapters/postgres/migrate-database.ts';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { recordAudit } from '../../src/application/gateway/record-audit.ts';
import { verifyAudit } from '../../src/application/gateway/verify-audit.ts';
import type { AuditLog } from '../../src/application/ports/audit-log.ts';
import type { AuditEntry, AuditRecord } from '../../src/domain/protection/audit-chain.ts';
import { instant } from '../../src/domain/time.ts';
import { fcFewRuns } from '../support/fc-runs.ts';
import { givenKeyRings } from '../support/gateway-world.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';

const rings = givenKeyRings();
after(() => {
  rings.discard();
  rmSync(otherDirectory, { recursive: true });
});
const otherDirectory = mkdtempSync(join(tmpdir(), 'kabinet-audit-'));
const seal = auditSeal(rings.gateway, rings.directory);
const entry = (what: string): AuditEntry => ({
  at: instant(1_764_000_000_000),
  kind: 'refused',
  who: 'anna',
  what,
});
const entries = (count: number): AuditEntry[] =>
  Array.from({ length: count }, (_, n) => entry(`entry ${String(n)}`));

const unheaded = (seq: number) => ({ seq, why: 'unheaded', record: undefined }) as const;

const auditContract = (given: () => Promise<AuditLog>): void => {
  it('keeps entries in order, with a signed head behind those of one call', async () => {
    const log = await given();
    await log.append(entries(3));
    await log.append([]);
    await log.append(entries(2));

    const records = await log.after(0, 10);
    assert.deepEqual(
      records.map(({ seq, what }) => [seq, what]),
      [
        [1, 'entry 0'],
        [2, 'entry 1'],
        [3, 'entry 2'],
        [4, 'entry 0'],
        [5, 'entry 1'],
      ],
    );
    assert.deepEqual(
      (await log.headsAfter(0, 10)).map(({ seq }) => seq),
      [3, 5],
    );
    assert.deepEqual([(await log.after(3, 1)).length, (await log.headsAfter(3, 9)).length], [1, 1]);
    assert.deepEqual(await verifyAudit(log, seal)(), { records: 5, heads: 2, broken: undefined });
  });

  it('makes one chain of what many write at once', async () => {
    const log = await given();
    await Promise.all(Array.from({ length: 8 }, () => log.append(entries(5))));

    const seen: number[] = [];
    const verdict = await verifyAudit(log, seal, (records) => seen.push(records))();
    assert.deepEqual(verdict, { records: 40, heads: 8, broken: undefined });
    assert.deepEqual(seen, [40]);
  });
};

describe('The audit log in memory', () => {
  auditContract(() => Promise.resolve(new MemoryAuditLog(seal)));

  it('shows the first record that somebody changed, moved, took away or put in', async () => {
    type Change = (records: AuditRecord[], at: number) => void;
    const changes: Readonly<Record<string, Change>> = {
      text: (records, at) => (records[at] = { ...records[at]!, what: 'nothing happened' }),
      who: (records, at) => (records[at] = { ...records[at]!, who: 'boris' }),
      time: (records, at) => (records[at] = { ...records[at]!, at: instant(0) }),
      digest: (records, at) => (records[at] = { ...records[at]!, digest: 'x' }),
      gone: (records, at) => void records.splice(at, 1),
      cut: (records, at) => void records.splice(at),
      twice: (records, at) => void records.splice(at, 0, records[at]!),
      swapped: (records, at) => void records.splice(at, 2, records[at + 1]!, records[at]!),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(changes)),
        fc.integer({ min: 2, max: 30 }),
        fc.nat(1_000),
        fc.integer({ min: 1, max: 4 }),
        async (change, count, place, together) => {
          const log = new MemoryAuditLog(seal);
          for (let n = 0; n < count; n += together) await log.append(entries(together));
          const at = place % (log.records.length - 1);
          changes[change]!(log.records, at);

          const { records, broken } = await verifyAudit(log, seal)();
          // What was put in twice stands behind the true one.
          const first = change === 'twice' ? at + 2 : at + 1;
          assert.equal(broken?.seq, first, change);
          assert.equal(records, first - 1);
        },
      ),
      fcFewRuns,
    );
  });

  it('believes no head that another key signed, and no chain made anew under old heads', async () => {
    const log = new MemoryAuditLog(seal);
    await log.append(entries(2));
    const forger = new MemoryAuditLog(auditSeal(rings.portal, otherDirectory));
    await forger.append(entries(2));
    log.heads[0] = forger.heads[0]!;
    assert.equal((await verifyAudit(log, seal)()).broken?.why, 'unsigned');

    const other = new MemoryAuditLog(seal);
    await other.append([entry('other'), entry('other')]);
    log.heads[0] = other.heads[0]!;
    assert.deepEqual(
      [(await verifyAudit(log, seal)()).broken?.seq, (await verifyAudit(log, seal)()).broken?.why],
      [2, 'changed'],
    );
    assert.equal(seal.holds('text', 'nobody', ''), false);
  });

  it('shows a chain that was made anew by whoever has no key of the gateway’s', async () => {
    const log = new MemoryAuditLog(seal);
    await log.append(entries(3));
    const forged = new MemoryAuditLog(auditSeal(rings.portal, otherDirectory));
    await forged.append(entries(2));
    log.records.splice(0, 3, ...forged.records);
    log.heads.length = 0;
    assert.deepEqual((await verifyAudit(log, seal)()).broken, unheaded(1));

    const longer = new MemoryAuditLog(seal);
    await longer.append(entries(2));
    await longer.append(entries(2));
    longer.heads.pop();
    assert.deepEqual((await verifyAudit(longer, seal)()).broken, unheaded(3));
  });

  it('shows by a head that was kept elsewhere that the end was cut off, or is another', async () => {
    const log = new MemoryAuditLog(seal);
    await log.append(entries(2));
    const known = await log.append(entries(2));
    assert.equal((await verifyAudit(log, seal)(known)).broken, undefined);

    log.records.splice(2);
    log.heads.pop();
    assert.equal((await verifyAudit(log, seal)()).broken, undefined, 'by itself it is whole');
    const { broken } = await verifyAudit(log, seal)(known);
    assert.deepEqual([broken?.seq, broken?.why], [3, 'missing']);
    await log.append([entry('other'), entry('end'), entry('here')]);
    assert.deepEqual((await verifyAudit(log, seal)(known)).broken?.seq, 4);
  });

  it('is not broken because somebody writes while it is looked over', async () => {
    const log = new MemoryAuditLog(seal);
    await log.append(entries(1));
    const after = log.after.bind(log);
    let pages = 0;
    log.after = async (seq, limit) => {
      const page = await after(seq, limit);
      pages += 1;
      if (pages === 1) await log.append(entries(1));
      return page;
    };

    assert.deepEqual(await verifyAudit(log, seal)(), { records: 1, heads: 1, broken: undefined });
  });

  it('believes heads of a key that was replaced long ago, until its file is taken away', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'kabinet-audit-keys-'));
    const ring = { current: rings.gateway };
    const sealing = auditSeal(
      {
        ...rings.gateway,
        get own() {
          return ring.current.own;
        },
      },
      directory,
    );
    const log = new MemoryAuditLog(sealing);
    await log.append(entries(2));
    ring.current = rings.accounting;
    await log.append(entries(2));

    const reader = auditReader(directory);
    assert.deepEqual(await verifyAudit(log, reader)(), { records: 4, heads: 2, broken: undefined });
    assert.equal(readdirSync(join(directory, 'audit')).length, 2);
    rmSync(join(directory, 'audit', `${rings.gateway.own.kid}.public.pem`));
    assert.equal((await verifyAudit(log, reader)()).broken?.why, 'unsigned');
    assert.equal(auditReader(otherDirectory).holds('x', '../../etc/passwd', ''), false);
    rmSync(directory, { recursive: true });
  });

  it('goes over more than fits into one page', async () => {
    const log = new MemoryAuditLog(seal);
    await log.append(entries(2_500));

    assert.deepEqual(await verifyAudit(log, seal)(), {
      records: 2_500,
      heads: 1,
      broken: undefined,
    });
  });
});

describe('The audit log on PostgreSQL', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let pool: pg.Pool;
  beforeEach(async () => {
    database = await testDatabase('audit', async (url) => {
      await migrateDatabase(url, gatewayMigrations);
    });
    pool = openPool(database.url, 8, 'audit');
  });
  afterEach(async () => {
    await pool.end();
    await database.drop();
  });
  auditContract(() => Promise.resolve(new PostgresAuditLog(pool, seal)));

  it('keeps what a message may say: nothing in it stops the log or makes it look broken', async () => {
    const log = new PostgresAuditLog(pool, seal);
    const recorder = recordAudit(log, { now: () => instant(7) });
    recorder.record('refused', 'a\u0000b', `${'x'.repeat(299)}😀 \ud800`);
    recorder.record('refused', 'anna', '\n\t\u009f');
    await recorder.flush();

    const [first, second] = await log.after(0, 9);
    assert.deepEqual([first?.who, first?.what.at(-1)], ['a\ufffdb', '\ufffd']);
    assert.equal(second?.what, '  \ufffd');
    assert.deepEqual(await verifyAudit(log, seal)(), { records: 2, heads: 1, broken: undefined });
  });

  it('is changed by no statement, and shows where a superuser changed it all the same', async () => {
    const log = new PostgresAuditLog(pool, seal);
    await log.append(entries(5));
    for (const statement of [
      "UPDATE audit_record SET what = 'nothing'",
      'DELETE FROM audit_record',
      'TRUNCATE audit_head',
    ]) {
      await assert.rejects(pool.query(statement), /append-only/);
    }
    const tamper = async (statement: string): Promise<void> => {
      const client = await pool.connect();
      await client.query('SET session_replication_role = replica');
      await client.query(statement);
      client.release(true);
    };
    await tamper('DELETE FROM audit_record WHERE seq > 3');
    assert.deepEqual((await verifyAudit(log, seal)()).broken, {
      seq: 4,
      why: 'missing',
      record: undefined,
    });
    await tamper("UPDATE audit_record SET what = 'nothing' WHERE seq = 2");
    const { broken } = await verifyAudit(log, seal)();
    assert.deepEqual([broken?.seq, broken?.why, broken?.record?.what], [2, 'changed', 'nothing']);
  });
});
