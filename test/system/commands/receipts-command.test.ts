import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkReceipt } from '../../../src/main/commands/check-receipt.ts';
import { receiptsOptions } from '../../../src/main/commands/receipts-options.ts';
import { givenReceipts } from '../../support/given-receipts.ts';
import { runScript, type Ended } from '../../support/run-command.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

describe('npm run receipts', function () {
  this.timeout(60_000);
  let folder: string;
  let database: TestDatabase;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-receipts-'));
    database = await testDatabase('receipts');
  });
  after(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const run = (...args: string[]): Promise<Ended> => {
    const places = { KABINET_DATA: folder, PORTAL_DATABASE_URL: database.url };
    return runScript('src/main/commands/receipts.ts', args, places, folder);
  };
  const put = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it('makes a new key, and goes on publishing the old ones', async () => {
    const kid = async () => /key (\S{8}) from now on/.exec((await run('rotate-key')).out)?.[1];
    const [first, second] = [await kid(), await kid()];

    const { keys } = JSON.parse((await run('keys')).out) as { keys: { kid: string }[] };

    assert.deepEqual(
      keys.map((key) => key.kid),
      [second, first],
    );
    assert.ok(keys.every((key) => !('lockedPrivate' in key)));
  });

  it('checks a file without portal or database, and believes only the keys it was given', async () => {
    const { paid, show, anna, signer } = await givenReceipts();
    const shown = await show(await paid(), anna);
    const document = shown.ok ? shown.value.document : '';
    const keys = put('keys.json', JSON.stringify({ keys: await signer.keys() }));
    const others = put('others.json', JSON.stringify({ keys: [] }));
    const genuine = put('receipt.json', document);
    const altered = put('altered.json', document.replace('"500.00"', '"900.00"'));

    const good = await run('check', '--file', genuine, '--keys', keys);
    const bad = await run('check', '--file', altered, '--keys', keys);

    assert.deepEqual([good.code, bad.code], [0, 1], good.err);
    assert.match(good.out, /genuine, receipt R-/);
    assert.match(bad.out, /altered/);
    assert.match(checkReceipt(genuine, others).sentence, /which is not in .*others\.json/);
    assert.throws(() => checkReceipt(keys, keys), /is not the signed JSON of a receipt/);
    assert.throws(() => checkReceipt(genuine, genuine), /is not a set of receipt keys/);
    assert.throws(() => checkReceipt(join(folder, 'none'), keys), /cannot be read/);
  });

  it('says what it takes, and refuses what it cannot mean', async () => {
    assert.match((await run('--help')).out, /^Usage: npm run receipts/);
    for (const args of [
      [],
      ['forge'],
      ['keys', 'check'],
      ['check', '--file', 'a'],
      ['check', '--keys', 'a'],
    ]) {
      assert.throws(() => receiptsOptions(args), Error, args.join(' '));
    }
    assert.match((await run('check')).err, /^kabinet: --file is missing/);
  });
});
