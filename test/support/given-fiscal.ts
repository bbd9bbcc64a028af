import fc from 'fast-check';
import type { FiscalData } from '../../src/domain/fiscal/fiscal-facts.ts';
import { fiscalOperations, fiscalQrText } from '../../src/domain/fiscal/fiscal-qr.ts';
import { money } from '../../src/domain/money.ts';
import './fc-runs.ts';

/** A receipt of an invented register. */
export const givenFiscal = (over: Partial<FiscalData> = {}): FiscalData => {
  const data = {
    operation: 1 as const,
    at: '2026-11-22T14:03',
    total: money(50_000n, 'RUB'),
    seller: 'ООО «Тёплый дом»',
    sellerTaxNumber: '7701234567',
    taxSystem: 1,
    place: 'https://kabinet.example.com',
    register: '0000000001012345',
    drive: '9999078900001234',
    document: '1047',
    sign: '3522207165',
    shift: 12,
    numberInShift: 34,
    taxSite: 'www.nalog.gov.ru',
    ...over,
  };
  return { ...data, qr: 'qr' in over ? over.qr : fiscalQrText(data) };
};

const digits = (least: number, most: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: least, maxLength: most })
    .map((all) => all.join(''));

/** Any data that a register may tell. */
export const anyFiscal: fc.Arbitrary<FiscalData> = fc
  .record({
    operation: fc.constantFrom(...fiscalOperations),
    at: fc
      .tuple(
        fc.date({ min: new Date('2017-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        fc.constantFrom(16, 19),
      )
      .map(([at, length]) => at.toISOString().slice(0, length)),
    total: fc.bigInt(1n, 10n ** 13n).map((minor) => money(minor, 'RUB')),
    drive: digits(16, 16),
    document: fc.integer({ min: 1, max: 2_147_483_647 }).map(String),
    sign: digits(1, 10),
  })
  .map((facts) => givenFiscal({ ...facts, qr: fiscalQrText(facts) }));
