import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { money } from '../../../../src/domain/money.ts';
import { day, hour, minute, second } from '../../../../src/domain/time.ts';
import { both, can, has, type Case } from '../case.ts';
import { coreOf } from '../core.ts';
import { commandFor } from '../foreign.ts';
import type { Stage } from '../stage.ts';

const nobody = 'http://127.0.0.1:1';

/** Sends a wish under trouble, mends it, and lets the worker find the end. */
async function sentUnder(
  stage: Stage,
  fault: Parameters<Stage['levers']['fault']>[1],
  times = 100,
) {
  const { id } = await stage.wish();
  await stage.levers.fault('create', fault, times);
  await stage.core.send(id);
  await stage.levers.mend();
  return id;
}

/** D. When nobody knows what happened. */
export const outcomes: readonly Case[] = [
  {
    no: 47,
    title: 'create: our time is over after the provider took it: the same key, one payment there',
    needs: has('create-call'),
    play: async (stage) => {
      const command = commandFor(stage);
      await stage.levers.fault('create', 'hang-after-effect', 100);
      const lost = await stage.plain.create(command, 700);
      await stage.levers.mend();
      await stage.timers.advance(2 * minute);
      await stage.plain.create(command, 4_000);

      assert.ok(lost.tag === 'unknown' || lost.tag === 'done', lost.tag);
      assert.equal(await stage.levers.made(command.paymentId), 1);
    },
  },
  {
    no: 48,
    title: 'create: nobody listens: nothing is there, and trying again works',
    needs: has('create-call'),
    play: async (stage) => {
      const command = commandFor(stage);
      const refused = await stage.system.provider(nobody).create(command, 4_000);
      const made = await stage.levers.made(command.paymentId);
      const again = await stage.plain.create(command, 4_000);

      assert.deepEqual([refused.tag, made, again.tag], ['not-attempted', 0, 'done']);
    },
  },
  {
    no: 49,
    title:
      'create: a 500 after the effect, and one before it: one payment or none, never two, never stuck',
    needs: has('create-call'),
    play: async (stage) => {
      for (const fault of [
        '500-after-effect',
        '500-before-effect',
        'reset-after-effect',
      ] as const) {
        const id = await sentUnder(stage, fault);
        await stage.pass(2 * day, 15 * minute);
        const made = await stage.levers.made(id);

        assert.ok(made <= 1, `${fault}: ${String(made)} payments`);
        await stage.isUnpaid(id, 'pending', 'expired', 'canceled');
      }
    },
  },
  {
    no: 50,
    title:
      'capture, cancel, refund: the answer is lost after the effect: one effect, and we find out',
    needs: can('refund'),
    play: async (stage) => {
      const id = await stage.paid();
      await stage.levers.fault('refund', 'reset-after-effect', 2);
      await stage.refund(id, 23_450n);
      await stage.pass(3 * hour, 5 * minute);
      assert.deepEqual(await stage.refunds(id), [
        { state: 'succeeded', minor: 23_450n, origin: 'staff' },
      ]);
      assert.equal((await stage.levers.view(id))?.['refundedMinor'], '23450');
      if (stage.plain.capture === undefined) return;
      const held = await stage.pending(stage.sum(), 'hold');
      await stage.levers.act(held, 'pay');
      await stage.levers.fault('capture', 'reset-after-effect', 2);
      await stage.core.capture(held, stage.sum());
      await stage.pass(3 * hour, 5 * minute);
      await stage.isPaidOnce(held);
      const released = await stage.pending(stage.sum(), 'hold');
      await stage.levers.act(released, 'pay');
      await stage.levers.fault('cancel', 'reset-after-effect', 2);
      await stage.core.release(released);
      await stage.pass(3 * hour, 5 * minute);
      await stage.isUnpaid(released, 'canceled');
    },
  },
  {
    no: 51,
    title: 'a double click, two tabs, two servers: one key is one payment there',
    play: async (stage) => {
      const { id, customer } = await stage.wish();
      const { accountId, amount, method } = await stage.payment(id);
      const key = randomUUID();
      const ask = () =>
        stage.core.start({ customerId: customer.id, accountId, amount, method, key });
      const started = await Promise.all([ask(), ask(), ask()]);
      const ids = new Set(started.map((one) => (one.ok ? one.value.id : one.refusal.reason)));
      const [only] = ids;
      assert.equal(ids.size, 1);
      const first = started.find(({ ok }) => ok);
      assert.ok(first?.ok);
      const sent = await Promise.all(
        [first.value.id, first.value.id].map((each) => stage.core.send(each)),
      );
      const pending = sent.find((one) => one?.state === 'pending');
      await stage.visit(pending?.state === 'pending' ? pending.redirect : undefined);

      assert.equal(await stage.levers.made(first.value.id), 1, only);
    },
  },
  {
    no: 52,
    title: 'cancelling races with paying: the provider says "paid", and it is paid once',
    needs: both(can('cancel'), (_system, { cancelsOpen }) => cancelsOpen === true),
    play: async (stage) => {
      const id = await stage.pending();
      await stage.levers.hold(true);
      await stage.levers.act(id, 'pay');
      await stage.core.cancel(id, (await stage.payment(id)).customerId);
      await stage.levers.hold(false);
      await stage.pass(30 * minute);

      await stage.isPaidOnce(id);
    },
  },
  {
    no: 53,
    title: 'the provider limits our rate: we wait, and do not multiply',
    needs: both(has('create-call'), has('429')),
    play: async (stage) => {
      const id = await sentUnder(stage, '429', 1);
      await stage.isUnpaid(id, 'created');
      await stage.pass(30 * minute, 30 * second);

      await stage.isUnpaid(id, 'pending');
      assert.equal(await stage.levers.made(id), 1);
    },
  },
  {
    no: 54,
    title: 'the provider is down: it is left alone and shown as unavailable; no row is stuck',
    needs: has('create-call'),
    play: async (stage) => {
      const { stores, system, clock } = stage;
      const down = coreOf(stores, system, system.provider(nobody), clock);
      const ids = [];
      for (let n = 0; n < 7; n += 1) {
        const { id } = await stage.wish();
        ids.push(id);
        await down.send(id);
      }

      assert.equal(down.isAvailable(), false);
      for (const id of ids) await stage.isUnpaid(id, 'created');
    },
  },
  {
    no: 55,
    title: 'the same key with other parameters: never a second payment',
    needs: has('create-call'),
    play: async (stage) => {
      const command = commandFor(stage);
      await stage.plain.create(command, 4_000);
      const amount = money(command.amount.minor + 100n, command.amount.currency);
      await stage.plain.create({ ...command, amount }, 4_000);

      assert.equal(await stage.levers.made(command.paymentId), 1);
    },
  },
];
