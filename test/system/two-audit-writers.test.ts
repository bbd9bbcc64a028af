import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditReader } from '../../src/adapters/amqp/audit-seal.ts';
import { openKeyRing } from '../../src/adapters/amqp/key-ring.ts';
import { PostgresAuditPages } from '../../src/adapters/postgres/gateway/postgres-audit-pages.ts';
import { verifyAudit } from '../../src/application/gateway/verify-audit.ts';
import type { AuditRecord } from '../../src/domain/protection/audit-chain.ts';
import { givenGatewayDatabase } from '../support/gateway-database.ts';
import { endProcess, waitFor } from '../support/processes.ts';

const script = join(import.meta.dirname, '../support/audit-writer.ts');

/** A process that appends until it is ended, with a directory of keys of its own. */
const startWriter = (url: string, keys: string, name: string) => {
  openKeyRing(keys, 'gateway');
  const child = spawn(process.execPath, [script, url, keys, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  /** What it was told is written: the last record's number, and how many of its own. */
  const written = () =>
    said
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(' ').map(Number) as [seq: number, count: number]);
  return { child, written, kill: () => endProcess(child, 'SIGKILL') };
};

describe('Two gateways that write one audit', function () {
  this.timeout(120_000);

  it('make one whole chain, also when one is killed in the middle and comes back', async () => {
    const { url, pool, close } = await givenGatewayDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'kabinet-audits-'));
    const [mine, other, all] = ['one', 'two', 'all'].map((name) => join(folder, name));
    const writers: ReturnType<typeof startWriter>[] = [];
    const start = (keys: string, name: string) => {
      const writer = startWriter(url, keys, name);
      writers.push(writer);
      return writer;
    };
    try {
      const [first, second] = [start(mine!, 'gateway-1'), start(other!, 'gateway-2')];
      const wrote = (writer: typeof first, count: number) =>
        waitFor('records', () => writer.written().length >= count);
      await Promise.all([wrote(first, 50), wrote(second, 50)]);
      await second.kill();
      await wrote(first, first.written().length + 50);
      const again = start(other!, 'gateway-2 again');
      await Promise.all([wrote(again, 50), wrote(first, first.written().length + 50)]);
      await Promise.all(writers.map(({ kill }) => kill()));

      for (const keys of [mine!, other!]) {
        cpSync(join(keys, 'audit'), join(all!, 'audit'), { recursive: true });
      }
      const pages = new PostgresAuditPages(pool);
      const { records, heads, broken } = await verifyAudit(pages, auditReader(all!))();
      assert.equal(broken, undefined);
      assert.ok(heads >= 200, String(heads));
      const each = await allRecords(pages);
      assert.deepEqual(
        each.map(({ seq }) => seq),
        Array.from({ length: records }, (_, n) => n + 1),
        'no number is missing',
      );
      for (const [n, name] of ['gateway-1', 'gateway-2', 'gateway-2 again'].entries()) {
        const its = each.filter(({ who }) => who === name).map(({ what }) => Number(what));
        assert.deepEqual(
          its,
          its.map((_, at) => at),
          `${name} has each of its entries once, in order`,
        );
        const [lastSeq, count] = writers[n]!.written().at(-1)!;
        assert.ok(its.length >= count, 'what it was told is written is there');
        assert.equal(each[lastSeq - 1]?.who, name);
      }
      const alone = await verifyAudit(pages, auditReader(mine!))();
      assert.equal(alone.broken?.why, 'unsigned', 'each needs the public key of the other');
      console.log(`      ${String(records)} records under ${String(heads)} heads, all hold`);
    } finally {
      await Promise.all(writers.map(({ kill }) => kill()));
      await close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

const allRecords = async (pages: PostgresAuditPages): Promise<readonly AuditRecord[]> => {
  const all: AuditRecord[] = [];
  for (;;) {
    const page = await pages.after(all.length, 1_000);
    all.push(...page);
    if (page.length < 1_000) return all;
  }
};
