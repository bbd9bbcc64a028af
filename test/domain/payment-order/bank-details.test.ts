import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type BankDetails,
  bankDetails,
  payeeFields,
} from '../../../src/domain/payment-order/bank-details.ts';
import { orderRefusalText } from '../../../src/domain/payment-order/order-refusal-text.ts';
import { ok, refused } from '../../../src/domain/result.ts';

const details: BankDetails = {
  payee: 'ООО «Тёплый дом»',
  taxNumber: '7701234567',
  kpp: '770101001',
  account: '40702810938000000001',
  bank: 'ПАО Сбербанк',
  bic: '044525225',
  correspondentAccount: '30101810400000000225',
};

describe('bank details', () => {
  it('with the keys of their bank are good', () => {
    assert.deepEqual(bankDetails(details), ok(details));
    assert.ok(bankDetails({ ...details, kpp: undefined, correspondentAccount: '0' }).ok);
    assert.equal('KPP' in payeeFields({ ...details, kpp: undefined }), false);
  });

  it('are mistyped when one digit of an account is another', () => {
    const slip = fc.record({ at: fc.nat(19), by: fc.integer({ min: 1, max: 9 }) });
    const slipped = (account: string, { at, by }: { at: number; by: number }) =>
      [...account].map((each, n) => (n === at ? String((Number(each) + by) % 10) : each)).join('');
    fc.assert(
      fc.property(slip, (one) => {
        const wrongAccount = { ...details, account: slipped(details.account, one) };
        assert.deepEqual(
          bankDetails(wrongAccount),
          refused({ reason: 'key-wrong', field: 'PersonalAcc' }),
        );
        const correspondentAccount = slipped(details.correspondentAccount, one);
        assert.deepEqual(
          bankDetails({ ...details, correspondentAccount }),
          refused({ reason: 'key-wrong', field: 'CorrespAcc' }),
        );
      }),
    );
  });

  it('of the Bank of Russia itself have the key of its cash centre', () => {
    const own = { ...details, bic: '044525000', correspondentAccount: '0' };
    const keys = [...'0123456789'].filter(
      (key) => bankDetails({ ...own, account: `40302810${key}45251000000` }).ok,
    );
    assert.equal(keys.length, 1);
    assert.ok(
      !bankDetails({ ...own, bic: '044525225', account: `40302810${keys[0]!}45251000000` }).ok,
    );
  });

  it('say which field is none', () => {
    assert.deepEqual(
      bankDetails({ ...details, bank: '' }),
      refused({ reason: 'field-missing', field: 'BankName' }),
    );
    const mistyped = bankDetails({ ...details, account: '40702810138000000001' });
    assert.ok(!mistyped.ok);
    assert.match(orderRefusalText(mistyped.refusal).en, /^PersonalAcc has a key that does not fit/);
  });
});
