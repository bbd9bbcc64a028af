import assert from 'node:assert/strict';
import type { Account } from '../../src/domain/account.ts';
import type { PaymentId, SavedMethodId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import { moved, type Payment } from '../../src/domain/payment.ts';
import { freezeQuote, parseRate } from '../../src/domain/quote.ts';
import { later, minute, type Instant } from '../../src/domain/time.ts';
import { freshId, givenAccount, givenCustomer, noon } from '../support/given.ts';
import { givenEvent, givenPayment, papersFor } from '../support/given-payments.ts';
import { onEveryStore } from '../support/portal-stores.ts';

onEveryStore('the payment desk', (stores) => {
  let account: Account;
  beforeEach(async () => {
    const anna = givenCustomer();
    account = givenAccount(anna);
    await stores().customers.put(anna, 1);
  });
  const givenPaid = async (paidAt: Instant, ref = freshId()): Promise<PaymentId> => {
    const payment = givenPayment(account);
    await stores().payments.add(payment, { key: payment.id, hash: '' });
    await stores().payments.takeToSend(payment.id, noon);
    const pay = (found: Payment) => {
      const facts = { providerRef: ref, paidAt, late: false, captured: found.charge };
      const next = { state: 'succeeded', ...facts, providerFee: money(7n, 'RUB') } as const;
      return { kind: 'moved' as const, payment: moved(found, next, noon) };
    };
    await stores().payments.apply(payment.id, undefined, pay, papersFor(), 2026);
    return payment.id;
  };

  it('lists payments by state across customers, newest first, page by page', async () => {
    const ids: PaymentId[] = [];
    for (let n = 0; n < 3; n += 1) {
      const payment = givenPayment(account);
      await stores().payments.add(payment, { key: payment.id, hash: '' });
      ids.push(payment.id);
    }
    await givenPaid(noon);

    const page = await stores().desk.list(['created'], 2);
    const rest = await stores().desk.list(['created'], 2, page.at(-1)?.id);

    assert.deepEqual(
      [...page, ...rest].map(({ id }) => id),
      ids.toReversed(),
    );
    assert.equal((await stores().desk.find(ids[0]!))?.id, ids[0]);
    assert.equal(await stores().desk.find(freshId<PaymentId>()), undefined);
  });

  it('lists what was paid within a window: its begin included, its end not', async () => {
    const inside = [await givenPaid(noon), await givenPaid(later(noon, minute - 1))];
    await givenPaid(later(noon, minute));
    await givenPaid(later(noon, -1));
    const window = ['alpha', noon, later(noon, minute)] as const;

    const first = await stores().desk.paidBetween(...window, 1);
    const rest = await stores().desk.paidBetween(...window, 10, first[0]?.id);

    assert.deepEqual(
      [...first, ...rest].map(({ id }) => id),
      inside,
    );
    assert.deepEqual(await stores().desk.paidBetween('beta', noon, later(noon, minute), 9), []);
  });

  it('shows proofs of unknown payments and contradictions, newest first, and nothing that fits', async () => {
    const id = await givenPaid(noon);
    await stores().payments.park(givenEvent('lost'), 'order 17', noon);
    const contradict = () => ({ kind: 'conflict', why: 'another sum' }) as const;
    const event = givenEvent('odd', { receivedAt: later(noon, 1) });
    await stores().payments.apply(id, event, contradict, papersFor(), 2026);
    const fits = () => ({ kind: 'same' }) as const;
    await stores().payments.apply(id, givenEvent('fine'), fits, papersFor(), 2026);

    const odd = await stores().desk.odd(10);

    assert.deepEqual(
      odd.map(({ eventKey, why, paymentId }) => [eventKey, why, paymentId]),
      [
        ['odd', 'another sum', id],
        ['lost', 'no payment of ours', 'order 17'],
      ],
    );
  });

  it('finds a payment by every name a provider may use, and never another provider’s', async () => {
    const numbered = { ...givenPayment(account), number: 2_147_483_647 };
    await stores().payments.add(numbered, { key: 'n', hash: '' });
    const id = await givenPaid(noon, 'their-ref');
    const locate = stores().payments;

    assert.equal(
      await locate.locate('alpha', { by: 'number', number: 2_147_483_647 }),
      numbered.id,
    );
    assert.equal(await locate.locate('alpha', { by: 'ref', ref: 'their-ref' }), id);
    assert.equal(await locate.locate('alpha', { by: 'id', id }), id);
    assert.equal(await locate.locate('beta', { by: 'number', number: 2_147_483_647 }), undefined);
    assert.equal(await locate.locate('beta', { by: 'ref', ref: 'their-ref' }), undefined);
    assert.equal(await locate.locate('beta', { by: 'id', id }), undefined);
    assert.equal(await locate.locate('alpha', { by: 'id', id: 'order 17; DROP' }), undefined);
    assert.equal(await locate.locate('alpha', { by: 'number', number: 1 }), undefined);
  });

  it('gives one number to one payment, and leaves nothing behind where it was taken', async () => {
    const [first, second] = [givenPayment(account), givenPayment(account)].map((payment) => ({
      ...payment,
      number: 7,
    }));
    assert.ok(first && second);
    await stores().payments.add(first, { key: 'a', hash: '' });

    assert.equal(await stores().payments.add(second, { key: 'b', hash: '' }), 'number-taken');
    assert.equal(await stores().payments.find(second.id, second.customerId), undefined);
    const again = { ...second, number: 8 };
    assert.equal(await stores().payments.add(again, { key: 'b', hash: '' }), 'added');
    const same = await stores().payments.add(again, { key: 'b', hash: '' });
    assert.ok(typeof same === 'object' && same.sameRequest);
  });

  it('keeps fee, quote, hold and remembered method with the payment', async () => {
    const rate = parseRate('RUB', 'USD', '0.0125');
    assert.ok(rate);
    const fee = money(1_00n, 'RUB');
    const quote = freezeQuote(money(501_00n, 'RUB'), rate, later(noon, minute));
    const payment = {
      ...givenPayment(account),
      ...{ fee, quote, charge: quote.to, holds: true, saves: true, providerMethod: 'sbp' },
      savedMethod: freshId<SavedMethodId>(),
    };
    await stores().payments.add(payment, { key: 'k', hash: '' });

    assert.deepEqual(await stores().desk.find(payment.id), payment);
  });
});

onEveryStore('the store of remembered methods', (stores) => {
  const given = (customer = givenCustomer(), paymentId = freshId<PaymentId>()) => ({
    ...{ id: freshId<SavedMethodId>(), customerId: customer.id, provider: 'alpha' },
    ...{ method: 'card', title: '•••• 4477', paymentId, createdAt: noon },
  });

  it('keeps one method per payment, with its sealed token, for its customer only', async () => {
    const method = given();
    await stores().savedMethods.add(method, 'sealed');
    await stores().savedMethods.add({ ...method, id: freshId<SavedMethodId>() }, 'again');
    const { id, customerId } = method;

    assert.deepEqual(await stores().savedMethods.list(customerId), [method]);
    assert.deepEqual(await stores().savedMethods.find(id, customerId), {
      method,
      sealedToken: 'sealed',
    });
    assert.equal(await stores().savedMethods.find(id, givenCustomer().id), undefined);
  });

  it('forgets a method with its token, at its customer’s word only', async () => {
    const method = given();
    await stores().savedMethods.add(method, 'sealed');
    const { id, customerId } = method;

    assert.equal(await stores().savedMethods.forget(id, givenCustomer().id), false);
    assert.equal(await stores().savedMethods.forget(id, customerId), true);
    assert.equal(await stores().savedMethods.forget(id, customerId), false);
    assert.deepEqual(await stores().savedMethods.list(customerId), []);
  });
});
