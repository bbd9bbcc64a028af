import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { hour, second } from '../../../../src/domain/time.ts';
import { freshId } from '../../../support/given.ts';
import { notifyApp } from '../core.ts';
import { both, can, has, type Case } from '../case.ts';
import type { Notice, Stage } from '../stage.ts';
import { paidNotice, post } from './b-delivery.ts';

/** Sends one forgery for an open payment and looks that nothing comes of it. */
async function forged(stage: Stage, forgery: string): Promise<string> {
  const id = await stage.pending();
  await stage.levers.act(id, 'pay', { forge: forgery });
  const { state } = await stage.payment(id);
  assert.ok(state === 'pending' || state === 'review', `${forgery}: ${state}`);
  assert.deepEqual(await stage.credits(id), [], forgery);
  return stage.results.at(-1) ?? '';
}

const isRefused = (result: string): boolean =>
  result.startsWith('refused-') || result === 'hint-forged' || result === 'same';

const forgery = (no: number, title: string, ...words: readonly string[]): Case => ({
  no,
  title,
  needs: (system) => words.some((word) => system.forgeries.includes(word)),
  play: async (stage) => {
    for (const word of words.filter((each) => stage.system.forgeries.includes(each))) {
      const result = await forged(stage, word);
      assert.ok(isRefused(result), `${word}: ${result}`);
    }
  },
});
const misfit = (no: number, title: string, ...words: readonly string[]): Case => ({
  no,
  title,
  needs: (system) => words.some((word) => system.misfits.includes(word)),
  play: async (stage) => {
    for (const word of words.filter((each) => stage.system.misfits.includes(each))) {
      const result = await forged(stage, word);
      const isTaken =
        result.startsWith('review-') || ['conflict', 'ignored', 'parked'].includes(result);
      assert.ok(isRefused(result) || isTaken, `${word}: ${result}`);
    }
  },
});

/** The payer truly pays another sum. */
const otherSum = async (stage: Stage, by: number): Promise<void> => {
  const id = await stage.pending();
  await stage.levers.tries(id, 'pay', { amountMinor: 123_450 + by });
  const { state } = await stage.payment(id);
  assert.ok(state === 'review' || state === 'pending', state);
  assert.deepEqual(await stage.credits(id), []);
  if (!stage.system.traits.includes('asks-first')) assert.equal(state, 'review');
};

const garbage: readonly (readonly [string, Record<string, string>, Buffer])[] = [
  [
    'doubled keys',
    { 'content-type': 'application/x-www-form-urlencoded' },
    Buffer.from('a=1&a=2&b='),
  ],
  [
    'a prototype',
    { 'content-type': 'application/json' },
    Buffer.from('{"__proto__":{"x":1},"a":[1]}'),
  ],
  ['arrays', { 'content-type': 'application/json' }, Buffer.from('[[[[]]]]')],
  ['no UTF-8', { 'content-type': 'application/json' }, Buffer.from([0xff, 0xfe, 0x7b, 0x7d])],
  ['the wrong type', { 'content-type': 'image/png' }, Buffer.from('{}')],
  ['nothing', {}, Buffer.alloc(0)],
  ['a bomb', { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(1_000_000))],
  ['ten megabytes', { 'content-type': 'application/json' }, Buffer.alloc(10_000_000, 0x61)],
];

/** C. What liars try. */
export const forgeryAndTampering: readonly Case[] = [
  forgery(28, 'a wrong signature', 'signature'),
  forgery(29, 'no signature', 'unsigned'),
  forgery(30, 'the signature of another secret', 'secret'),
  {
    no: 31,
    title: 'truly signed, another sum by one smallest unit: people decide, nothing is credited',
    play: async (stage) => {
      await otherSum(stage, -1);
      await otherSum(stage, 1);
    },
  },
  misfit(32, 'truly signed, another currency: nothing is credited', 'currency', 'amount', 'shift'),
  misfit(33, 'truly signed, another payee: nothing is credited', 'payee'),
  misfit(34, 'a test payment told to a live shop, or the other way round', 'mode'),
  {
    no: 35,
    title: 'an old proof of payment replayed after a refund: nothing changes',
    needs: can('refund'),
    play: async (stage) => {
      const id = await stage.paid();
      const notice = await paidNotice(stage, id);
      await stage.refund(id, 100_000n);
      await stage.pass(2 * hour, 30 * 60 * second);
      const before = [await stage.credits(id), await stage.refunds(id)];
      await post(stage, notice);

      assert.deepEqual([await stage.credits(id), await stage.refunds(id)], before);
    },
  },
  forgery(36, 'a time stamp older than is tolerated', 'old'),
  forgery(37, 'a time stamp from the future', 'future'),
  forgery(38, 'the same meaning in other bytes', 'body', 'shift'),
  {
    no: 39,
    title:
      'digits of a signature in either case are good; of the wrong length they are refused, without a crash',
    needs: ({ traits }) => traits.includes('signed'),
    play: async (stage) => {
      const id = await stage.pending();
      await stage.levers.hold(true);
      await stage.levers.act(id, 'pay');
      await stage.levers.hold(false, false);
      await stage.timers.advance(second);
      const notice = await paidNotice(stage, id);
      const now = stage.clock.now();
      const tagOf = (change: (hex: string) => string) =>
        stage.plain.readNotification(resigned(notice, change), now).tag;

      assert.equal(
        tagOf((hex) => hex),
        'proof',
      );
      assert.equal(
        tagOf((hex) => hex.toUpperCase()),
        'proof',
      );
      assert.equal(
        tagOf((hex) => hex.toLowerCase()),
        'proof',
      );
      for (const wrong of [(hex: string) => hex.slice(1), (hex: string) => `${hex}0`, () => '']) {
        assert.equal(tagOf(wrong), 'refused');
      }
    },
  },
  {
    no: 40,
    title:
      'doubled keys, prototypes, arrays, no UTF-8, bombs, ten megabytes: refused, nothing changes',
    play: async (stage) => {
      const id = await stage.pending();
      for (const [name, headers, body] of garbage) {
        const status = await post(stage, { id: '', kind: '', headers, body }).catch(() => 413);
        assert.ok(status < 500, `${name}: ${String(status)}`);
      }
      await stage.isUnpaid(id, 'pending');
      await stage.levers.act(id, 'pay');
      await stage.isPaidOnce(id);
    },
  },
  forgery(41, 'a weaker digest than the configured one', 'weak', 'legacy', 'sha1'),
  {
    ...forgery(42, 'a forged hint: the object says otherwise', 'body', 'missing'),
    needs: (system) => system.traits.includes('hints'),
  },
  {
    no: 43,
    title:
      'a foreign address is refused, also with a forwarded header of its own; through our proxy the true one is taken',
    needs: ({ forgeries }) => forgeries.includes('source'),
    play: async (stage) => {
      assert.match(await forged(stage, 'source'), /^refused-source/);
      const id = await stage.paid();
      const notice = await paidNotice(stage, id);
      const results: string[] = [];
      const bare = notifyApp(
        () => stage.core,
        (result) => results.push(result),
      );
      await stage.servedBy(bare, () => post(stage, notice));

      assert.deepEqual(results, ['refused-source']);
    },
  },
  {
    no: 44,
    title: 'two secrets are good while one is replaced, the retired one is not',
    needs: has('rotation'),
    play: async (stage) => {
      const rotating = stage.system.rotating?.(stage.outsideUrl);
      assert.ok(rotating);
      const id = await stage.paid();
      const notice = await paidNotice(stage, id);
      const now = stage.clock.now();

      assert.equal(rotating.both.readNotification(notice, now).tag, 'proof');
      assert.equal(rotating.retired.readNotification(notice, now).tag, 'refused');
    },
  },
  {
    no: 45,
    title: 'a browser that comes back with somebody else’s payment: no change, nothing shown',
    play: async (stage) => {
      const id = await stage.pending();
      await stage.timers.advance(11 * second);
      const before = await stage.payment(id);
      await stage.core.lookAt(id, freshId());

      assert.deepEqual(await stage.payment(id), before);
      assert.equal(await stage.stores.payments.find(id, freshId()), undefined);
    },
  },
  {
    no: 46,
    title: 'the payer edits the form and pays less: never credited as the whole',
    needs: both(has('payer-form')),
    play: async (stage) => {
      const id = await stage.pending();
      await stage.levers.tries(id, 'pay', { amountMinor: 100 });
      const { state } = await stage.payment(id);

      assert.ok(state === 'review' || state === 'pending', state);
      assert.deepEqual(await stage.credits(id), []);
    },
  },
];

/** The same notice with every digest in it changed: 40 hex digits or more, in headers or body. */
function resigned(notice: Notice, change: (hex: string) => string): Notice {
  const digest = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/gi;
  const text = Buffer.from(notice.body).toString('utf8');
  const names = /signature|sign=|"Token":"|LMI_HASH/i;
  const headers = Object.fromEntries(
    Object.entries(notice.headers).map(([name, value]) => [
      name,
      typeof value === 'string' && names.test(name) ? value.replace(digest, change) : value,
    ]),
  );
  const body = names.test(text) ? text.replace(digest, change) : text;
  return { ...notice, headers, body: Buffer.from(body) };
}
