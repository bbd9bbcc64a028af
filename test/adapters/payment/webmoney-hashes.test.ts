import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formSign,
  hash2Of,
  hashOf,
  isProved,
  type HashedValues,
} from '../../../src/adapters/payment/webmoney/webmoney-hashes.ts';
import '../../support/fc-runs.ts';

/** The published example. */
const vector: HashedValues = {
  purse: 'Z123428476799',
  amount: '14.65',
  hold: undefined,
  number: '1444212666',
  mode: '1',
  invoice: '897',
  transfer: '892',
  date: '20151007 13:07:36',
  payerPurse: 'Z366393600555',
  payerWmid: '404521188333',
};
const key = '226778888';
const good = '0B12E75431284D6FCC05D8AF02B90AC28A0788FB95C9FF6B655344022F0746E5';

describe('the hashes of WebMoney', () => {
  it('are those of the published example, in either case of letters', () => {
    assert.equal(hashOf(vector, key, 'sha256').toUpperCase(), good);
    for (const hash of [good, good.toLowerCase()]) {
      assert.ok(isProved(vector, { hash, hash2: undefined }, [key], 'sha256'));
    }
  });

  it('prove nothing once any value is another', () => {
    const names = Object.keys(vector).filter((name) => name !== 'hold');
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string(), (name, value) => {
        const changed = { ...vector, [name]: value };
        const isSame = vector[name as keyof HashedValues] === value;
        const hash2 = hash2Of(vector, key);
        assert.equal(isProved(changed, { hash: undefined, hash2 }, [key], 'sha256'), isSame);
      }),
    );
    assert.equal(
      isProved({ ...vector, hold: '3' }, { hash: good, hash2: undefined }, [key], 'sha256'),
      false,
    );
  });

  it('give away a digit that moved from one value to the next, where the second hash is sent', () => {
    const shifted = { ...vector, invoice: '8978', transfer: '92' };

    assert.ok(isProved(shifted, { hash: good, hash2: undefined }, [key], 'sha256'));
    const hash2 = hash2Of(vector, key);
    assert.equal(isProved(shifted, { hash: good, hash2 }, [key], 'sha256'), false);
  });

  it('are never of the method that came: MD5 counts only where the purse is set so', () => {
    const md5 = hashOf(vector, key, 'md5');

    assert.equal(isProved(vector, { hash: md5, hash2: undefined }, [key], 'sha256'), false);
    assert.ok(isProved(vector, { hash: md5, hash2: undefined }, [key], 'md5'));
  });

  it('may be made with either of two keys while one is replaced, and with no other', () => {
    const given = { hash: good, hash2: undefined };

    assert.ok(isProved(vector, given, ['new', key], 'sha256'));
    assert.equal(isProved(vector, given, ['new'], 'sha256'), false);
    assert.equal(isProved(vector, given, [], 'sha256'), false);
  });

  it('of the wrong length, or no hexadecimal digits at all, are refused and never break', () => {
    fc.assert(
      fc.property(fc.string(), (hash) => {
        assert.equal(isProved(vector, { hash, hash2: undefined }, [key], 'sha256'), false);
      }),
    );
    assert.equal(isProved(vector, { hash: undefined, hash2: undefined }, [key], 'sha256'), false);
  });

  it('sign the form with the final semicolon', () => {
    assert.match(formSign('Z1', '1.00', '7', 'x20'), /^[0-9a-f]{64}$/);
    assert.notEqual(formSign('Z1', '1.00', '7', 'x20'), formSign('Z1', '1.00', '8', 'x20'));
  });
});
