import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { staffOptions } from '../../../src/main/commands/staff-options.ts';
import { runScript, type Ended } from '../../support/run-command.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

describe('npm run staff', function () {
  this.timeout(60_000);
  let folder: string;
  let database: TestDatabase;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-staff-'));
    database = await testDatabase('staff');
  });
  after(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const run = (...args: string[]): Promise<Ended> => {
    const places = { KABINET_DATA: folder, PORTAL_DATABASE_URL: database.url };
    return runScript('src/main/commands/staff.ts', args, places, folder);
  };

  it('adds somebody and prints password and authenticator once, lists and disables them', async () => {
    const vera = ['--login', 'vera', '--name', 'Вера', '--role', 'cashier,approver'];
    const added = await run('add', ...vera);
    assert.equal(added.code, 0, added.err);
    assert.match(added.out, /^password {6}\S{16}$/m);
    assert.match(added.out, /^authenticator otpauth:\/\/totp\/\S+secret=[A-Z2-7]{32}/m);

    const again = await run('add', ...vera);
    assert.equal(again.code, 1);
    assert.match(again.err, /this login is taken/);
    assert.match((await run('list')).out, /^vera +cashier,approver +Вера$/m);
    assert.equal((await run('disable', '--login', 'vera')).code, 0);
    assert.match((await run('list')).out, /^vera +disabled +Вера$/m);
  });

  it('says what it takes, and refuses what it cannot mean', async () => {
    assert.match((await run('--help')).out, /^Usage: npm run staff/);
    for (const args of [
      [],
      ['remove', '--login', 'vera'],
      ['add', '--login', 'В', '--name', 'В', '--role', 'cashier'],
      ['add', '--login', 'vera', '--role', 'cashier'],
      ['add', '--login', 'vera', '--name', 'Вера', '--role', 'boss'],
      ['disable'],
      ['list', 'add'],
    ]) {
      assert.throws(() => staffOptions(args), Error, args.join(' '));
    }
  });
});
