import assert from 'node:assert/strict';
import fc from 'fast-check';
import { balanceAfter, due, maskAccountNumber } from '../../src/domain/account.ts';
import { add, isPositive, money, zero } from '../../src/domain/money.ts';
import { anyAccount, anyOperation } from '../support/any.ts';

describe('an account', () => {
  it('is even once what is due was paid, and nothing is due after that', () => {
    fc.assert(
      fc.property(anyAccount, (account) => {
        const paid = add(account.balance, due(account));
        assert.ok(paid.minor >= 0n);
        assert.deepEqual(due({ ...account, balance: paid }), zero(paid.currency));
      }),
    );
  });

  it('asks for nothing from who owes nothing', () => {
    fc.assert(
      fc.property(anyAccount, (account) => {
        assert.equal(isPositive(due(account)), account.balance.minor < 0n);
      }),
    );
  });

  it('changes by just the sum of an operation', () => {
    const both = anyAccount.chain((account) =>
      fc.tuple(fc.constant(account), anyOperation(account)),
    );
    fc.assert(
      fc.property(both, ([{ balance }, { amount }]) => {
        assert.deepEqual(balanceAfter(balance, amount), add(balance, amount));
      }),
    );
    assert.deepEqual(balanceAfter(money(-5n, 'RUB'), money(7n, 'RUB')), money(2n, 'RUB'));
  });

  it('shows the last four digits of its number and the length, no more', () => {
    fc.assert(
      fc.property(anyAccount, ({ number }) => {
        const masked = maskAccountNumber(number);
        assert.equal(masked.length, number.length);
        assert.ok(masked.endsWith(number.slice(-4)));
        assert.ok(
          masked
            .slice(0, -4)
            .split('')
            .every((sign) => sign === '•'),
        );
      }),
    );
  });
});
