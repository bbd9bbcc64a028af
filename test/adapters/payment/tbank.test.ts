import assert from 'node:assert/strict';
import { tbank } from '../../../src/adapters/payment/tbank/tbank.ts';
import { hour, minute } from '../../../src/domain/time.ts';
import {
  asked,
  givenTbankDesk,
  newId,
  password,
  rub,
  terminalKey,
  value,
  type TbankDesk,
} from './tbank-desk.ts';

const nobody = 'http://127.0.0.1:1';

describe('a card payment at T-Bank', () => {
  let desk: TbankDesk;
  beforeEach(async () => (desk = await givenTbankDesk()));
  afterEach(() => desk.close());
  const made = async (id: Parameters<TbankDesk['look']>[0]) => (await desk.look(id)).made;

  describe('that is created', () => {
    it('has a page for its payer, until its time is over', async () => {
      const wish = desk.command({ description: 'Счёт 7000001-1 & «дом» <b> "a" 🏠' });

      const { redirect, expiresAt, ref } = value(await desk.provider.create(wish, 4_000));

      assert.match(ref ?? '', /^\d+$/);
      assert.equal(expiresAt, wish.expiresAt);
      assert.ok(redirect.kind === 'get');
      const page = await (await fetch(redirect.url)).text();
      assert.match(page, /Счёт 7000001-1 &amp; «дом» &lt;b&gt; (&quot;|")a(&quot;|") 🏠/);
      await desk.timers.advance(hour - minute);
      assert.equal((await desk.claim({ paymentId: wish.paymentId, ref })).state, 'open');
      await desk.timers.advance(minute);
      assert.equal((await desk.claim({ paymentId: wish.paymentId, ref })).state, 'expired');
    });

    it('may be described at any length, and be as small as a kopeck', async () => {
      await desk.create({ description: '🏠'.repeat(5_000) });
      await desk.create({ amount: rub(1n) });
    });

    it('is one payment there however often it is asked for; its page is told once only', async () => {
      const [one, three] = [desk.command(), desk.command()];

      const first = await desk.provider.create(one, 4_000);
      const again = await desk.provider.create(one, 4_000);
      const other = await desk.provider.create({ ...one, amount: rub(1n) }, 4_000);
      const atOnce = await Promise.all([1, 2, 3].map(() => desk.provider.create(three, 4_000)));

      assert.deepEqual([first.tag, again.tag, other.tag], ['done', 'unknown', 'unknown']);
      assert.equal(atOnce.filter(({ tag }) => tag === 'done').length, 1);
      assert.deepEqual([await made(one.paymentId), await made(three.paymentId)], [1, 1]);
      assert.equal((await desk.look(one.paymentId))['amountMinor'], '123450');
    });

    for (const fault of ['reset-before-effect', '500-before-effect'] as const) {
      it(`is created after all, within the deadline, when the call never arrived: ${fault}`, async () => {
        const wish = desk.command();
        await desk.fault('create', fault);

        value(await desk.provider.create(wish, 4_000));

        assert.equal(await made(wish.paymentId), 1);
      });
    }

    for (const fault of ['reset-after-effect', '500-after-effect', 'hang-after-effect'] as const) {
      it(`stays unknown when the answer with its page is lost, is left alone, and can be asked for: ${fault}`, async () => {
        const wish = desk.command();
        await desk.fault('create', fault);

        const lost = await desk.provider.create(wish, 1_500);
        const again = await desk.provider.create(wish, 1_500);

        assert.deepEqual([lost.tag, again.tag], ['unknown', 'unknown']);
        assert.equal(await made(wish.paymentId), 1);
        const { state } = await desk.claim({ paymentId: wish.paymentId, ref: undefined });
        assert.equal(state, 'open');
        await desk.timers.advance(hour);
        const end = await desk.claim({ paymentId: wish.paymentId, ref: undefined });
        assert.equal(end.state, 'expired');
      });
    }

    it('is unknown within the deadline while nothing answers at all', async () => {
      const wish = desk.command();
      await desk.fault('create', 'hang-before-effect', 100);
      await desk.fault('query', 'hang-before-effect', 100);

      const start = performance.now();
      const { tag } = await desk.provider.create(wish, 700);

      assert.equal(tag, 'unknown');
      assert.ok(performance.now() - start < 1_000);
    });

    it('is surely not made when the rate is limited, nobody listens, or the terminal is not ours', async () => {
      const wish = desk.command();
      const provider = (over: object) => tbank({ ...desk.settings, ...over });
      const shut = await givenTbankDesk();
      await shut.close();
      await desk.fault('create', '429');

      const outcomes = [
        await desk.provider.create(wish, 4_000),
        await provider({ apiUrl: nobody }).create(wish, 4_000),
        await provider({ apiUrl: shut.settings.apiUrl }).create(wish, 4_000),
        await provider({ passwords: ['wrong'] }).create(wish, 4_000),
        await provider({ terminalKey: 'strangerDEMO' }).create(wish, 4_000),
        await provider({ passwords: ['wrong'] }).query?.({ paymentId: wish.paymentId, ref: '1' }),
        await provider({ apiUrl: nobody }).query?.({ paymentId: wish.paymentId, ref: undefined }),
      ];

      assert.deepEqual([...new Set(outcomes.map((each) => each?.tag))], ['not-attempted']);
      assert.equal(await made(wish.paymentId), 0);
      for (const secret of [password, terminalKey]) {
        assert.ok(!JSON.stringify(outcomes).includes(secret));
      }
      value(await desk.provider.create(wish, 4_000));
    });

    it('is refused for good with a sum that cannot be taken there, or a page that is no address', async () => {
      const wishes = [
        desk.command({ amount: rub(0n) }),
        desk.command({ amount: rub(10n ** 15n) }),
        desk.command({ amount: { minor: 100n, currency: 'USD' } }),
        desk.command({ amount: { minor: 100n, currency: 'JPY' } }),
        desk.command({ returnUrl: 'nowhere' }),
      ];
      for (const wish of wishes) {
        assert.equal((await desk.provider.create(wish, 4_000)).tag, 'invalid');
        assert.equal(await made(wish.paymentId), 0);
      }
    });

    it('is not refused for good while nobody can say whether it is there', async () => {
      const wish = desk.command({ returnUrl: 'nowhere' });
      await desk.fault('query', 'reset-before-effect', 10);

      assert.equal((await desk.provider.create(wish, 4_000)).tag, 'unknown');
    });
  });

  describe('that is asked for', () => {
    it('stands as it stands: open, open after a declined card, paid', async () => {
      const key = await desk.create();

      const states = [(await desk.claim(key)).state];
      await desk.act(key.paymentId, 'decline');
      states.push((await desk.claim(key)).state);
      await desk.act(key.paymentId, 'pay');
      const paid = await desk.claim(key);

      assert.deepEqual(states, ['open', 'open']);
      const { state, amount, mode, ref } = paid;
      assert.deepEqual([state, amount, mode, ref], ['paid', asked, 'test', key.ref]);
      assert.deepEqual(await desk.claim({ ...key, ref: undefined }), paid);
    });

    it('is the one of our id, also under another payment’s number', async () => {
      const [one, two] = [await desk.create(), await desk.paid()];

      const { state, ref } = await desk.claim({ ...one, ref: two.ref });

      assert.deepEqual([state, ref], ['open', one.ref]);
    });

    it('is absent when nobody has heard of it, and invalid under what is no number', async () => {
      const stranger = newId();

      for (const ref of [undefined, '1']) {
        assert.equal(value(await desk.provider.query({ paymentId: stranger, ref })), 'absent');
      }
      for (const ref of ['', '../Init', '1e9', '9'.repeat(21)]) {
        assert.equal((await desk.provider.query({ paymentId: stranger, ref })).tag, 'invalid');
        assert.equal((await desk.provider.look(ref)).tag, 'invalid');
      }
    });

    it('is looked at by the bank’s number alone, which tells whose it is', async () => {
      const key = await desk.paid();

      const seen = value(await desk.provider.look(key.ref));

      assert.ok(seen !== 'absent');
      assert.deepEqual([seen.of, seen.claim.state], [{ by: 'id', id: key.paymentId }, 'paid']);
      assert.equal(value(await desk.provider.look('1')), 'absent');
    });

    it('is not guessed at when no answer comes', async () => {
      const key = await desk.paid();
      await desk.fault('query', 'reset-before-effect', 2);

      assert.equal((await desk.provider.query(key)).tag, 'unknown');
      assert.equal((await desk.provider.look(key.ref)).tag, 'unknown');
    });
  });
});
