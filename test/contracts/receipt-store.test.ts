import assert from 'node:assert/strict';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { PaymentId } from '../../src/domain/ids.ts';
import { settle } from '../../src/domain/payment-settlement.ts';
import { freshId, givenAccount, givenCustomer, noon } from '../support/given.ts';
import { givenClaim, givenPayment, papersFor, receiptNumber } from '../support/given-payments.ts';
import { onEveryStore } from '../support/portal-stores.ts';

onEveryStore('the receipt store', (stores) => {
  let anna: Customer;
  beforeEach(async () => {
    anna = givenCustomer();
    await stores().customers.put(anna, 1);
  });
  const givenSent = async (account: Account): Promise<PaymentId> => {
    const payment = givenPayment(account);
    await stores().payments.add(payment, { key: payment.id, hash: '' });
    await stores().payments.takeToSend(payment.id, noon);
    return payment.id;
  };
  const pay = (id: PaymentId, year = 2026) =>
    stores().payments.apply(
      id,
      undefined,
      (payment) => settle(payment, givenClaim(), 'live', noon),
      papersFor(year),
      year,
    );

  it('has the receipt of a paid payment, by payment and by code', async () => {
    const account = givenAccount(anna);
    const id = await givenSent(account);
    await pay(id);

    const receipt = await stores().receipts.find(id, anna.id);

    assert.equal(receipt?.number, receiptNumber(anna, 1));
    assert.equal(receipt.accountNumber, account.number);
    assert.equal(receipt.amount.minor, 50_000n);
    assert.equal(receipt.paidAt, noon);
    assert.equal(receipt.providerRef, 'ref-1');
    assert.deepEqual(await stores().receipts.findByCode(receipt.code), receipt);
  });

  it('has none of a payment that is not paid, and none under a code nobody was given', async () => {
    const id = await givenSent(givenAccount(anna));

    assert.equal(await stores().receipts.find(id, anna.id), undefined);
    assert.equal(await stores().receipts.find(freshId<PaymentId>(), anna.id), undefined);
    assert.equal(await stores().receipts.findByCode('ZZZZZZZZZZZZZZZZ'), undefined);
  });

  it('shows a customer no receipt of another', async () => {
    const id = await givenSent(givenAccount(anna));
    await pay(id);

    assert.equal(await stores().receipts.find(id, givenCustomer().id), undefined);
  });

  it('numbers a contract’s receipts without gaps, however many are paid at once', async () => {
    const account = givenAccount(anna);
    const ids = await Promise.all(Array.from({ length: 15 }, () => givenSent(account)));

    await Promise.all([...ids, ...ids].map((id) => pay(id)));

    const numbers = await Promise.all(
      ids.map(async (id) => (await stores().receipts.find(id, anna.id))?.number),
    );
    assert.deepEqual(
      numbers.toSorted(),
      ids.map((_, n) => receiptNumber(anna, n + 1)),
    );
  });

  it('counts every contract and every year from one', async () => {
    const boris = givenCustomer();
    await stores().customers.put(boris, 1);
    const numberOf = async (customer: Customer, year: number) => {
      const id = await givenSent(givenAccount(customer));
      await pay(id, year);
      return (await stores().receipts.find(id, customer.id))?.number;
    };

    assert.equal(await numberOf(anna, 2026), receiptNumber(anna, 1));
    assert.equal(await numberOf(boris, 2026), receiptNumber(boris, 1));
    assert.equal(await numberOf(anna, 2027), receiptNumber(anna, 1, 2027));
    assert.equal(await numberOf(anna, 2026), receiptNumber(anna, 2));
  });
});
