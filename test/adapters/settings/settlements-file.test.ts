import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settlementRules } from '../../../src/adapters/settings/settlements-file.ts';

describe('The file of settlements', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-settlements-'));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const rulesOf = (settings: unknown) => {
    const path = join(folder, 'settlements.json');
    writeFileSync(path, JSON.stringify(settings));
    return settlementRules(path);
  };

  it('tells the transfers of a provider by payer and purpose', () => {
    const [rule, ...more] = rulesOf({
      yookassa: { taxNumber: '7750005725', batch: 'реестр (\\d+)' },
    });

    assert.deepEqual(more, []);
    assert.equal(rule?.provider, 'yookassa');
    assert.equal(rule.batch?.exec('РЕЕСТР 42 от …')?.[1], '42');
  });

  it('says what is wrong, and where', () => {
    const wrong: readonly (readonly [unknown, RegExp])[] = [
      [{ yookassa: {} }, /settlements\.json: yookassa takes at least one of/],
      [{ yookassa: { name: 'x', batch: '(' } }, /yookassa\.batch takes a pattern with one group/],
      [
        { yookassa: { name: 'x', batch: '\\d+' } },
        /yookassa\.batch takes a pattern with one group/,
      ],
      [{ yookassa: { name: 'x', batch: '(a)(b)' } }, /yookassa\.batch takes a pattern/],
      [{ yookassa: { name: 'x', inn: '1' } }, /yookassa knows no "inn"/],
      [{ 'You Kassa': { name: 'x' } }, /You Kassa/],
      [[], /the file takes/],
    ];
    for (const [settings, sentence] of wrong) assert.throws(() => rulesOf(settings), sentence);
    assert.throws(() => settlementRules(join(folder, 'none.json')), /is not there/);
  });
});
