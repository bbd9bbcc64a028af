import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codePages } from '../../../src/adapters/system/code-pages.ts';
import type { CodePageDigit } from '../../../src/domain/payment-order/code-page.ts';
import {
  fieldNames,
  mandatoryFields,
  type OrderFields,
} from '../../../src/domain/payment-order/order-fields.ts';
import { orderRefusalText } from '../../../src/domain/payment-order/order-refusal-text.ts';
import { readOrder } from '../../../src/domain/payment-order/read-order.ts';
import { separators, writeOrder } from '../../../src/domain/payment-order/write-order.ts';
import { ok } from '../../../src/domain/result.ts';
import { anyOrder, digitsOfPages, orderOf } from '../../support/any-payment-order.ts';

const write = (order: OrderFields, digit: CodePageDigit = '2') =>
  writeOrder(order, codePages[digit]);
const bytesOf = (order: OrderFields, digit: CodePageDigit = '2') => {
  const written = write(order, digit);
  assert.ok(written.ok, JSON.stringify(written));
  return written.value;
};
const read = (bytes: Uint8Array | string) =>
  readOrder(typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes, codePages);
const refusal = <R>(answer: { ok: boolean; refusal?: R }): R | undefined => {
  assert.equal(answer.ok, false);
  return answer.refusal;
};
const given = 'Name=А|PersonalAcc=40702810938000000001|BankName=Б|BIC=044525225|CorrespAcc=0';

describe('a payment order for a QR picture', () => {
  it('is the text of the standard', () => {
    const { Name, PersonalAcc, BankName, BIC, CorrespAcc } = orderOf();
    const text = `Name=${Name}|PersonalAcc=${PersonalAcc}|BankName=${BankName}|BIC=${BIC}|CorrespAcc=${CorrespAcc}|Sum=123456|PersAcc=7000001-1`;

    const bytes = bytesOf({ PersAcc: '7000001-1', ...orderOf(), Sum: '123456' });

    assert.equal(Buffer.from(bytes).toString('utf8'), `ST00012|${text}`);
  });

  for (const digit of digitsOfPages) {
    it(`is read as it was written, whatever it says, in code page ${digit}`, () => {
      fc.assert(
        fc.property(anyOrder(digit), (order) => {
          const answer = read(bytesOf(order, digit));
          assert.ok(answer.ok);
          assert.deepEqual(answer.value.fields, order);
          assert.equal(answer.value.codePage, digit);
          assert.deepEqual(answer.value.unknown, []);
        }),
      );
    });
  }

  it('separates by a sign that no value has', () => {
    fc.assert(
      fc.property(fc.subarray([...separators], { maxLength: separators.length - 1 }), (signs) => {
        const order = { ...orderOf(), Purpose: signs.join('') };
        const answer = read(bytesOf(order));
        assert.ok(answer.ok);
        assert.ok(!signs.includes(answer.value.separator));
        assert.deepEqual(answer.value.fields, order);
      }),
    );
  });

  it('refuses what has every sign', () => {
    const order = { ...orderOf(), Purpose: separators.join('') };
    assert.deepEqual(refusal(write(order)), { reason: 'no-separator-left' });
  });

  for (const field of mandatoryFields) {
    it(`refuses to do without ${field}, written or read`, () => {
      const { [field]: left, ...rest } = orderOf();
      assert.ok(left !== undefined);
      const missing = { reason: 'field-missing', field };
      assert.deepEqual(refusal(write(rest)), missing);
      assert.deepEqual(refusal(write({ ...orderOf(), [field]: '' })), missing);
      const others = given.split('|').filter((pair) => !pair.startsWith(`${field}=`));
      assert.deepEqual(refusal(read(`ST00012|${others.join('|')}`)), missing);
    });
  }

  const tooLong = [
    ['Name', 160],
    ['BankName', 45],
    ['Purpose', 210],
    ['DocNo', 15],
    ['PayerINN', 12],
  ] as const;
  for (const [field, most] of tooLong) {
    it(`takes ${String(most)} characters of ${field} and not one more`, () => {
      const long = (length: number) => ({ ...orderOf(), [field]: 'x'.repeat(length) });
      bytesOf(long(most));
      const fault = { reason: 'field-too-long', field, length: most + 1, most };
      assert.deepEqual(refusal(write(long(most + 1))), fault);
    });
  }

  const malformed = [
    ['PersonalAcc', ['4070281093800000000', '407028109380000000019', '4070281093800000000x']],
    ['BIC', ['04452522', '0445252255', '04452522а']],
    ['CorrespAcc', ['00', '3010181040000000022', '-']],
    ['Sum', ['100.00', '100,00', '0', '01', '-5', '1e3', '1234567890123456789', ' 1']],
    ['PayeeINN', ['770000000', '77000000000']],
    ['KPP', ['77010100']],
    ['DocDate', ['2026-12-31', '1.12.2026']],
    ['PaymPeriod', ['132026', '1226', '2026-12']],
    ['TechCode', ['00', '16', '2']],
    ['Purpose', ['two\nlines', 'a\0b', 'tab\t']],
    ['LastName', ['\u0085']],
  ] as const;
  for (const [field, values] of malformed) {
    it(`refuses a ${field} that is none`, () => {
      for (const value of values) {
        const fault = refusal(write({ ...orderOf(), [field]: value }));
        assert.ok(fault?.reason === 'field-malformed', `${value}: ${JSON.stringify(fault)}`);
        assert.equal(fault.field, field);
      }
    });
  }

  it('refuses a letter its code page has not, by its place', () => {
    const fault = { reason: 'letter-unknown', field: 'Purpose', letter: '₸' };
    assert.deepEqual(refusal(write({ ...orderOf(), Purpose: 'Оплата 5 ₸' }, '1')), fault);
    bytesOf({ ...orderOf(), Purpose: 'Оплата 5 ₸' }, '2');
  });

  it('takes 300 bytes of mandatory fields and not one more, as the code page counts them', () => {
    const room = (name: string, digit: CodePageDigit) =>
      Buffer.from(bytesOf({ ...orderOf(), Name: name }, digit)).length - 'ST00012|'.length;
    const rest = room('x', '2') - 1;
    const full = 'я'.repeat(Math.floor((300 - rest) / 2)) + 'x'.repeat((300 - rest) % 2);

    assert.equal(room(full, '2'), 300);
    bytesOf({ ...orderOf(), Name: `${full}x`, Purpose: 'long' }, '1');
    assert.deepEqual(refusal(write({ ...orderOf(), Name: `${full}x` })), {
      reason: 'mandatory-fields-too-long',
      bytes: 301,
      most: 300,
    });
  });
});

describe('a payment order that is read', () => {
  it('may have names in any letter case and order, empty values and a separator at the end', () => {
    const tangled = given
      .split('|')
      .toReversed()
      .map((pair, n) => (n % 2 === 0 ? pair.replace(/^[^=]+/, (name) => name.toUpperCase()) : pair))
      .join('~');

    const answer = read(`ST00012~${tangled}~persacc=7=1~lastName=~My=own~`);

    const order = Object.fromEntries(given.split('|').map((pair) => pair.split('=')));
    assert.deepEqual(
      answer,
      ok({
        codePage: '2',
        separator: '~',
        fields: { ...order, PersAcc: '7=1', LastName: '' },
        unknown: [['My', 'own']],
      }),
    );
  });

  it('does not mind a field twice with one value, and refuses it with two', () => {
    assert.ok(read(`ST00012|${given}|Sum=5|SUM=5`).ok);
    const twice = { reason: 'field-said-twice', field: 'Sum' };
    assert.deepEqual(refusal(read(`ST00012|${given}|Sum=5|SUM=6`)), twice);
  });

  it('refuses a sum with a point', () => {
    const fault = refusal(read(`ST00012|${given}|Sum=100.00`));
    assert.ok(fault?.reason === 'field-malformed' && fault.field === 'Sum');
  });

  const strange = [
    ['', { reason: 'not-a-payment-order' }],
    ['ST00012', { reason: 'not-a-payment-order' }],
    [`XX00012|${given}`, { reason: 'not-a-payment-order' }],
    [`ST00022|${given}`, { reason: 'version-unknown', version: '0002' }],
    [`ST00014|${given}`, { reason: 'code-page-unknown', digit: '4' }],
    [`ST00012|${given}||Sum=1`, { reason: 'pair-without-name', pair: '', position: 6 }],
    [`ST00012|=x|${given}`, { reason: 'pair-without-name', pair: '=x', position: 1 }],
  ] as const;
  for (const [text, expected] of strange) {
    it(`refuses ${JSON.stringify(text.slice(0, 12))} as ${expected.reason}`, () => {
      assert.deepEqual(refusal(read(text)), expected);
    });
  }

  it('refuses bytes that are not in the code page they name', () => {
    const cut = Buffer.concat([Buffer.from('ST00012|Name='), Buffer.from([0xd0])]);
    assert.deepEqual(refusal(read(cut)), { reason: 'not-in-its-code-page', codePage: '2' });
    const none = Buffer.concat([Buffer.from('ST00011|Name='), Buffer.from([0x98])]);
    assert.deepEqual(refusal(read(none)), { reason: 'not-in-its-code-page', codePage: '1' });
  });

  it('answers any bytes with an order or a refusal that has words in both languages', () => {
    const anyPair = fc.tuple(fc.constantFrom(...fieldNames, 'x', ''), fc.string());
    const anyText = fc
      .tuple(
        fc.constantFrom('ST00011|', 'ST00012|', 'ST00013|', 'ST', 'ST00019|'),
        fc.array(anyPair),
      )
      .map(([head, pairs]) => Buffer.from(head + pairs.map((pair) => pair.join('=')).join('|')));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), anyText), (bytes) => {
        const answer = read(bytes);
        if (answer.ok) return;
        const { ru, en } = orderRefusalText(answer.refusal);
        assert.ok(ru.length > 10 && en.length > 10);
      }),
    );
  });

  it('has words for whatever cannot be written', () => {
    const order = orderOf();
    const wrong: readonly (readonly [OrderFields, CodePageDigit, RegExp])[] = [
      [{ ...order, BIC: '' }, '1', /^BIC is missing/],
      [{ ...order, Sum: '1.00' }, '1', /^Sum must be whole kopecks/],
      [{ ...order, BankName: 'x'.repeat(46) }, '1', /^BankName has 46 characters of 45/],
      [{ ...order, Purpose: '₸' }, '1', /^Purpose: the code page has no “₸”/],
      [{ ...order, Purpose: separators.join('') }, '1', /“\|”$/],
      [{ ...order, Name: 'я'.repeat(160) }, '2', /^the mandatory fields take \d+ bytes of 300/],
    ];
    for (const [fields, digit, words] of wrong) {
      const why = refusal(write(fields, digit));
      assert.ok(why !== undefined);
      assert.match(orderRefusalText(why).en, words);
    }
  });
});
