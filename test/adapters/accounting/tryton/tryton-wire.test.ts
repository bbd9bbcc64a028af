import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  fromDecimal,
  toDate,
  toDecimal,
} from '../../../../src/adapters/accounting/tryton/tryton-wire.ts';
import { currencies } from '../../../../src/domain/currency.ts';
import { money } from '../../../../src/domain/money.ts';
import type { CalendarDay } from '../../../../src/domain/time.ts';

const decimal = (text: string) => ({ __class__: 'Decimal', decimal: text });
const anySum = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.constantFrom(...currencies))
  .map(([minor, currency]) => money(minor, currency));

describe('Sums and days on Tryton’s wire', () => {
  it('come back as they went, whatever the currency and the size', () => {
    fc.assert(
      fc.property(anySum, (sum) => {
        assert.deepEqual(fromDecimal(toDecimal(sum), sum.currency), sum);
      }),
    );
  });

  it('are read as Python writes them', () => {
    assert.deepEqual(fromDecimal(decimal('0E+2'), 'RUB'), money(0n, 'RUB'));
    assert.deepEqual(fromDecimal(decimal('1.5E+3'), 'RUB'), money(150_000n, 'RUB'));
    assert.deepEqual(fromDecimal(decimal('-12.3'), 'RUB'), money(-1_230n, 'RUB'));
    assert.deepEqual(fromDecimal(decimal('12.5000'), 'RUB'), money(1_250n, 'RUB'));
    assert.deepEqual(fromDecimal(decimal('7'), 'JPY'), money(7n, 'JPY'));
  });

  it('are not read where a smallest unit would be lost, or where they are no Decimal', () => {
    assert.equal(fromDecimal(decimal('0.001'), 'RUB'), undefined);
    assert.equal(fromDecimal(decimal('NaN'), 'RUB'), undefined);
    assert.equal(fromDecimal(decimal('1e999999'), 'RUB'), undefined);
    assert.equal(fromDecimal(12.5, 'RUB'), undefined);
    assert.equal(fromDecimal(null, 'RUB'), undefined);
  });

  it('are days by year, month and day', () => {
    const wire = { __class__: 'date', year: 2026, month: 2, day: 9 };
    assert.deepEqual(toDate('2026-02-09' as CalendarDay), wire);
  });
});
