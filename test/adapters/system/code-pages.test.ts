import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { codePages } from '../../../src/adapters/system/code-pages.ts';
import '../../support/fc-runs.ts';

const pages = [
  ['1', 'CP1251'],
  ['2', 'UTF-8'],
  ['3', 'KOI8-R'],
] as const;

describe('the code pages of payment orders', () => {
  for (const [digit, name] of pages) {
    it(`${name} is what iconv writes`, () => {
      const text = 'Ёлка, съешь ещё: 1 234,50 № «ПАО Ж|Я»'.slice(0, digit === '3' ? 22 : undefined);
      const judged = execFileSync('iconv', ['-f', 'UTF-8', '-t', name], { input: text });

      const bytes = codePages[digit].encode(text);

      assert.ok(!('unknown' in bytes));
      assert.deepEqual(Buffer.from(bytes), judged);
      assert.equal(codePages[digit].decode(bytes), text);
    });

    it(`${name} gives bytes back as they were, or says that they are no text`, () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
          const text = codePages[digit].decode(bytes);
          if (text !== undefined) assert.deepEqual(codePages[digit].encode(text), bytes);
        }),
      );
    });
  }

  it('write no letter as another', () => {
    assert.deepEqual(codePages[1].encode('5 ₸'), { unknown: '₸' });
    assert.deepEqual(codePages[3].encode('№ 5'), { unknown: '№' });
    assert.deepEqual(codePages[2].encode('a\uD800'), { unknown: '\uD800' });
    assert.equal(codePages[1].decode(Uint8Array.of(0x41, 0x98)), undefined);
  });
});
