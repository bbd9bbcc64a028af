import assert from 'node:assert/strict';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { PaymentId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import type { Refund } from '../../src/domain/refund.ts';
import { settle } from '../../src/domain/payment-settlement.ts';
import { freshId, givenAccount, givenCustomer, noon } from '../support/given.ts';
import {
  givenClaim,
  givenPayment,
  givenRefund,
  papersFor,
  receiptNumber,
} from '../support/given-payments.ts';
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

  const refundOf = (payment: PaymentId, facts: Partial<Refund> = {}): Refund =>
    givenRefund({ id: payment, customerId: anna.id }, { debit: money(9_900n, 'RUB'), ...facts });
  const payBack = (payment: PaymentId, refunds: readonly Refund[], year = 2026) =>
    stores().payments.apply(
      payment,
      undefined,
      () => ({ kind: 'children', refunds }),
      papersFor(year),
      year,
    );

  it('has the receipt of a refund, in the same row of numbers', async () => {
    const account = givenAccount(anna);
    const id = await givenSent(account);
    await pay(id);
    const refund = refundOf(id);
    await payBack(id, [refund]);

    const receipt = await stores().receipts.findRefund(refund.id, anna.id);

    assert.deepEqual(receipt, {
      kind: 'refund',
      refundId: refund.id,
      paymentId: id,
      customerId: anna.id,
      number: receiptNumber(anna, 2),
      code: receipt?.code,
      issuedAt: noon,
      accountNumber: account.number,
      amount: money(9_900n, 'RUB'),
      total: money(10_000n, 'RUB'),
      method: 'card',
      provider: 'alpha',
      providerRef: 're-1',
    });
    assert.deepEqual(await stores().receipts.findByCode(receipt.code), receipt);
    assert.deepEqual(await stores().receipts.refundsOf(id, anna.id), [receipt]);
    assert.equal(await stores().receipts.findRefund(refund.id, givenCustomer().id), undefined);
    assert.deepEqual(await stores().receipts.refundsOf(id, givenCustomer().id), []);
  });

  it('gives a refund one receipt, once it was paid back, and none for coming back', async () => {
    const id = await givenSent(givenAccount(anna));
    await pay(id);
    const refund = refundOf(id, { state: 'pending' });
    await payBack(id, [refund]);
    assert.deepEqual(await stores().receipts.refundsOf(id, anna.id), []);

    await payBack(id, [{ ...refund, state: 'succeeded' }]);
    await payBack(id, [{ ...refund, state: 'succeeded' }]);
    await payBack(id, [{ ...refund, state: 'failed' }]);

    assert.equal((await stores().receipts.refundsOf(id, anna.id)).length, 1);
  });

  it('leaves no gap in the numbers where papers cannot be written', async () => {
    const id = await givenSent(givenAccount(anna));
    await pay(id);
    const onFire = () => {
      throw new Error('the printer is on fire');
    };
    const broken = { ...papersFor(), refund: onFire };
    const children = () => ({ kind: 'children' as const, refunds: [refundOf(id)] });
    await assert.rejects(stores().payments.apply(id, undefined, children, broken, 2026), /fire/);

    await payBack(id, [refundOf(id), refundOf(id)]);

    const numbers = (await stores().receipts.refundsOf(id, anna.id)).map(({ number }) => number);
    assert.deepEqual(numbers.toSorted(), [receiptNumber(anna, 2), receiptNumber(anna, 3)]);
  });

  it('keeps the first seal of a receipt, whoever comes later', async () => {
    const id = await givenSent(givenAccount(anna));
    await pay(id);
    const receipt = (await stores().receipts.find(id, anna.id))!;
    assert.equal(await stores().receipts.sealOf(receipt.code), undefined);
    const seals = Array.from({ length: 5 }, (_, n) => ({
      content: `{"n":${String(n)}}`,
      kid: 'key-1',
      signature: `s${String(n)}`,
    }));

    const kept = await Promise.all(seals.map((seal) => stores().receipts.keepSeal(receipt, seal)));

    assert.equal(new Set(kept.map(({ signature }) => signature)).size, 1);
    assert.ok(seals.some(({ signature }) => signature === kept[0]!.signature));
    assert.deepEqual(await stores().receipts.sealOf(receipt.code), kept[0]);
    assert.equal(await stores().receipts.sealOf('ZZZZZZZZZZZZZZZZ'), undefined);
  });
});
