import assert from 'node:assert/strict';
import { listPaymentMethods } from '../../../src/application/payments/list-payment-methods.ts';
import { money } from '../../../src/domain/money.ts';
import { range } from '../../../src/domain/payment-limits.ts';
import { refused } from '../../../src/domain/result.ts';
import { givenCustomer } from '../../support/given.ts';
import { card, givenPaying, transfer } from '../../support/given-paying.ts';

describe('ListPaymentMethods', () => {
  it('offers the methods that take the account’s currency, in the company’s order', async () => {
    const { stores, anna, account } = await givenPaying();
    const dollars = { ...card, code: 'dollars', limits: [range('USD', 1n, 2n)] };

    const list = listPaymentMethods(stores.accounts, [transfer, dollars, card]);
    const offered = await list(account.id, anna.id);

    assert.deepEqual(offered, {
      ok: true,
      value: [
        { method: transfer, min: money(1_000n, 'RUB'), max: money(500_000n, 'RUB') },
        { method: card, min: money(100n, 'RUB'), max: money(10_000_000n, 'RUB') },
      ],
    });
  });

  it('offers nothing for another customer’s account', async () => {
    const { stores, account } = await givenPaying();

    const offered = await listPaymentMethods(stores.accounts, [card])(
      account.id,
      givenCustomer().id,
    );

    assert.deepEqual(offered, refused({ reason: 'account-unknown' }));
  });
});
