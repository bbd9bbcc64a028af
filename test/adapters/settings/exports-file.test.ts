import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportPlan } from '../../../src/adapters/settings/exports-file.ts';

describe('The file of daily exports', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-plan-'));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const planOf = (settings: unknown) => {
    const path = join(folder, 'exports.json');
    writeFileSync(path, JSON.stringify(settings));
    return exportPlan(path);
  };
  const journal = { name: 'journal', format: 'journal' };
  const bank = { name: 'bank', format: 'camt.053', account: 'bank:main:RUB' };

  it('tells what other programs get, and the example beside the project is one', () => {
    const plan = planOf({ directory: '/srv/books', exports: [journal, bank] });
    assert.deepEqual(plan.exports, [journal, bank]);
    const sheet = { ...bank, format: 'xlsx' };
    assert.deepEqual(planOf({ directory: '/srv/books', exports: [sheet] }).exports, [sheet]);

    const example = exportPlan(join(import.meta.dirname, '../../../deploy/exports.example.json'));
    assert.equal(example.exports.length, 4);
  });

  it('says what is wrong, and where', () => {
    const wrong: readonly (readonly [unknown, RegExp])[] = [
      [[], /exports.json: directory is missing|takes an object/],
      [[journal, journal], /two exports are called journal/],
      [
        [{ ...bank, account: 'till:main:RUB' }],
        /exports\.0\.account takes an account of the ledger/,
      ],
      [[{ ...bank, format: '1c' }], /exports\.0\.number/],
      [[{ ...bank, format: '1c', number: '4070' }], /exports\.0\.number has to match/],
      [[{ ...bank, format: 'pdf' }], /exports\.0/],
      [[{ ...journal, account: 'bank:main:RUB' }], /exports\.0 knows no "account"/],
      [[{ ...journal, name: '../x' }], /exports\.0\.name has to match/],
      [[], /exports takes at least 1 of them/],
    ];
    for (const [exports, sentence] of wrong) {
      const settings = exports === wrong[0]?.[0] ? exports : { directory: '/srv', exports };
      assert.throws(() => planOf(settings), sentence, JSON.stringify(exports));
    }
  });
});
