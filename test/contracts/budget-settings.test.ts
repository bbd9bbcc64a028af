import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { budgetsFile } from '../../src/adapters/settings/budgets-file.ts';
import { MemoryBudgetSettings } from '../../src/adapters/memory/memory-budget-settings.ts';
import { usualBudgets } from '../../src/application/budgets/usual-budgets.ts';
import type { BudgetSetting, BudgetSettings } from '../../src/application/ports/budget-settings.ts';

const [first, second, third] = usualBudgets as [BudgetSetting, BudgetSetting, BudgetSetting];

const settingsContract = (given: () => BudgetSettings): void => {
  it('has usual values where nobody set any', async () => {
    assert.deepEqual(await given().read(), usualBudgets);
  });

  it('keeps what is set, and leaves the rest as it is', async () => {
    const settings = given();
    const narrow: BudgetSetting = { ...second, concurrency: 1, mode: 'drain' };
    await settings.keep({ ...first, cost: 2 });
    await settings.keep(narrow);

    assert.deepEqual(await settings.read(), [{ ...first, cost: 2 }, narrow, third]);
  });
};

describe('Budget settings in memory', () => {
  settingsContract(() => new MemoryBudgetSettings(usualBudgets));
});

describe('Budget settings in a file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-budgets-'));
  let files = 0;
  const newPath = (): string => join(directory, String((files += 1)), 'budgets.json');
  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  settingsContract(() => budgetsFile(newPath(), usualBudgets));

  it('are whole when they are read, whoever keeps some meanwhile', async () => {
    const path = newPath();
    const settings = budgetsFile(path, usualBudgets);
    await settings.keep({ ...first, cost: 5 });

    const [reads] = await Promise.all([
      Promise.all(Array.from({ length: 50 }, () => settings.read())),
      ...[1, 2, 3, 4].map((cost) => settings.keep({ ...first, cost })),
    ]);

    for (const read of reads) assert.equal(read.length, 3);
    assert.equal((await settings.read())[0]?.cost, 4);
    assert.ok(readFileSync(path, 'utf8').endsWith('}\n'), 'a file people may edit');
  });

  it('say where they are wrong', async () => {
    const path = join(directory, 'wrong.json');
    const settings = budgetsFile(path, usualBudgets);
    const cases = [
      ['{', /is no JSON/],
      ['[]', /the file /],
      [JSON.stringify({ 'ledger.read-account': { cost: 0 } }), /ledger\.read-account\.rate/],
      [JSON.stringify({ 'no.such': { ...first, operation: undefined } }), /no operation no\.such/],
    ] as const;
    for (const [text, why] of cases) {
      writeFileSync(path, text);
      await assert.rejects(settings.read(), why);
      await assert.rejects(settings.keep(first), why);
      assert.equal(readFileSync(path, 'utf8'), text, 'nothing is lost');
    }
    await assert.rejects(budgetsFile(directory, usualBudgets).read(), /cannot be read/);
  });
});
