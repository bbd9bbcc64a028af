import assert from 'node:assert/strict';
import { readConfig } from '../../src/main/config.ts';

describe('the settings of fiscal receipts', () => {
  it('are off unless a register is set', () => {
    assert.equal(readConfig({}).fiscal, undefined);
  });

  it('name the register and the first day, as it begins in the company’s zone', () => {
    const { fiscal } = readConfig({
      ...{ FISCAL_REGISTER: 'http', FISCAL_URL: 'https://kassa.example/v1/', FISCAL_VAT: '1' },
      ...{ FISCAL_FROM: '2026-12-01', PUBLIC_URL: 'https://kabinet.example' },
    });
    assert.deepEqual(fiscal, {
      ...{ url: 'https://kassa.example/v1', token: 'kabinet-demo-fiscal', taxSystem: 1, vat: 1 },
      ...{ place: 'https://kabinet.example', since: Date.UTC(2026, 10, 30, 21) },
    });
    const demo = readConfig({ FISCAL_REGISTER: 'http', FISCAL_FROM: '2026-12-01' }).fiscal;
    assert.equal(demo?.url, 'http://localhost:8090/fiscal/v1');
  });

  it('say what is wrong by its name', () => {
    for (const day of [undefined, '1.12.2026', '2026-13-01']) {
      const env = { FISCAL_REGISTER: 'http', FISCAL_FROM: day };
      assert.throws(() => readConfig(env), /^Error: FISCAL_FROM is missing or no day: name/);
    }
    assert.throws(
      () => readConfig({ FISCAL_TAX_SYSTEM: '3' }),
      /^Error: FISCAL_TAX_SYSTEM is wrong/,
    );
  });
});
