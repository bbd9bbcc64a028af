import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerOptions } from '../../../src/main/commands/ledger-options.ts';
import { prepareDatabase } from '../../../src/main/database.ts';
import { ensurePackage } from '../../support/debian-package.ts';
import { postgresLedgerStage, type PostgresLedgerStage } from '../../support/ledger-stage.ts';
import { runScript, type Ended } from '../../support/run-command.ts';
import { skipUnless } from '../../support/skips.ts';

const home = join(import.meta.dirname, '../../..');
const invoice = 'bill-2026-10-7000001';
const bank = {
  BANK_NAME: 'ПАО Сбербанк',
  BANK_BIC: '044525225',
  BANK_ACCOUNT: '40702810938000000001',
  BANK_CORRESPONDENT_ACCOUNT: '30101810400000000225',
};

describe('npm run ledger -- bill', function () {
  this.timeout(120_000);
  let folder: string;
  let stage: PostgresLedgerStage;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-bill-'));
    stage = await postgresLedgerStage();
    await prepareDatabase('books', stage.url);
    await stage.addAccount('RUB', '7000001');
    const posted = await ledger(
      {},
      'post',
      '--file',
      join(home, 'docs/examples/ledger-events.jsonl'),
    );
    assert.equal(posted.code, 0, posted.err);
  });
  after(async () => {
    await stage.close();
    rmSync(folder, { recursive: true });
  });

  const ledger = (more: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> => {
    const env = { BOOKS_DATABASE_URL: stage.url, ...more };
    return runScript('src/main/commands/ledger.ts', args, env, folder);
  };

  it('writes a bill with a code that asks for its sum', async function () {
    skipUnless(this, await ensurePackage('poppler-utils', '/usr/bin/pdftoppm'));
    skipUnless(this, await ensurePackage('zbar-tools', '/usr/bin/zbarimg'));
    const why = await ledger({}, 'why', '--invoice', invoice);
    const sum = /^to pay: (\d+)\.(\d\d) RUB$/m.exec(why.out);

    const printed = await ledger(bank, 'bill', '--invoice', invoice, '--pdf', 'bill.pdf');

    assert.deepEqual(printed, { code: 0, out: `bill ${invoice} is in bill.pdf\n`, err: '' });
    run('pdftoppm', '-r', '150', '-png', '-singlefile', 'bill.pdf', 'bill');
    const read = run('zbarimg', '--raw', '--quiet', '--oneshot', '-Sbinary', 'bill.png');
    assert.match(read, /^ST00012\|Name=ООО «Ромашка»\|PersonalAcc=40702810938000000001\|/);
    assert.ok(read.includes(`|Sum=${sum![1]!}${sum![2]!}|`), read);
  });
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });

  it('writes one without a code where there is no bank, and tells who prints it', async () => {
    const args = ['--invoice', invoice, '--pdf', 'plain.pdf', '--language', 'en'];

    const printed = await ledger({}, 'bill', ...args);

    assert.equal(printed.code, 0);
    assert.match(printed.err, /^no payment QR code: bank details are not set/);
    assert.equal(readFileSync(join(folder, 'plain.pdf')).subarray(0, 5).toString(), '%PDF-');
  });

  it('says in one sentence what is wrong', async () => {
    const none = await ledger({}, 'bill', '--invoice', 'x', '--pdf', 'x.pdf');
    const nowhere = await ledger({}, 'bill', '--invoice', invoice, '--pdf', 'no/such/folder.pdf');
    const mistyped = await ledger({ ...bank, BANK_BIC: '1' }, 'why', '--invoice', invoice);

    assert.deepEqual([none.code, none.err], [2, 'kabinet: there is no bill x\n']);
    assert.equal(nowhere.code, 3);
    assert.match(nowhere.err, /no\/such\/folder\.pdf/);
    assert.deepEqual([mistyped.code, mistyped.err], [3, 'kabinet: BANK_BIC must be 9 digits\n']);
    assert.throws(() => ledgerOptions(['bill', '--invoice', 'x']), /--pdf FILE/);
    const german = ['bill', '--invoice', 'x', '--pdf', 'f', '--language', 'de'];
    assert.throws(() => ledgerOptions(german), /--language de is not spoken here/);
  });
});
