import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fiscalHttp } from '../../../src/adapters/fiscal/fiscal-http.ts';
import { fiscalisePayments } from '../../../src/application/fiscal/fiscalise-payments.ts';
import type { PaymentId, RefundId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { settle } from '../../../src/domain/payment-settlement.ts';
import { day, later, type Instant } from '../../../src/domain/time.ts';
import { freshId, givenAccount, givenCustomer, noon } from '../../support/given.ts';
import { givenClaim, givenPayment, papersFor } from '../../support/given-payments.ts';
import { fcFewRuns } from '../../support/fc-runs.ts';
import { memoryStores } from '../../support/portal-stores.ts';
import { fiscal, givenSimulators, type Running } from '../simulators/running-simulators.ts';

const anna = givenCustomer();
const account = givenAccount(anna);

/** A payment of 500 roubles, 200 of them given back. */
async function givenPaidAndRefunded(stores: ReturnType<typeof memoryStores>): Promise<PaymentId> {
  const payment = givenPayment(account);
  await stores.payments.add(payment, { key: payment.id, hash: '' });
  await stores.payments.takeToSend(payment.id, noon);
  const claim = givenClaim({ ref: payment.id });
  const pay = (found: Parameters<typeof settle>[0]) => settle(found, claim, 'live', noon);
  await stores.payments.apply(payment.id, undefined, pay, papersFor(), 2026);
  const refund = {
    id: freshId<RefundId>(),
    ...{ paymentId: payment.id, customerId: anna.id, provider: 'alpha' },
    ...{ amount: money(20_000n, 'RUB'), debit: money(20_000n, 'RUB') },
    ...{ state: 'succeeded' as const, origin: 'staff' as const, reason: '', attempts: 1 },
    ...{ requestedBy: undefined, approvedBy: undefined, providerRef: 'r' },
    ...{ createdAt: noon, updatedAt: noon },
  };
  const decide = () => ({ kind: 'children' as const, refunds: [refund] });
  await stores.payments.apply(payment.id, undefined, decide, papersFor(), 2026);
  return payment.id;
}

describe('a register in trouble', function () {
  this.timeout(120_000);
  let running: Running;
  beforeEach(async () => (running = await givenSimulators()));
  afterEach(() => running.close());

  const anyFault = fc.constantFrom(
    ...(['500-after-effect', '500-before-effect', '429'] as const),
    ...(['reset-after-effect', 'reset-before-effect', 'hang-after-effect'] as const),
  );

  it('makes one document of each payment and refund in the end, the payment’s first', async () => {
    const anyTrouble = fc.record({
      faults: fc.array(anyFault, { maxLength: 6 }),
      waits: fc.nat(2),
      payments: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(anyTrouble, async ({ faults, waits, payments }) => {
        await running.post('/control/fiscal/reset', {});
        await running.post('/control/fiscal', { waits });
        for (const fault of faults) await running.post('/control/fiscal', { fault, delayMs: 150 });
        const stores = memoryStores();
        await stores.customers.put(anna, 1);
        const ids: PaymentId[] = [];
        for (let n = 0; n < payments; n += 1) ids.push(await givenPaidAndRefunded(stores));
        const settings = { taxSystem: 1, vat: 6, place: 'https://kabinet.example' };
        const url = `${running.url}/fiscal/v1`;
        const register = fiscalHttp({ ...settings, url, token: fiscal.token }, 100);
        let now: Instant = noon;
        const clock = { now: () => now };
        const work = fiscalisePayments(stores.fiscals, register, later(noon, -day), clock);

        for (let n = 0; n < 16; n += 1) {
          await work(20);
          now = later(now, day);
        }

        for (const id of ids) {
          const receipts = await stores.fiscals.find(id, anna.id);
          const told = receipts.map((one) => one.tag === 'registered' && one.data);
          const [income, back] = told;
          assert.ok(income && back);
          assert.deepEqual([income.operation, back.operation], [1, 2]);
          assert.deepEqual([income.total.minor, back.total.minor], [50_000n, 20_000n]);
          assert.ok(Number(income.document) < Number(back.document));
        }
        const { documents } = await running.get('/control/fiscal');
        assert.equal((documents as object[]).length, 2 * payments);
      }),
      fcFewRuns,
    );
  });
});
