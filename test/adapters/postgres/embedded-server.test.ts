import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  discardEmbeddedPostgres,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../../src/adapters/postgres/embedded-server.ts';
import { hasEnded, waitFor } from '../../support/processes.ts';

const serverFile = join(import.meta.dirname, '../../../src/adapters/postgres/embedded-server.ts');

describe('The embedded PostgreSQL', () => {
  let directory: string;
  let running: EmbeddedPostgres | undefined;

  const start = async (durable = false): Promise<EmbeddedPostgres> => {
    running = await startEmbeddedPostgres({ directory, durable });
    return running;
  };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'kabinet-embedded-'));
    chmodSync(directory, 0o711);
  });

  afterEach(async () => {
    await running?.stop();
    running = undefined;
    await discardEmbeddedPostgres(directory);
    rmSync(directory, { recursive: true, force: true });
  });

  it('keeps what was written and its address from one start to the next', async () => {
    const first = await start();
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();

    const second = await start();

    assert.equal(second.url, first.url);
    assert.deepEqual(await ask(second.url, 'select answer from kept'), [{ answer: 42 }]);
  });

  it('tells a second program that the data are in use', async () => {
    await start();

    await assert.rejects(
      startEmbeddedPostgres({ directory, durable: false }),
      /already uses this database/,
    );
  });

  it('is taken over, still running, after its program was killed', async () => {
    const program = `
      import { startEmbeddedPostgres } from ${JSON.stringify(serverFile)};
      await startEmbeddedPostgres({ directory: ${JSON.stringify(directory)}, durable: false });
      process.kill(process.pid, 'SIGKILL');`;
    const killed = spawn(process.execPath, ['--input-type=module', '--eval', program]);
    await waitFor('the killed program', () => hasEnded(killed));
    const left = processOf(directory);

    const again = await start();

    assert.equal(processOf(directory), left);
    assert.deepEqual(await ask(again.url, 'select 1 as one'), [{ one: 1 }]);
  });

  it('loses nothing committed when its own main process is killed', async () => {
    const first = await start(true);
    await ask(first.url, 'create table kept as select 42 as answer');
    process.kill(processOf(directory), 'SIGKILL');
    await first.stop();

    const second = await start();

    assert.deepEqual(await ask(second.url, 'select answer from kept'), [{ answer: 42 }]);
  });

  it('ends with its stop and leaves no lock behind', async () => {
    const server = await start();

    await Promise.all([server.stop(), server.stop()]);

    assert.equal(existsSync(lockFile(directory)), false);
    await assert.rejects(ask(server.url, 'select 1'), /ECONNREFUSED/);
  });

  it('lets nobody in without the password, which only its account can read', async () => {
    const { url } = await start();
    const withoutPassword = new URL(url);
    withoutPassword.password = 'guess';

    await assert.rejects(ask(withoutPassword.href, 'select 1'), /password authentication failed/);

    assert.equal(statSync(join(directory, 'server/password')).mode & 0o777, 0o600);
    assert.equal(statSync(join(directory, 'server')).mode & 0o777, 0o700);
  });
});

const lockFile = (directory: string): string => join(directory, 'server/cluster/postmaster.pid');

const processOf = (directory: string): number =>
  Number(readFileSync(lockFile(directory), 'utf8').split('\n')[0]);

const ask = async (url: string, statement: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
};
