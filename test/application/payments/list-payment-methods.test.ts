import assert from 'node:assert/strict';
import { listPaymentMethods } from '../../../src/application/payments/list-payment-methods.ts';
import { money } from '../../../src/domain/money.ts';
import { range } from '../../../src/domain/payment-limits.ts';
import { parseRate } from '../../../src/domain/quote.ts';
import { refused } from '../../../src/domain/result.ts';
import { givenCustomer } from '../../support/given.ts';
import { card, givenPaying, transfer } from '../../support/given-paying.ts';

const plain = { fee: money(0n, 'RUB'), converted: undefined, provider: 'alpha', isAvailable: true };

describe('ListPaymentMethods', () => {
  it('offers the methods that take the account’s currency, in the company’s order', async () => {
    const { stores, anna, account, clock } = await givenPaying();
    const dollars = {
      ...card,
      code: 'dollars',
      routes: [{ provider: 'alpha', ...range('USD', 1n, 2n) }],
    };

    const list = listPaymentMethods(stores.accounts, [transfer, dollars, card], () => true, clock);
    const offered = await list(account.id, anna.id);

    assert.deepEqual(offered, {
      ok: true,
      value: [
        { method: transfer, min: money(1_000n, 'RUB'), max: money(500_000n, 'RUB'), ...plain },
        { method: card, min: money(100n, 'RUB'), max: money(10_000_000n, 'RUB'), ...plain },
      ],
    });
  });

  it('offers nothing for another customer’s account', async () => {
    const { stores, account, clock } = await givenPaying();

    const offered = await listPaymentMethods(
      stores.accounts,
      [card],
      () => true,
      clock,
    )(account.id, givenCustomer().id);

    assert.deepEqual(offered, refused({ reason: 'account-unknown' }));
  });

  it('tells the fee of the sum asked about, and what a provider of another currency takes', async () => {
    const { stores, anna, account, clock } = await givenPaying();
    const rate = parseRate('RUB', 'USD', '0.0125');
    const purse = {
      ...card,
      fee: { basisPoints: 80 },
      routes: [{ provider: 'alpha', rate: rate!, ...range('RUB', 100n, 10_000_000n) }],
    };

    const list = listPaymentMethods(stores.accounts, [purse], () => true, clock);
    const offered = await list(account.id, anna.id, 100_000n);

    assert.ok(offered.ok);
    const [first] = offered.value;
    assert.deepEqual(first?.fee, money(800n, 'RUB'));
    // 1 008.00 roubles at 0.0125 dollars.
    assert.deepEqual(first.converted, money(1_260n, 'USD'));
  });

  it('leaves out what is switched off and marks what does not answer', async () => {
    const { stores, anna, account, clock } = await givenPaying();
    const closed = { ...card, code: 'closed', off: { ru: 'закрыт', en: 'closed' } };

    const list = listPaymentMethods(stores.accounts, [closed, card], () => false, clock);
    const offered = await list(account.id, anna.id);

    assert.ok(offered.ok);
    const shown = offered.value.map(({ method, isAvailable }) => [method.code, isAvailable]);
    assert.deepEqual(shown, [['card', false]]);
  });
});
