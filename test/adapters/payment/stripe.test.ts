import assert from 'node:assert/strict';
import { stripe } from '../../../src/adapters/payment/stripe/stripe.ts';
import { day, hour, instant, minute } from '../../../src/domain/time.ts';
import {
  asked,
  givenStripeDesk,
  losses,
  newId,
  proofs,
  rub,
  value,
  type StripeDesk,
} from './stripe-shop.ts';

describe('a card payment at Stripe', () => {
  let desk: StripeDesk;
  beforeEach(async () => (desk = await givenStripeDesk()));
  afterEach(() => desk.close());

  describe('that only holds the money', () => {
    const held = async () => desk.paid({ holds: true });

    it('is told as held, by a notification and to whoever asks', async () => {
      const key = await desk.create({ holds: true });
      await desk.act(key.paymentId, 'pay');

      const told = proofs(await desk.readings());
      const { state, amount, ref } = await desk.claim(key);

      assert.deepEqual([state, amount, ref], ['held', asked, key.ref]);
      assert.deepEqual(
        told.map(({ of, claim }) => [of, claim.state, claim.amount]),
        [[{ by: 'id', id: key.paymentId }, 'held', asked]],
      );
    });

    it('is taken as a whole or in part, once; what is taken already is answered as it stands', async () => {
      const [whole, part] = [await held(), await held()];

      const claims = [
        value(await desk.provider.capture(whole, asked)),
        value(await desk.provider.capture(part, rub(50_000n))),
        value(await desk.provider.capture(part, asked)),
        await desk.claim(part),
      ];

      assert.deepEqual(
        claims.map(({ state, amount, ref }) => [state, amount, ref]),
        [
          ['paid', asked, whole.ref],
          ['paid', rub(50_000n), part.ref],
          ['paid', rub(50_000n), part.ref],
          ['paid', rub(50_000n), part.ref],
        ],
      );
      const told = proofs(await desk.readings()).map(({ claim }) => claim.amount);
      assert.deepEqual(told, [asked, rub(50_000n)]);
    });

    it('is not taken above what is held, nor in another currency; then the right sum still is', async () => {
      const key = await held();

      const refused = [
        await desk.provider.capture(key, rub(123_451n)),
        await desk.provider.capture(key, { minor: 123_450n, currency: 'USD' }),
        await desk.provider.capture(key, rub(0n)),
        await desk.provider.capture({ paymentId: newId(), ref: 'cs_test_unheard' }, asked),
      ];

      assert.deepEqual([...new Set(refused.map(({ tag }) => tag))], ['invalid']);
      assert.equal(value(await desk.provider.capture(key, asked)).state, 'paid');
    });

    for (const fault of losses) {
      it(`is taken once although its answer is lost: ${fault}`, async () => {
        const key = await held();
        await desk.fault('capture', fault);

        const claim = value(await desk.provider.capture(key, rub(50_000n)));

        assert.deepEqual([claim.state, claim.amount], ['paid', rub(50_000n)]);
        assert.equal(proofs(await desk.readings()).length, 1);
      });

      it(`is let go although the answer is lost: ${fault}`, async () => {
        const key = await held();
        await desk.fault('cancel', fault);

        assert.equal(value(await desk.provider.cancel(key)).state, 'canceled');
        assert.deepEqual(
          proofs(await desk.readings()).map(({ claim }) => claim.state),
          ['canceled'],
        );
      });
    }

    it('stays unknown while every answer is lost, and held', async () => {
      const key = await held();
      await desk.fault('capture', 'reset-before-effect', 100);
      await desk.fault('cancel', 'reset-before-effect', 100);

      const outcomes = [await desk.provider.capture(key, asked), await desk.provider.cancel(key)];

      assert.deepEqual(
        outcomes.map(({ tag }) => tag),
        ['unknown', 'unknown'],
      );
      assert.equal((await desk.claim(key)).state, 'held');
    });

    it('is surely not touched when the rate is limited or the key is wrong', async () => {
      const key = await held();
      const stranger = stripe({ ...desk.settings, secretKey: 'sk_test_wrong' });
      await desk.fault('capture', '429');
      await desk.fault('cancel', '429');

      const outcomes = [
        await desk.provider.capture(key, asked),
        await desk.provider.cancel(key),
        await stranger.capture?.(key, asked),
        await stranger.cancel?.(key),
      ];

      assert.deepEqual([...new Set(outcomes.map((each) => each?.tag))], ['not-attempted']);
    });

    it('runs out after a week, by nobody’s wish', async () => {
      const key = await held();
      await desk.timers.advance(7 * day + minute);

      assert.equal((await desk.claim(key)).state, 'expired');
      assert.deepEqual(
        proofs(await desk.readings()).map(({ claim }) => claim.state),
        ['expired'],
      );
      assert.equal(value(await desk.provider.capture(key, asked)).state, 'expired');
    });
  });

  describe('that is cancelled', () => {
    it('is closed while its payer may still pay, and then cannot be paid', async () => {
      const key = await desk.create();

      const first = value(await desk.provider.cancel(key));
      const again = value(await desk.provider.cancel(key));

      assert.deepEqual([first.state, first.ref], ['canceled', key.ref]);
      assert.notEqual(again.state, 'open');
      assert.match(String((await desk.view(key.paymentId))['state']), /^expired/);
    });

    it('is answered as paid when its payer was faster', async () => {
      const key = await desk.paid();

      const claim = value(await desk.provider.cancel(key));

      assert.deepEqual([claim.state, claim.amount], ['paid', asked]);
      assert.equal((await desk.view(key.paymentId))['refundedMinor'], '0');
    });

    for (const fault of losses) {
      it(`is closed although the answer is lost: ${fault}`, async () => {
        const key = await desk.create();
        await desk.fault('cancel', fault);

        assert.equal(value(await desk.provider.cancel(key)).state, 'canceled');
      });
    }

    it('is nothing the provider has heard of', async () => {
      const stranger = { paymentId: newId(), ref: 'cs_test_unheard' };

      assert.equal((await desk.provider.cancel(stranger)).tag, 'invalid');
      assert.equal((await desk.provider.cancel({ ...stranger, ref: undefined })).tag, 'invalid');
    });
  });

  describe('whose name got lost', () => {
    it('is found by our own id, among many', async () => {
      const key = await desk.paid();
      for (let n = 0; n < 3; n += 1) await desk.create();

      const { state, ref } = await desk.claim({ ...key, ref: undefined });

      assert.deepEqual([state, ref], ['paid', key.ref]);
      const other = await desk.provider.query({ paymentId: newId(), ref: undefined });
      assert.equal(value(other), 'absent');
    });

    it('is captured, cancelled and paid back all the same', async () => {
      const nameless = async (holds: boolean) => ({
        ...(holds ? await desk.paid({ holds }) : await desk.create()),
        ref: undefined,
      });

      const [one, two] = [await nameless(true), await nameless(false)];

      assert.equal(value(await desk.provider.capture(one, asked)).state, 'paid');
      assert.equal(value(await desk.provider.cancel(two)).state, 'canceled');
    });
  });

  describe('in the list of a day', () => {
    const day1 = () => ({ from: instant(desk.now() - day), to: instant(desk.now() + hour) });

    it('stands when it was paid, with whose it is; not while it is open or held', async () => {
      const key = await desk.paid();
      await desk.paid({ holds: true });
      await desk.create();

      const { items, next } = value(await desk.provider.list(day1()));

      assert.equal(next, undefined);
      assert.deepEqual(
        items.map(({ of, claim }) => [of, claim.state, claim.amount, claim.ref]),
        [[{ by: 'id', id: key.paymentId }, 'paid', asked, key.ref]],
      );
    });

    it('stands in one window only: from its first moment, without its last', async () => {
      await desk.paid();
      const at = instant(Math.floor(desk.now() / 1_000) * 1_000);
      const countOf = async (from: number, to: number) =>
        value(await desk.provider.list({ from: instant(from), to: instant(to) })).items.length;

      assert.deepEqual(
        [
          await countOf(at - hour, at),
          await countOf(at, at + hour),
          await countOf(at + 1_000, at + hour),
        ],
        [0, 1, 0],
      );
    });

    it('is on one of as many pages as there are', async () => {
      const ids = new Set<string>();
      for (let n = 0; n < 103; n += 1) ids.add((await desk.paid()).paymentId);

      const first = value(await desk.provider.list(day1()));
      assert.ok(first.next !== undefined);
      const second = value(await desk.provider.list({ ...day1(), cursor: first.next }));

      assert.deepEqual([first.items.length, second.items.length, second.next], [100, 3, undefined]);
      const seen = [...first.items, ...second.items].map(({ of }) => of?.by === 'id' && of.id);
      assert.deepEqual(new Set(seen), ids);
    });

    it('is not guessed at when the list does not come, nor for a cursor of somebody else', async () => {
      await desk.fault('list', 'reset-before-effect');

      assert.equal((await desk.provider.list(day1())).tag, 'unknown');
      assert.equal((await desk.provider.list({ ...day1(), cursor: '../refunds' })).tag, 'invalid');
    });
  });
});
