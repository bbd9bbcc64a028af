import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { isTokenGood, tokenOf } from '../../../src/adapters/payment/tbank/tbank-token.ts';

const password = 'usaf8fw8fsw21g';
const order: Readonly<Record<string, string | number>> = {
  TerminalKey: 'MerchantTerminalKey',
  Amount: 19200,
  OrderId: '21090',
  Description: 'Подарочная карта на 1000 рублей',
};
const hex = '0024a00af7c350a3a67ca168ce06502aa72772456662e38696d48b56ee9c97d9';

describe('a token of T-Bank', () => {
  it('is that of the published example', () => {
    assert.equal(tokenOf(order, password), hex);
    assert.ok(isTokenGood({ ...order, Token: hex }, [password]));
  });

  it('covers booleans and numbers as they are written, in the order of their names; nothing that is nested', () => {
    const fields = {
      b: true,
      a: 'x',
      C: 0,
      Receipt: { Items: [1] },
      DATA: { a: '1' },
      list: [1],
      none: null,
    };

    assert.equal(tokenOf(fields, 'p'), tokenOf({ a: 'x', C: 0, b: true }, 'p'));
    // Capitals stand before small letters: C, Password, a, b.
    const hash = createHash('sha256').update('0pxtrue').digest('hex');
    assert.equal(tokenOf(fields, 'p'), hash);
  });

  it('may be written in either case, and by any password in use while one is replaced', () => {
    assert.ok(isTokenGood({ ...order, Token: hex.toUpperCase() }, [password]));
    assert.ok(isTokenGood({ ...order, Token: hex }, ['new', password]));
    assert.ok(isTokenGood({ ...order, Token: hex }, [password, 'new']));
    assert.ok(!isTokenGood({ ...order, Token: hex }, ['new']));
    assert.ok(!isTokenGood({ ...order, Token: hex }, []));
  });

  const bad: readonly unknown[] = [
    ...[undefined, null, '', 7, [hex], { hex }, hex.slice(1), `${hex}0`, 'z'.repeat(64)],
    ...['0'.repeat(64), hex.slice(0, 32)],
    // Stands in many copies of the examples and belongs to no published password.
    `7241ac83${hex.slice(8)}`,
  ];
  for (const token of bad) {
    it(`is refused, without a crash: ${JSON.stringify(token) ?? 'none'}`.slice(0, 70), () => {
      assert.ok(!isTokenGood({ ...order, Token: token }, [password]));
    });
  }

  it('is not moved by a password that somebody sends along', () => {
    assert.equal(tokenOf({ ...order, Password: 'theirs' }, password), hex);
  });

  it('proves nothing once one field is changed, left out or added', () => {
    const plain = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    const change = fc.record({
      name: fc.constantFrom(...Object.keys(order), 'Extra'),
      value: fc.oneof(plain, fc.constant(undefined)),
    });
    fc.assert(
      fc.property(change, ({ name, value }) => {
        const changed = { ...order, Token: hex, [name]: value };
        const isSame = String(value ?? '') === String(order[name] ?? '');
        assert.equal(isTokenGood(changed, [password]), isSame);
      }),
    );
  });
});
