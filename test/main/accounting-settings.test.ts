import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { money } from '../../src/domain/money.ts';
import { readConfig } from '../../src/main/config.ts';
import { openAccounting } from '../../src/main/open-accounting.ts';

describe('Settings of the accounting system', () => {
  it('are our own ledger where nothing is set', () => {
    assert.deepEqual(readConfig({}).accounting, { system: 'own' });
  });

  it('let one person pass nothing of differences, or so much a day of each currency', () => {
    const of = (text: string) => readConfig({ TOLERATED_A_DAY: text }).toleratedADay;

    assert.deepEqual(readConfig({}).toleratedADay, []);
    assert.deepEqual(of('100.00 RUB, 5 JPY'), [money(100_00n, 'RUB'), money(5n, 'JPY')]);
    for (const wrong of ['100', '1.000 RUB', '-1.00 RUB', '1.00 RUB,2.00 RUB', '1.00 RUB EUR']) {
      assert.throws(
        () => of(wrong),
        /^Error: TOLERATED_A_DAY is wrong: takes a sum for each/,
        wrong,
      );
    }
  });

  it('are a Tryton, its place and its user', () => {
    const { accounting } = readConfig({
      ACCOUNTING_SYSTEM: 'tryton',
      TRYTON_URL: 'https://books.example.org/',
      TRYTON_DATABASE: 'romashka',
      TRYTON_USER: 'kabinet',
      TRYTON_PASSWORD_FILE: '/run/secrets/tryton',
    });

    assert.deepEqual(accounting, {
      system: 'tryton',
      url: 'https://books.example.org',
      database: 'romashka',
      user: 'kabinet',
      passwordFile: '/run/secrets/tryton',
    });
  });

  it('are an infobase of 1C; the company is found by its tax number', () => {
    const set = {
      ACCOUNTING_SYSTEM: '1c',
      ONE_C_URL: 'https://books.example.org/buh/',
      ONE_C_PASSWORD_FILE: '/run/secrets/1c',
      COMPANY_TAX_NUMBER: '7712345678',
    };
    const expected = {
      system: '1c',
      url: 'https://books.example.org/buh',
      user: 'kabinet',
      passwordFile: '/run/secrets/1c',
      taxNumber: '7712345678',
    };
    assert.deepEqual(readConfig(set).accounting, expected);
    const other = readConfig({ ...set, ONE_C_TAX_NUMBER: '7787654321', ONE_C_USER: 'Кабинет' });
    assert.deepEqual(other.accounting, { ...expected, taxNumber: '7787654321', user: 'Кабинет' });
  });

  it('open what was set', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'kabinet-password-')), 'password');
    writeFileSync(file, 'secret\n');
    const files = { TRYTON_PASSWORD_FILE: file, ONE_C_PASSWORD_FILE: file };
    const open = (system: string) => {
      const set = { ...files, ACCOUNTING_SYSTEM: system, ONE_C_URL: 'http://127.0.0.1:1/buh' };
      const around = {} as Parameters<typeof openAccounting>[1];
      const { isShared, foreign } = openAccounting(readConfig(set).accounting, around);
      return [isShared, foreign?.source];
    };
    assert.deepEqual(open('own'), [true, undefined]);
    assert.deepEqual(open('tryton'), [false, 'tryton']);
    assert.deepEqual(open('1c'), [false, undefined]);
  });

  it('say what is missing or wrong', () => {
    assert.throws(() => readConfig({ ACCOUNTING_SYSTEM: '1c' }), /ONE_C_URL is missing/);
    const noPassword = { ACCOUNTING_SYSTEM: '1c', ONE_C_URL: 'http://127.0.0.1/buh' };
    assert.throws(() => readConfig(noPassword), /ONE_C_PASSWORD_FILE is missing/);
    assert.throws(() => readConfig({ ACCOUNTING_SYSTEM: 'tryton' }), /TRYTON_PASSWORD_FILE/);
    assert.throws(() => readConfig({ ACCOUNTING_SYSTEM: 'odoo' }), /ACCOUNTING_SYSTEM is wrong/);
    const settings = readConfig({
      ACCOUNTING_SYSTEM: 'tryton',
      TRYTON_PASSWORD_FILE: '/nowhere/password',
    }).accounting;
    const nothing = {} as Parameters<typeof openAccounting>[1];
    assert.throws(() => openAccounting(settings, nothing), /\/nowhere\/password cannot be read/);
  });
});
