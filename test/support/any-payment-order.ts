import fc from 'fast-check';
import { codePages } from '../../src/adapters/system/code-pages.ts';
import type { CodePageDigit } from '../../src/domain/payment-order/code-page.ts';
import {
  fieldFault,
  type FieldName,
  fieldNames,
  type OrderFields,
} from '../../src/domain/payment-order/order-fields.ts';
import './fc-runs.ts';

export const digitsOfPages = ['1', '2', '3'] as const;

/** An order to a real bank and an invented payee. */
export const orderOf = (over: OrderFields = {}): OrderFields => ({
  Name: 'ООО «Тёплый дом»',
  PersonalAcc: '40702810938000000001',
  BankName: 'ПАО Сбербанк',
  BIC: '044525225',
  CorrespAcc: '30101810400000000225',
  ...over,
});

/** The letters of a code page, those of the separators among them; all letters there are for UTF-8. */
const anyLetter = (digit: CodePageDigit): fc.Arbitrary<string> => {
  if (digit === '2') return fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 });
  const letters = Array.from({ length: 256 - 32 }, (_, n) =>
    codePages[digit].decode(Uint8Array.of(n + 32)),
  ).filter((letter) => letter !== undefined && !/\p{Cc}/u.test(letter));
  return fc.constantFrom(...(letters as string[]));
};

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const inForm: Partial<Record<FieldName, fc.Arbitrary<string>>> = {
  PersonalAcc: digits(20),
  BIC: digits(9),
  CorrespAcc: fc.oneof(fc.constant('0'), digits(20)),
  Sum: fc.bigInt(1n, 10n ** 18n - 1n).map(String),
  PayeeINN: fc.oneof(digits(10), digits(12)),
  KPP: digits(9),
  DocDate: fc.constantFrom('31.12.2026', '01.01.2027'),
  BirthDate: fc.constant('31.12.1986'),
  QuittDate: fc.constant('30.11.2026'),
  PaymPeriod: fc.constantFrom('012026', '122026'),
  TechCode: fc.constantFrom('01', '15'),
};

/** Any order that can be written: one separator stays free, and the names leave room for the rest. */
export const anyOrder = (digit: CodePageDigit): fc.Arbitrary<OrderFields> => {
  const letter = anyLetter(digit).map((one) => (one === '|' ? '/' : one));
  const text = fc
    .array(letter, { maxLength: 10 })
    .map((all) => all.join(''))
    .map((all) => all.replaceAll(/\p{Cc}/gu, ''));
  const valueOf = (field: FieldName) => inForm[field] ?? text;
  const short = text.map((all) => `x${[...all].slice(0, 9).join('')}`);
  const optional = Object.fromEntries(
    fieldNames
      .slice(5)
      .map((field) => [
        field,
        valueOf(field).map((value) => (fieldFault(field, value) === undefined ? value : '')),
      ]),
  );
  const mandatory = fc.record({
    ...{ Name: short, PersonalAcc: digits(20), BankName: short, BIC: digits(9) },
    CorrespAcc: fc.oneof(fc.constant('0'), digits(20)),
  });
  return fc
    .tuple(mandatory, fc.record(optional, { requiredKeys: [] }))
    .map(([first, rest]) => ({ ...first, ...rest }));
};
