import assert from 'node:assert/strict';
import type { InboxEvent } from '../../src/application/ports/payment-store.ts';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { CustomerId, PaymentId } from '../../src/domain/ids.ts';
import type { Claim } from '../../src/domain/payment-claim.ts';
import { settle, type Settlement } from '../../src/domain/payment-settlement.ts';
import type { CreatedPayment, Payment } from '../../src/domain/payment.ts';
import { later, minute, type Instant } from '../../src/domain/time.ts';
import { freshId, givenAccount, givenCustomer, noon } from '../support/given.ts';
import { givenClaim, givenEvent, givenPayment, papersFor } from '../support/given-payments.ts';
import { onEveryStore } from '../support/portal-stores.ts';

onEveryStore('the payment store', (stores) => {
  let anna: Customer;
  let account: Account;
  const request = { key: 'key-1', hash: 'hash-1' };
  const givenAdded = async (facts: Partial<CreatedPayment> = {}): Promise<CreatedPayment> => {
    const payment = givenPayment(account, noon, facts);
    await stores().payments.add(payment, { key: payment.id, hash: '' });
    return payment;
  };
  const givenSent = async (): Promise<PaymentId> => {
    const { id } = await givenAdded();
    await stores().payments.takeToSend(id, noon);
    return id;
  };
  const apply = (
    id: PaymentId,
    event: InboxEvent | undefined,
    decide: (payment: Payment) => Settlement = byClaim(),
  ) => stores().payments.apply(id, event, decide, papersFor(), 2026);
  const byClaim =
    (claim: Claim = givenClaim(), now: Instant = noon) =>
    (payment: Payment) =>
      settle(payment, claim, 'live', now);
  const stateOf = async (id: PaymentId) => (await stores().payments.find(id, anna.id))?.state;
  const commands = () => stores().outbox.take(100, minute, noon);

  beforeEach(async () => {
    anna = givenCustomer();
    account = givenAccount(anna);
    await stores().customers.put(anna, 1);
  });

  describe('a wish to pay', () => {
    it('is kept as it is', async () => {
      const payment = givenPayment(account);

      assert.equal(await stores().payments.add(payment, request), 'added');
      assert.deepEqual(await stores().payments.find(payment.id, anna.id), payment);
    });

    it('is one payment by its key, however often it is sent at once', async () => {
      const wishes = Array.from({ length: 20 }, () => givenPayment(account));

      const answers = await Promise.all(wishes.map((wish) => stores().payments.add(wish, request)));

      assert.equal(answers.filter((answer) => answer === 'added').length, 1);
      const [kept, ...others] = await stores().payments.list(anna.id, 50, undefined);
      assert.deepEqual(others, []);
      for (const answer of answers) {
        if (answer !== 'added') assert.deepEqual(answer, { existing: kept, sameRequest: true });
      }
    });

    it('with a used key and other content shows the payment that has the key', async () => {
      const first = givenPayment(account);
      await stores().payments.add(first, request);

      const other = { ...request, hash: 'hash-2' };
      const answer = await stores().payments.add(givenPayment(account), other);

      assert.deepEqual(answer, { existing: first, sameRequest: false });
    });

    it('may have a key another customer used', async () => {
      await stores().payments.add(givenPayment(account), request);

      const theirs = givenPayment(givenAccount(givenCustomer()));

      assert.equal(await stores().payments.add(theirs, request), 'added');
    });
  });

  describe('another customer', () => {
    it('finds no payment of this one', async () => {
      const { id } = await givenAdded();
      const stranger = freshId<CustomerId>();

      assert.equal(await stores().payments.find(id, stranger), undefined);
      assert.deepEqual(await stores().payments.list(stranger, 10, undefined), []);
      assert.deepEqual(await stores().payments.list(stranger, 10, freshId<PaymentId>()), []);
    });
  });

  describe('the list', () => {
    it('is newest first, and goes on where a page ended whatever came meanwhile', async () => {
      const added: PaymentId[] = [];
      for (let n = 0; n < 7; n += 1) added.push((await givenAdded()).id);

      const first = await stores().payments.list(anna.id, 4, undefined);
      await givenAdded();
      const rest = await stores().payments.list(anna.id, 4, first.at(-1)?.id);

      assert.deepEqual(
        [...first, ...rest].map(({ id }) => id),
        added.toReversed(),
      );
    });
  });

  describe('a proved success', () => {
    it('moves the payment and brings credit, receipt, command and news in one commit', async () => {
      const id = await givenSent();

      const applied = await apply(id, givenEvent('e1'));

      assert.equal(applied.result, 'moved');
      const payment = await stores().payments.find(id, anna.id);
      assert.equal(payment?.state, 'succeeded');
      assert.deepEqual(applied, { result: 'moved', payment });
      assert.deepEqual(await stores().credited(anna.id), [50_000n]);
      assert.ok(await stores().receipts.find(id, anna.id));
      assert.deepEqual(
        (await commands()).map(({ body }) => body),
        [id],
      );
      const news = { seq: 1, kind: 'payment', paymentId: id, state: 'succeeded' };
      assert.deepEqual(await stores().accounts.feedAfter(anna.id, 0, 10), [news]);
    });

    it('counts once, however often its notification is delivered at once', async () => {
      const id = await givenSent();
      const event = givenEvent('e1');

      const applied = await Promise.all(Array.from({ length: 20 }, () => apply(id, event)));

      const results = applied.map(({ result }) => result);
      assert.equal(results.filter((result) => result === 'moved').length, 1);
      assert.equal(results.filter((result) => result === 'duplicate').length, 19);
      await assertPaidOnce(id);
    });

    it('counts once, whoever reports it: different events, our question, at once', async () => {
      const id = await givenSent();
      const events = Array.from({ length: 20 }, (_, n) =>
        n % 3 === 0 ? undefined : givenEvent(`e${String(n)}`),
      );

      const applied = await Promise.all(events.map((event) => apply(id, event)));

      assert.equal(applied.filter(({ result }) => result === 'moved').length, 1);
      assert.equal(applied.filter(({ result }) => result === 'same').length, 19);
      await assertPaidOnce(id);
    });

    const assertPaidOnce = async (id: PaymentId) => {
      assert.equal(await stateOf(id), 'succeeded');
      assert.deepEqual(await stores().credited(anna.id), [50_000n]);
      assert.equal((await commands()).length, 1);
      assert.equal(await stores().accounts.feedEnd(anna.id), 1);
      assert.match((await stores().receipts.find(id, anna.id))?.number ?? '', /-0001$/);
    };

    it('changes nothing at all if any part of it fails, and counts when it comes again', async () => {
      const id = await givenSent();
      const event = givenEvent('e1');
      const onFire = () => {
        throw new Error('the printer is on fire');
      };
      const broken = { success: onFire, refund: onFire, reversal: onFire };

      const failing = stores().payments.apply(id, event, byClaim(), broken, 2026);

      await assert.rejects(failing, /on fire/);
      assert.equal(await stateOf(id), 'initiating');
      assert.deepEqual(await stores().credited(anna.id), []);
      assert.deepEqual(await commands(), []);
      assert.equal(await stores().accounts.feedEnd(anna.id), 0);
      assert.equal((await apply(id, event)).result, 'moved');
      assert.match((await stores().receipts.find(id, anna.id))?.number ?? '', /-0001$/);
    });

    it('of a payer nobody knows is a bug, and writes no receipt without a contract', async () => {
      const stranger = givenAccount(givenCustomer());
      const payment = givenPayment(stranger);
      await stores().payments.add(payment, request);
      await stores().payments.takeToSend(payment.id, noon);

      await assert.rejects(apply(payment.id, givenEvent('e1')), { name: 'InvariantBroken' });
      const { state } = (await stores().payments.find(payment.id, stranger.customerId))!;
      assert.equal(state, 'initiating');
    });
  });

  describe('a proof', () => {
    it('of a payment we do not know is parked, and counts once we know it', async () => {
      const payment = givenPayment(account);
      const event = givenEvent('e1');

      const early = await apply(payment.id, event);
      const parked = await stores().payments.park(event, payment.id, later(noon, minute));
      await stores().payments.add(payment, request);
      await stores().payments.takeToSend(payment.id, noon);
      const rewritten = givenEvent('e1', { bodyHash: 'the same, written anew' });
      const late = await apply(payment.id, rewritten);
      const again = await apply(payment.id, rewritten);

      assert.deepEqual(early, { result: 'payment-unknown' });
      assert.deepEqual(parked, { firstSeenAt: noon });
      assert.equal(late.result, 'moved');
      assert.deepEqual(again, { result: 'duplicate' });
      assert.deepEqual(await stores().credited(anna.id), [50_000n]);
    });

    it('that names no payment of ours keeps the time it was first seen', async () => {
      const event = givenEvent('e1');

      const first = await stores().payments.park(event, 'what is this', noon);
      const again = await stores().payments.park(event, 'what is this', later(noon, minute));

      assert.deepEqual([first, again], [{ firstSeenAt: noon }, { firstSeenAt: noon }]);
    });

    it('under a used key with another body is a conflict and changes nothing', async () => {
      const id = await givenSent();
      await apply(id, givenEvent('e1'), byClaim(givenClaim({ state: 'open' })));

      const forged = await apply(id, givenEvent('e1', { bodyHash: 'another' }));

      assert.equal(forged.result, 'conflict');
      assert.equal(await stateOf(id), 'pending');
    });

    it('with the same key at another provider is another one', async () => {
      const id = await givenSent();
      await apply(id, givenEvent('e1'), byClaim(givenClaim({ state: 'open' })));

      const other = await apply(id, givenEvent('e1', { provider: 'beta' }));

      assert.equal(other.result, 'moved');
    });

    it('that contradicts what we know is answered as a conflict, once', async () => {
      const { id } = await givenAdded();
      const conflict = () => ({ kind: 'conflict', why: 'never sent' }) as const;

      const first = await apply(id, givenEvent('e1'), conflict);
      const again = await apply(id, givenEvent('e1'), conflict);

      assert.deepEqual(first, { result: 'conflict', why: 'never sent' });
      assert.deepEqual(again, { result: 'duplicate' });
      assert.equal(await stateOf(id), 'created');
    });

    it('that says nothing new leaves the payment and tells no page', async () => {
      const id = await givenSent();
      const before = await stores().payments.find(id, anna.id);

      const applied = await apply(id, givenEvent('e1'), () => ({ kind: 'same' }));

      assert.deepEqual(applied, { result: 'same', payment: before });
      assert.equal(await stores().accounts.feedEnd(anna.id), 0);
    });
  });
});
