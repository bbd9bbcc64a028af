import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fiscalHeading, fiscalLines } from '../../../src/application/fiscal/fiscal-lines.ts';
import { fiscalOperations } from '../../../src/domain/fiscal/fiscal-qr.ts';
import { taxSystems } from '../../../src/domain/fiscal/fiscal-facts.ts';
import { anyFiscal, givenFiscal } from '../../support/given-fiscal.ts';

describe('the block with fiscal data', () => {
  it('has the labels people know, in both languages', () => {
    const show = (locale: 'ru' | 'en') =>
      fiscalLines(givenFiscal(), locale).map(({ label, value }) => `${label}: ${value}`);

    assert.deepEqual(show('ru').slice(0, 3), [
      'Признак расчёта: приход',
      'Дата и время: 22.11.2026 14:03',
      'Итог: 500,00\u00A0₽',
    ]);
    assert.deepEqual(show('en').slice(-4, -1), [
      'Fiscal drive: 9999078900001234',
      'Fiscal document: 1047',
      'Fiscal sign: 3522207165',
    ]);
    assert.equal(fiscalHeading.ru, 'Фискальные данные');
  });

  it('says something under every label, and each tag once', () => {
    const anyData = fc
      .tuple(anyFiscal, fc.constantFrom(...fiscalOperations), fc.constantFrom(...taxSystems))
      .map(([data, operation, taxSystem]) => ({ ...data, operation, taxSystem }));
    fc.assert(
      fc.property(anyData, fc.constantFrom('ru', 'en'), (data, locale) => {
        const lines = fiscalLines(data, locale);
        assert.equal(new Set(lines.map(({ tag }) => tag)).size, lines.length);
        for (const { label, value } of lines) assert.ok(label !== '' && value !== '');
        assert.ok(lines.some(({ value }) => value === data.sign));
      }),
    );
  });
});
