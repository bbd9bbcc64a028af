import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Account } from '../../src/domain/account.ts';
import type { PaymentId } from '../../src/domain/ids.ts';
import { settle } from '../../src/domain/payment-settlement.ts';
import { nextLook } from '../../src/domain/payment-schedule.ts';
import { markPending, moved, type Payment, type Redirect } from '../../src/domain/payment.ts';
import { hour, later, minute, second, type Instant } from '../../src/domain/time.ts';
import { anyClaim } from '../support/any.ts';
import { fcFewRuns } from '../support/fc-runs.ts';
import { givenAccount, givenCustomer, noon } from '../support/given.ts';
import { givenPayment, papersFor } from '../support/given-payments.ts';
import { onEveryStore } from '../support/portal-stores.ts';

onEveryStore('the payment store as the worker sees it', (stores) => {
  let account: Account;
  beforeEach(async () => {
    const anna = givenCustomer();
    account = givenAccount(anna);
    await stores().customers.put(anna, 1);
  });
  const givenAdded = async (now: Instant = noon): Promise<PaymentId> => {
    const payment = givenPayment(account, now);
    await stores().payments.add(payment, { key: payment.id, hash: '' });
    return payment.id;
  };
  const find = async (id: PaymentId): Promise<Payment> => {
    const payment = await stores().payments.find(id, account.customerId);
    assert.ok(payment);
    return payment;
  };
  const givenPending = async (redirect: Redirect, now: Instant = noon): Promise<PaymentId> => {
    const id = await givenAdded(now);
    await stores().payments.takeToSend(id, now);
    const decide = (payment: Payment) => {
      assert.equal(payment.state, 'initiating');
      const pending = markPending(payment, { providerRef: 'ref', redirect }, now);
      return { kind: 'moved', payment: pending } as const;
    };
    await stores().payments.apply(id, undefined, decide, papersFor(), 2026);
    return id;
  };
  const toProvider: Redirect = { kind: 'get', url: 'https://pay.example/1?a=%20' };

  describe('sending', () => {
    it('takes a new payment once, whoever else wants it', async () => {
      const id = await givenAdded();

      const taken = await Promise.all(
        Array.from({ length: 20 }, () => stores().payments.takeToSend(id, noon)),
      );

      const [mine, ...others] = taken.filter((one) => one !== undefined);
      assert.deepEqual(others, []);
      assert.equal(mine?.state, 'initiating');
      assert.equal(mine.attempts, 1);
      assert.deepEqual(await find(id), mine);
    });

    it('takes what nobody sent when its time has come, not before', async () => {
      const id = await givenAdded();
      const due = nextLook(await find(id))!;

      const early = await stores().payments.takeDueToSend(later(due, -1), 10);
      const inTime = await stores().payments.takeDueToSend(due, 10);

      assert.deepEqual(early, []);
      assert.deepEqual(
        inTime.map((one) => [one.id, one.state, one.attempts]),
        [[id, 'initiating', 1]],
      );
    });

    it('takes what nobody knows the outcome of again, after ever longer pauses', async () => {
      const id = await givenAdded();
      const pauses: number[] = [];
      let before = (await stores().payments.takeToSend(id, noon))!.updatedAt;

      for (let n = 0; n < 8; n += 1) {
        const at = nextLook(await find(id))!;
        assert.deepEqual(await stores().payments.takeDueToSend(later(at, -1), 10), []);
        const [again] = await stores().payments.takeDueToSend(at, 10);
        assert.equal(again?.attempts, n + 2);
        pauses.push(at - before);
        before = at;
      }

      const day = 24 * hour;
      const known = [15 * second, minute, 5 * minute, 15 * minute];
      // The fifth pause would be an hour: the payer's time ends before it.
      const toTheEnd = hour - known.reduce((sum, pause) => sum + pause, 0);
      assert.deepEqual(pauses, [...known, toTheEnd, 6 * hour, day, day]);
    });

    it('shares what is due among the workers, each payment to one', async () => {
      for (let n = 0; n < 30; n += 1) await givenAdded();
      const at = later(noon, minute);

      const taken = await Promise.all(
        Array.from({ length: 8 }, () => stores().payments.takeDueToSend(at, 5)),
      );

      const ids = taken.flat().map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
      assert.ok(taken.every((some) => some.length <= 5));
    });

    it('takes those first that wait longest, and no more than asked', async () => {
      const late = await givenAdded(later(noon, minute));
      const early = await givenAdded();

      const [first] = await stores().payments.takeDueToSend(later(noon, hour), 1);
      const rest = await stores().payments.takeDueToSend(later(noon, hour), 9);

      assert.equal(first?.id, early);
      assert.deepEqual(
        rest.map(({ id }) => id),
        [late],
      );
    });

    it('takes nothing the provider has already', async () => {
      const id = await givenPending(toProvider);

      assert.equal(await stores().payments.takeToSend(id, noon), undefined);
      assert.deepEqual(await stores().payments.takeDueToSend(later(noon, 48 * hour), 10), []);
    });
  });

  describe('asking', () => {
    it('takes a pending payment when its time has come, for one worker', async () => {
      const id = await givenPending(toProvider);
      const due = nextLook(await find(id))!;

      assert.deepEqual(await stores().payments.takeDueToAsk(later(due, -1), 10), []);
      const taken = await Promise.all(
        Array.from({ length: 8 }, () => stores().payments.takeDueToAsk(due, 10)),
      );

      assert.deepEqual(
        taken.flat().map((one) => one.id),
        [id],
      );
    });

    it('asks at the times of the schedule, not more often, while nobody answers', async () => {
      const id = await givenPending(toProvider);
      const asked: number[] = [];

      for (let at = noon; at <= later(noon, 5 * hour); at = later(at, minute)) {
        const [taken] = await stores().payments.takeDueToAsk(at, 10);
        if (taken !== undefined) asked.push((at - noon) / minute);
      }

      assert.deepEqual(asked, [10, 60, 120]);
      const payment = await find(id);
      assert.equal(payment.state, 'pending');
      assert.deepEqual('redirect' in payment && payment.redirect, toProvider);
    });

    it('takes no settled payment', async () => {
      const id = await givenPending(toProvider);
      const decide = (payment: Payment) => {
        const next = { state: 'canceled', providerRef: 'ref' } as const;
        return { kind: 'moved', payment: moved(payment, next, noon) } as const;
      };
      await stores().payments.apply(id, undefined, decide, papersFor(), 2026);

      const muchLater = later(noon, 48 * hour);
      assert.deepEqual(await stores().payments.takeDueToAsk(muchLater, 10), []);
      assert.deepEqual(await stores().payments.takeDueToSend(muchLater, 10), []);
    });
  });

  it('keeps where the payer is sent, as a link and as a form', async () => {
    const form: Redirect = {
      kind: 'form-post',
      action: 'https://pay.example/',
      fields: [
        ['b', '2'],
        ['a', '«1»'],
      ],
    };
    for (const redirect of [toProvider, form]) {
      const payment = await find(await givenPending(redirect));

      assert.equal(payment.state, 'pending');
      assert.deepEqual('redirect' in payment && payment.redirect, redirect);
    }
  });

  it('gives back every payment just as it was saved, whatever happened to it', async () => {
    const anyClaims = fc.array(
      anyClaim(givenPayment(account), 'open', 'paid', 'failed', 'canceled', 'expired'),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(anyClaims, async (claims) => {
        const id = await givenAdded();
        let expected: Payment = (await stores().payments.takeToSend(id, noon))!;

        for (const claim of claims) {
          const decide = (payment: Payment) => settle(payment, claim, 'live', noon);
          const decided = decide(expected);
          if (decided.kind === 'moved') expected = decided.payment;
          await stores().payments.apply(id, undefined, decide, papersFor(), 2026);
        }

        assert.deepEqual(await find(id), expected);
      }),
      fcFewRuns,
    );
  });
});
