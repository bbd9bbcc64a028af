import assert from 'node:assert/strict';
import { readConfig } from '../../src/main/config.ts';

const set = {
  BANK_NAME: 'ПАО Сбербанк',
  BANK_BIC: '044525225',
  BANK_ACCOUNT: '40702810938000000001',
  BANK_CORRESPONDENT_ACCOUNT: '30101810400000000225',
  COMPANY_KPP: '770101001',
};

describe('the settings of the company’s bank', () => {
  it('are off unless an account is set', () => {
    assert.equal(readConfig({}).bank, undefined);
  });

  it('take the payee from the company', () => {
    assert.deepEqual(readConfig({ ...set, COMPANY_LEGAL_NAME: 'ООО «Дом»' }).bank, {
      payee: 'ООО «Дом»',
      taxNumber: '7700000000',
      kpp: '770101001',
      account: '40702810938000000001',
      bank: 'ПАО Сбербанк',
      bic: '044525225',
      correspondentAccount: '30101810400000000225',
    });
    const { BANK_CORRESPONDENT_ACCOUNT: _, COMPANY_KPP: __, ...few } = set;
    assert.equal(readConfig(few).bank?.correspondentAccount, '0');
  });

  const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ BANK_BIC: '04452522' }, /^Error: BANK_BIC must be 9 digits$/],
    [{ BANK_NAME: '' }, /^Error: BANK_NAME is missing, and no bank takes the order without it/],
    [{ BANK_ACCOUNT: '40702810938000000002' }, /^Error: BANK_ACCOUNT has a key that does not fit/],
    [
      { BANK_CORRESPONDENT_ACCOUNT: '30101810400000000226' },
      /^Error: BANK_CORRESPONDENT_ACCOUNT has a key/,
    ],
    [{ COMPANY_TAX_NUMBER: '123' }, /^Error: COMPANY_TAX_NUMBER must be 10 or 12 digits$/],
    [{ COMPANY_KPP: '1' }, /^Error: COMPANY_KPP must be 9 digits$/],
  ];
  for (const [over, sentence] of wrong) {
    it(`name ${Object.keys(over).join()} when it is wrong`, () => {
      assert.throws(() => readConfig({ ...set, ...over }), sentence);
    });
  }
});
