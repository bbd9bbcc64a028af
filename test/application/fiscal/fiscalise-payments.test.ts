import assert from 'node:assert/strict';
import { fiscalisePayments } from '../../../src/application/fiscal/fiscalise-payments.ts';
import type { FiscalAnswer } from '../../../src/application/ports/fiscal-register.ts';
import type { Customer } from '../../../src/domain/customer.ts';
import type { FiscalOrder } from '../../../src/domain/fiscal/fiscal-order.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { settle } from '../../../src/domain/payment-settlement.ts';
import { later, minute, second, type Instant } from '../../../src/domain/time.ts';
import { givenFiscal } from '../../support/given-fiscal.ts';
import { givenAccount, givenCustomer, noon } from '../../support/given.ts';
import { givenClaim, givenPayment, papersFor } from '../../support/given-payments.ts';
import { memoryStores, type PortalStores } from '../../support/portal-stores.ts';

describe('fiscal receipts of payments', () => {
  let stores: PortalStores;
  let anna: Customer;
  let now: Instant;
  let asked: FiscalOrder[];
  beforeEach(async () => {
    stores = memoryStores();
    anna = givenCustomer();
    now = noon;
    asked = [];
    await stores.customers.put(anna, 1);
  });
  const paid = async (): Promise<PaymentId> => {
    const payment = givenPayment(givenAccount(anna));
    await stores.payments.add(payment, { key: payment.id, hash: '' });
    await stores.payments.takeToSend(payment.id, noon);
    const claim = givenClaim({ ref: payment.id });
    const pay = (found: Parameters<typeof settle>[0]) => settle(found, claim, 'live', noon);
    await stores.payments.apply(payment.id, undefined, pay, papersFor(), 2026);
    return payment.id;
  };
  const round = (...answers: readonly FiscalAnswer[]) => {
    const left = [...answers];
    const register = async (order: FiscalOrder): Promise<FiscalAnswer> => {
      asked.push(order);
      return left.shift() ?? { tag: 'unknown', why: 'no answer left' };
    };
    return fiscalisePayments(stores.fiscals, { register }, noon, { now: () => now })(20);
  };
  const found = async (id: PaymentId) => (await stores.fiscals.find(id, anna.id))[0];

  it('are kept when the register has them, and never asked for again', async () => {
    const id = await paid();

    assert.equal(await round({ tag: 'registered', data: givenFiscal() }), 1);
    now = later(noon, 60 * minute);
    assert.equal(await round(), 0);

    assert.deepEqual(await found(id), {
      ...{ key: id, kind: 'payment', tag: 'registered', data: givenFiscal() },
    });
    assert.equal(asked.length, 1);
  });

  it('are asked for again with the same key while nobody knows, or the register is not ready', async () => {
    const id = await paid();
    await round({ tag: 'unknown', why: 'silence' });
    now = later(now, 15 * second);
    await round({ tag: 'pending' });
    now = later(now, minute);
    await round({ tag: 'registered', data: givenFiscal() });

    assert.deepEqual(new Set(asked.map(({ key }) => key)), new Set([id]));
    assert.equal(asked.length, 3);
    assert.equal((await found(id))?.tag, 'registered');
  });

  it('end with the register’s no', async () => {
    const id = await paid();
    await round({ tag: 'refused', why: 'the drive is full' });
    const refused = { key: id, kind: 'payment', tag: 'refused', why: 'the drive is full' };
    assert.deepEqual(await found(id), refused);
  });

  for (const [title, data] of [
    ['another sum', givenFiscal({ total: money(50_001n, 'RUB') })],
    ['another kind', givenFiscal({ operation: 2 })],
  ] as const) {
    it(`are not believed with ${title}: people look`, async () => {
      const id = await paid();
      await round({ tag: 'registered', data });
      const receipt = await found(id);
      assert.ok(receipt?.tag === 'refused');
      assert.match(receipt.why, /document 1047 of drive 9999078900001234/);
    });
  }
});
