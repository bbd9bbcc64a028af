import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  fromMoscowTime,
  fromPurseAmount,
  toMoscowTime,
  toPurseAmount,
} from '../../../src/adapters/payment/webmoney/webmoney-money.ts';
import { money } from '../../../src/domain/money.ts';
import { anySumAbove } from '../../support/any.ts';

const purse = 'Z123456789012';
const usd = (minor: bigint) => money(minor, 'USD');

describe('sums and times of a purse', () => {
  it('go there and back to the cent', () => {
    fc.assert(
      fc.property(anySumAbove(0n, 'USD'), (sum) => {
        const text = toPurseAmount(sum, purse);
        assert.ok(text !== undefined);
        assert.deepEqual(fromPurseAmount(text, purse), sum);
      }),
    );
  });

  it('are the same sum in the spellings that come, and none in any other', () => {
    for (const text of ['100', '100.0', '100.00']) {
      assert.deepEqual(fromPurseAmount(text, purse), usd(10_000n));
    }
    for (const text of ['100,00', '1e2', ' 100', '-1', '1.001', '', '01', '0.1+0.2', '１']) {
      assert.equal(fromPurseAmount(text, purse), undefined, text);
    }
    assert.equal(toPurseAmount(money(1n, 'EUR'), purse), undefined);
    assert.equal(toPurseAmount(usd(0n), purse), undefined);
    assert.equal(fromPurseAmount('1.00', 'R123456789012'), undefined);
  });

  it('are told in Moscow, without a mark', () => {
    const at = fromMoscowTime('20151007 13:07:36');
    assert.equal(at, Date.UTC(2015, 9, 7, 10, 7, 36));
    assert.equal(toMoscowTime(at), '20151007 13:07:36');
    assert.equal(fromMoscowTime('2015-10-07 13:07:36'), undefined);
  });
});
