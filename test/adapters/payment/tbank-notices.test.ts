import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tbank } from '../../../src/adapters/payment/tbank/tbank.ts';
import type { RawRequest, Reading } from '../../../src/application/ports/payment-provider.ts';
import { hour } from '../../../src/domain/time.ts';
import {
  asked,
  givenTbankDesk,
  password,
  readBy,
  rub,
  value,
  type TbankDesk,
} from './tbank-desk.ts';

type Proof = Extract<Reading, { readonly tag: 'proof' }>;

describe('a notification of T-Bank, as it was sent', () => {
  let desk: TbankDesk;
  beforeEach(async () => (desk = await givenTbankDesk()));
  afterEach(() => desk.close());
  const proof = async (): Promise<Proof> => {
    const [reading, ...more] = await desk.readings();
    assert.ok(reading?.tag === 'proof' && more.length === 0, reading?.tag);
    return reading;
  };
  const sent = async (outcome = 'pay', more: object = {}): Promise<RawRequest> => {
    const { paymentId } = await desk.create();
    await desk.act(paymentId, outcome, more);
    const [raw] = await desk.notices();
    assert.ok(raw);
    return raw;
  };

  it('says whose payment was paid, how much, under a key of its own', async () => {
    const key = await desk.create();
    await desk.act(key.paymentId, 'pay');

    const { of, claim, eventKey } = await proof();

    assert.deepEqual(of, { by: 'id', id: key.paymentId });
    const { state, amount, ref, mode } = claim;
    assert.deepEqual([state, amount, ref, mode], ['paid', asked, key.ref, 'test']);
    assert.equal(eventKey, `${key.ref}:CONFIRMED:123450`);
    assert.ok(!eventKey.includes(password));
  });

  it('says that money is held, was taken in part, or let go', async () => {
    const [one, two] = [await desk.create({ holds: true }), await desk.create({ holds: true })];
    await desk.act(one.paymentId, 'pay');
    const held = await proof();
    value(await desk.provider.capture(one, rub(50_000n)));
    const taken = await proof();
    await desk.act(two.paymentId, 'pay');
    await desk.readings();
    value(await desk.provider.cancel(two));
    const released = await proof();

    assert.deepEqual([held.claim.state, held.claim.amount], ['held', asked]);
    assert.deepEqual([taken.claim.state, taken.claim.amount], ['paid', rub(50_000n)]);
    assert.equal(released.claim.state, 'canceled');
  });

  it('says that the payer gave up, or the time is over', async () => {
    const [one, two] = [await desk.create(), await desk.create()];
    await desk.act(one.paymentId, 'cancel');
    const canceled = await proof();
    await desk.timers.advance(hour);
    const expired = await proof();

    assert.deepEqual(
      [canceled.claim.state, canceled.of],
      ['canceled', { by: 'id', id: one.paymentId }],
    );
    assert.deepEqual(
      [expired.claim.state, expired.of],
      ['expired', { by: 'id', id: two.paymentId }],
    );
  });

  it('of a declined try is a reason to look: the payer may try again, until there are no tries left', async () => {
    const key = await desk.create();
    const seen: unknown[] = [];
    for (let n = 0; n < 2; n += 1) {
      await desk.act(key.paymentId, 'insufficient-funds');
      const [hint] = await desk.readings();
      assert.ok(hint?.tag === 'hint' && hint.ref === key.ref);
      const looked = value(await desk.provider.look(hint.ref));
      seen.push(looked !== 'absent' && looked.claim.state);
    }
    await desk.act(key.paymentId, '3ds-failed');
    const [, end] = await desk.readings();

    assert.deepEqual(seen, ['open', 'open']);
    assert.ok(end?.tag === 'proof');
    assert.deepEqual([end.claim.state, end.claim.reason], ['failed', 'three_ds_failed']);
  });

  it('of all the money going back in the cabinet tells the total; of a part it is a reason to look', async () => {
    const key = await desk.paid();
    await desk.act(key.paymentId, 'refund', { amountMinor: 23_450 });
    const [part] = await desk.readings();
    assert.ok(part?.tag === 'hint');
    const looked = value(await desk.provider.look(part.ref));
    await desk.act(key.paymentId, 'refund');
    const all = await proof();

    assert.ok(looked !== 'absent');
    const { state, refundedTotal } = looked.claim;
    assert.deepEqual([state, refundedTotal], ['paid', undefined]);
    assert.deepEqual([all.claim.state, all.claim.refundedTotal], ['paid', asked]);
  });

  const forgeries: readonly (readonly [string, string])[] = [
    ['signature', 'signature'],
    ['secret', 'signature'],
    ['unsigned', 'unsigned'],
    ['payee', 'payee'],
    ['mode', 'mode'],
  ];
  for (const [forge, why] of forgeries) {
    it(`is refused when it is forged: ${forge}`, async () => {
      const raw = await sent('pay', { forge });

      assert.deepEqual(readBy(desk.provider)(raw), { tag: 'refused', why });
    });
  }

  it('in a state nobody has heard of is ignored', async () => {
    assert.equal(readBy(desk.provider)(await sent('pay', { forge: 'other-shape' })).tag, 'ignored');
  });

  it('with digits shifted into the sum keeps its token; that sum is told, for the books to compare', async () => {
    for (const forge of ['amount', 'shift']) {
      const reading = readBy(desk.provider)(await sent('pay', { forge }));

      assert.ok(reading.tag === 'proof');
      assert.notDeepEqual(reading.claim.amount, asked);
    }
  });

  it('proves nothing with one field of it changed or left out', async () => {
    const raw = await sent();
    const fields = JSON.parse(Buffer.from(raw.body).toString('utf8')) as Record<string, unknown>;
    const change = fc.record({
      name: fc.constantFrom(...Object.keys(fields)),
      value: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(undefined)),
    });
    fc.assert(
      fc.property(change, ({ name, value: next }) => {
        if (String(next) === String(fields[name])) return;
        const body = Buffer.from(JSON.stringify({ ...fields, [name]: next }));
        assert.equal(readBy(desk.provider)({ ...raw, body }).tag, 'refused');
      }),
      { numRuns: 1_000 },
    );
  });

  it('is good by either password while one is replaced, and by the new one only after it', async () => {
    const raw = await sent();
    const read = (...passwords: [string, ...string[]]) =>
      readBy(tbank({ ...desk.settings, passwords }))(raw).tag;

    assert.deepEqual(
      [read('new', password), read(password, 'new'), read('new')],
      ['proof', 'proof', 'refused'],
    );
  });

  it('is answered in the bank’s own two letters, or comes again', async () => {
    const { answer } = desk.provider;

    assert.deepEqual(answer('accepted'), { status: 200, body: 'OK' });
    for (const verdict of ['retry', 'refused', 'forbid'] as const) {
      const { status, body } = answer(verdict);
      assert.ok(status >= 400 && body !== 'OK');
    }
    assert.ok(answer('retry').status >= 500);
  });
});
