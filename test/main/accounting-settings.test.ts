import assert from 'node:assert/strict';
import { readConfig } from '../../src/main/config.ts';
import { openAccounting } from '../../src/main/open-accounting.ts';

describe('Settings of the accounting system', () => {
  it('are our own ledger where nothing is set', () => {
    assert.deepEqual(readConfig({}).accounting, { system: 'own' });
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

  it('say what is missing or wrong', () => {
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
