import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type FiscalData,
  fiscalData,
  fiscalQrOf,
} from '../../../src/domain/fiscal/fiscal-facts.ts';
import { fiscalQrText, readFiscalQr } from '../../../src/domain/fiscal/fiscal-qr.ts';
import { money } from '../../../src/domain/money.ts';
import { ok, refused } from '../../../src/domain/result.ts';
import { anyFiscal, givenFiscal } from '../../support/given-fiscal.ts';

const usual = 't=20261122T1403&s=500.00&fn=9999078900001234&i=1047&fp=3522207165&n=1';

describe('the QR of a fiscal receipt', () => {
  it('is written as the checker of the tax service wants it', () => {
    assert.equal(fiscalQrText(givenFiscal({ at: '2026-11-22T14:03:59' })), usual);
  });

  it('says when it is read what was written', () => {
    fc.assert(
      fc.property(anyFiscal, (data) => {
        const { operation, total, drive, document, sign } = data;
        const read = readFiscalQr(fiscalQrText(data));
        assert.deepEqual(
          read,
          ok({ at: data.at.slice(0, 16), total, drive, document, sign, operation }),
        );
      }),
    );
  });

  const seen = [
    ['t=20261122T140359&s=500.5&fn=9999078900001234&i=1&fp=7', '2026-11-22T14:03:59', 50_050n],
    ['s=500&t=20261122T1403&n=2&fp=7&fn=9999078900001234&i=1', '2026-11-22T14:03', 50_000n],
    [' T=20261122T1403&S=500.&fn=9999078900001234&i=1&fp=7&x=1\n', '2026-11-22T14:03', 50_000n],
  ] as const;
  for (const [text, at, minor] of seen) {
    it(`is read from ${text.trim()}`, () => {
      const read = readFiscalQr(text);
      assert.ok(read.ok);
      assert.equal(read.value.at, at);
      assert.deepEqual(read.value.total, money(minor, 'RUB'));
    });
  }

  const wrong = [
    ['', 't'],
    ['t=20261322T1403&s=1&fn=9999078900001234&i=1&fp=1', 't'],
    ['t=20261122T2503&s=1&fn=9999078900001234&i=1&fp=1', 't'],
    ['t=20261122&s=1&fn=9999078900001234&i=1&fp=1', 't'],
    ['t=20261122T1403&fn=9999078900001234&i=1&fp=1', 's'],
    ['t=20261122T1403&s=1.005&fn=9999078900001234&i=1&fp=1', 's'],
    ['t=20261122T1403&s=-1&fn=9999078900001234&i=1&fp=1', 's'],
    ['t=20261122T1403&s=1&fn=999907890000123&i=1&fp=1', 'fn'],
    ['t=20261122T1403&s=1&fn=9999078900001234&i=0&fp=1', 'i'],
    ['t=20261122T1403&s=1&fn=9999078900001234&i=1&fp=12345678901', 'fp'],
    ['t=20261122T1403&s=1&fn=9999078900001234&i=1', 'fp'],
    ['t=20261122T1403&s=1&fn=9999078900001234&i=1&fp=1&n=5', 'n'],
  ] as const;
  for (const [text, part] of wrong) {
    it(`is refused for its ${part}: ${text}`, () => {
      assert.deepEqual(readFiscalQr(text), refused({ reason: 'fiscal-qr-malformed', part }));
    });
  }
});

describe('fiscal data', () => {
  it('are good as a register tells them, with its QR unchanged', () => {
    fc.assert(
      fc.property(anyFiscal, (data) => {
        assert.deepEqual(fiscalData(data), ok(data));
        assert.equal(fiscalQrOf(data), data.qr);
      }),
    );
    const own = `${usual.replace('500.00', '500.0').replace('1403', '140359')}&extra=1`;
    const told = fiscalData(givenFiscal({ qr: own }));
    assert.ok(told.ok);
    assert.equal(fiscalQrOf(told.value), own);
  });

  it('have a QR of ours where the register told none', () => {
    const told = fiscalData(givenFiscal({ qr: undefined }));
    assert.ok(told.ok);
    assert.equal(fiscalQrOf(told.value), usual);
  });

  const malformed: readonly (readonly [number, Partial<FiscalData>])[] = [
    [1054, { operation: 5 as never }],
    [1012, { at: '2026-11-22 14:03' }],
    [1012, { at: '2026-02-30T14:03' }],
    [1020, { total: money(0n, 'RUB') }],
    [1020, { total: money(5n, 'USD') }],
    [1048, { seller: ' ' }],
    [1018, { sellerTaxNumber: '77012345' }],
    [1055, { taxSystem: 3 }],
    [1187, { place: '' }],
    [1037, { register: 'x' }],
    [1041, { drive: '123' }],
    [1040, { document: '0' }],
    [1077, { sign: '' }],
    [1038, { shift: 0 }],
    [1042, { numberInShift: 1.5 }],
    [1060, { taxSite: 'x'.repeat(257) }],
  ];
  for (const [tag, over] of malformed) {
    it(`are refused by the tag ${String(tag)}: ${Object.keys(over).join()}`, () => {
      const told = fiscalData({ ...givenFiscal(), ...over });
      assert.deepEqual(told, refused({ reason: 'fiscal-tag-malformed', tag }));
    });
  }

  const others = [
    ['1403', '1404'],
    ['500.00', '500.01'],
    ['9999078900001234', '9999078900001235'],
    ['i=1047', 'i=1048'],
    ['3522207165', '3522207166'],
    ['n=1', 'n=2'],
    ['t=', 'x='],
  ] as const;
  for (const [part, other] of others) {
    it(`are refused with the QR of something else: ${other}`, () => {
      const told = fiscalData(givenFiscal({ qr: usual.replace(part, other) }));
      assert.deepEqual(told, refused({ reason: 'fiscal-qr-differs' }));
    });
  }
});
