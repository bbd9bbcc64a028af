import assert from 'node:assert/strict';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { FiscalEnd } from '../../src/domain/fiscal/fiscal-order.ts';
import type { PaymentId, RefundId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import { settle } from '../../src/domain/payment-settlement.ts';
import type { Refund } from '../../src/domain/refund.ts';
import { day, later, minute, second, type Instant } from '../../src/domain/time.ts';
import { givenFiscal } from '../support/given-fiscal.ts';
import { freshId, givenAccount, givenCustomer, noon } from '../support/given.ts';
import { givenClaim, givenPayment, papersFor } from '../support/given-payments.ts';
import { onEveryStore } from '../support/portal-stores.ts';

const registered: FiscalEnd = { tag: 'registered', data: givenFiscal() };

onEveryStore('the fiscal store', (stores) => {
  let anna: Customer;
  let account: Account;
  beforeEach(async () => {
    anna = givenCustomer();
    account = givenAccount(anna);
    await stores().customers.put(anna, 1);
  });
  const paid = async (at: Instant = noon): Promise<PaymentId> => {
    const payment = givenPayment(account, at);
    await stores().payments.add(payment, { key: payment.id, hash: '' });
    await stores().payments.takeToSend(payment.id, at);
    const claim = givenClaim({ ref: payment.id, paidAt: at });
    const pay = (found: Parameters<typeof settle>[0]) => settle(found, claim, 'live', at);
    await stores().payments.apply(payment.id, undefined, pay, papersFor(), 2026);
    return payment.id;
  };
  const refunded = async (payment: PaymentId, facts: Partial<Refund> = {}): Promise<RefundId> => {
    const refund: Refund = {
      id: freshId<RefundId>(),
      ...{ paymentId: payment, customerId: anna.id, provider: 'alpha' },
      ...{ amount: money(20_000n, 'RUB'), debit: money(20_000n, 'RUB'), state: 'succeeded' },
      ...{ origin: 'staff', reason: 'twice', requestedBy: undefined, approvedBy: undefined },
      ...{ providerRef: 're', createdAt: noon, updatedAt: noon, attempts: 1 },
      ...facts,
    };
    const refunds = [refund];
    const decide = () => ({ kind: 'children' as const, refunds });
    await stores().payments.apply(payment, undefined, decide, papersFor(), 2026);
    return refund.id;
  };
  const gather = (limit = 100, since = later(noon, -day)) =>
    stores().fiscals.gather(since, noon, limit);
  const take = (at: Instant = noon, limit = 100) => stores().fiscals.takeDue(at, limit);

  it('orders a receipt of each payment once, with all that a register wants to know', async () => {
    const id = await paid();

    assert.equal(await gather(), 1);
    assert.equal(await gather(), 0);

    assert.deepEqual(await take(), [
      {
        ...{ key: id, kind: 'payment', paymentId: id, customerId: anna.id },
        total: money(50_000n, 'RUB'),
        accountNumber: account.number,
        contact: anna.email ?? anna.phone,
      },
    ]);
    assert.deepEqual(await stores().fiscals.find(id, anna.id), [
      { key: id, kind: 'payment', tag: 'pending' },
    ]);
  });

  it('orders none for what was paid before the register was there, or is not paid', async () => {
    await paid(later(noon, -day - 1));
    const payment = givenPayment(account);
    await stores().payments.add(payment, { key: payment.id, hash: '' });

    assert.equal(await gather(), 0);
    assert.deepEqual(await stores().fiscals.find(payment.id, anna.id), []);
  });

  it('finds all of many, a few at a time, and those that became visible minutes late', async () => {
    for (let n = 0; n < 5; n += 1) await paid(later(noon, n * second));
    let found = 0;
    for (let n = await gather(2); n > 0; n = await gather(2)) found += n;
    await paid(later(noon, -9 * minute));

    assert.equal(found, 5);
    assert.equal(await gather(2), 1);
  });

  it('gives an order to one at a time, however many ask at once', async () => {
    for (let n = 0; n < 20; n += 1) await paid();
    await gather();

    const taken = (await Promise.all(Array.from({ length: 8 }, () => take()))).flat();

    assert.equal(taken.length, 20);
    assert.equal(new Set(taken.map(({ key }) => key)).size, 20);
  });

  it('gives an order again by a schedule', async () => {
    await paid();
    await gather();

    assert.equal((await take()).length, 1);
    assert.equal((await take(later(noon, 15 * second - 1))).length, 0);
    assert.equal((await take(later(noon, 15 * second))).length, 1);
    assert.equal((await take(later(noon, 74 * second))).length, 0);
    assert.equal((await take(later(noon, 75 * second))).length, 1);
  });

  it('takes no more than it is asked for, the longest waiting first', async () => {
    const first = await paid();
    await gather();
    await take();
    const newer = await paid();
    await stores().fiscals.gather(later(noon, -day), later(noon, minute), 10);

    const due = await take(later(noon, 2 * minute), 1);

    assert.deepEqual(
      due.map(({ key }) => key),
      [first],
    );
    assert.notEqual(newer, first);
  });

  it('lets a refund wait for the receipt of its payment', async () => {
    const id = await paid();
    const refund = await refunded(id);
    assert.equal(await gather(), 2);
    assert.deepEqual(
      (await take()).map(({ key }) => key),
      [id],
    );

    await stores().fiscals.end(id, registered, noon);

    const due = await take();
    assert.deepEqual(
      due.map(({ key, kind, total, paymentId }) => ({ key, kind, total, paymentId })),
      [{ key: refund, kind: 'refund', total: money(20_000n, 'RUB'), paymentId: id }],
    );
    assert.deepEqual(
      (await stores().fiscals.find(id, anna.id)).map(({ key, tag }) => [key, tag]),
      [
        [id, 'registered'],
        [refund, 'pending'],
      ],
    );
  });

  it('orders none for a refund that is only on its way', async () => {
    const id = await paid();
    await refunded(id, { state: 'pending' });
    assert.equal(await gather(), 1);
  });

  it('keeps an end as it was, whatever is told later, and asks no more', async () => {
    const id = await paid();
    const refusedId = await paid();
    await gather();
    await take();

    await stores().fiscals.end(id, registered, noon);
    await stores().fiscals.end(id, { tag: 'refused', why: 'late' }, noon);
    await stores().fiscals.end(refusedId, { tag: 'refused', why: 'no' }, noon);

    const key = id;
    assert.deepEqual(await stores().fiscals.find(id, anna.id), [
      { key, kind: 'payment', ...registered },
    ]);
    assert.deepEqual(await stores().fiscals.find(refusedId, anna.id), [
      { key: refusedId, kind: 'payment', tag: 'refused', why: 'no' },
    ]);
    assert.deepEqual(await take(later(noon, 30 * day)), []);
    assert.equal(await gather(), 0);
  });

  it('keeps data without a QR', async () => {
    const id = await paid();
    await gather();
    const bare: FiscalEnd = { tag: 'registered', data: givenFiscal({ qr: undefined }) };
    await stores().fiscals.end(id, bare, noon);

    const [found] = await stores().fiscals.find(id, anna.id);

    assert.deepEqual(found, { key: id, kind: 'payment', ...bare });
  });

  it('shows a customer nothing of another', async () => {
    const id = await paid();
    await gather();
    assert.deepEqual(await stores().fiscals.find(id, givenCustomer().id), []);
  });
});
