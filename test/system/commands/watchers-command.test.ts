import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchersOptions } from '../../../src/main/commands/watchers-options.ts';
import { runScript, type Ended } from '../../support/run-command.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

describe('npm run watchers', function () {
  this.timeout(60_000);
  let folder: string;
  let database: TestDatabase;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-watchers-'));
    database = await testDatabase('watchers');
  });
  after(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const run = (...args: string[]): Promise<Ended> => {
    const places = { KABINET_DATA: folder, GATEWAY_DATABASE_URL: database.url };
    return runScript('src/main/commands/watchers.ts', args, places, folder);
  };

  it('adds somebody and prints password and authenticator once, lists and disables them', async () => {
    const igor = ['--login', 'igor', '--name', 'Игорь'];
    const added = await run('add', ...igor);
    assert.equal(added.code, 0, added.err);
    assert.match(added.out, /^password {6}\S{16}$/m);
    assert.match(added.out, /^authenticator otpauth:\/\/totp\/\S+secret=[A-Z2-7]{32}/m);

    const again = await run('add', ...igor);
    assert.equal(again.code, 1);
    assert.match(again.err, /this login is taken/);
    assert.match((await run('list')).out, /^igor +active +Игорь$/m);
    assert.equal((await run('disable', '--login', 'igor')).code, 0);
    assert.match((await run('list')).out, /^igor +disabled +Игорь$/m);
    assert.match((await run('disable', '--login', 'olga')).err, /nobody is called olga/);
  });

  it('says what it takes, and refuses what it cannot mean', async () => {
    assert.match((await run('--help')).out, /^Usage: npm run watchers/);
    for (const args of [
      [],
      ['remove', '--login', 'igor'],
      ['add', '--login', 'И', '--name', 'И'],
      ['add', '--login', 'igor'],
      ['disable'],
      ['list', 'add'],
    ]) {
      assert.throws(() => watchersOptions(args), Error, args.join(' '));
    }
  });
});
