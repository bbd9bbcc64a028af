import assert from 'node:assert/strict';
import { minute } from '../../../../src/domain/time.ts';
import { can, type Case } from '../case.ts';
import { createdElsewhere } from '../foreign.ts';
import { shown } from '../shown.ts';

const described = 'Лицевой счёт 7000001-1 & «дом» <b> "a" 🏠 '.repeat(4).trim();

/** A. What happens on a good day. */
export const happyPaths: readonly Case[] = [
  {
    no: 1,
    title: 'pay, notification, return: paid once, with a receipt',
    play: async (stage) => {
      const { id, customer } = await stage.wish();
      const sent = await stage.core.send(id);
      await stage.visit(sent?.state === 'pending' ? sent.redirect : undefined);
      await stage.levers.act(id, 'pay');
      await stage.core.lookAt(id, customer.id);

      await stage.isPaidOnce(id);
    },
  },
  {
    no: 2,
    title: 'pay, and the payer never comes back',
    play: async (stage) => {
      const id = await stage.pending();
      await stage.levers.act(id, 'pay');

      await stage.isPaidOnce(id);
    },
  },
  {
    no: 3,
    title: 'hold, then capture in full',
    needs: can('capture'),
    play: async (stage) => {
      const id = await stage.pending(stage.sum(), 'hold');
      await stage.levers.act(id, 'pay');
      await stage.isUnpaid(id, 'authorized');
      await stage.core.capture(id, stage.sum());

      await stage.isPaidOnce(id);
    },
  },
  {
    no: 4,
    title: 'hold, then capture a part: the rest is released',
    needs: can('capture'),
    play: async (stage) => {
      const id = await stage.pending(stage.sum(), 'hold');
      await stage.levers.act(id, 'pay');
      await stage.core.capture(id, stage.sum(50_000n));

      await stage.isPaidOnce(id, 50_000n);
      const payment = await stage.payment(id);
      assert.deepEqual(payment.state === 'succeeded' && payment.captured, stage.sum(50_000n));
    },
  },
  {
    no: 5,
    title: 'hold, then release: nothing is credited',
    needs: can('capture', 'cancel'),
    play: async (stage) => {
      const id = await stage.pending(stage.sum(), 'hold');
      await stage.levers.act(id, 'pay');
      await stage.core.release(id);

      await stage.isUnpaid(id, 'canceled');
    },
  },
  {
    no: 6,
    title: 'refund in full',
    needs: can('refund'),
    play: async (stage) => {
      const id = await stage.paid();
      const asked = await stage.refund(id, 123_450n);
      assert.ok(asked.ok, shown(asked));
      await stage.pass(120 * minute, 30 * minute);

      assert.deepEqual(await stage.refunds(id), [
        { state: 'succeeded', minor: 123_450n, origin: 'staff' },
      ]);
    },
  },
  {
    no: 7,
    title: 'two refunds to exactly what was taken; a third is refused before the network',
    needs: can('refund'),
    play: async (stage) => {
      const id = await stage.paid();
      assert.ok((await stage.refund(id, 100_000n)).ok);
      assert.ok((await stage.refund(id, 23_450n)).ok);
      await stage.levers.fault('refund', 'reset-after-effect');
      const third = await stage.refund(id, 1n);
      await stage.levers.mend();
      await stage.pass(120 * minute, 30 * minute);

      assert.equal(!third.ok && third.refusal.reason, 'refund-above-left');
      assert.deepEqual(
        (await stage.refunds(id)).map(({ state, minor }) => [state, minor]),
        [
          ['succeeded', 100_000n],
          ['succeeded', 23_450n],
        ],
      );
    },
  },
  {
    no: 8,
    needs: ({ traits }) => !traits.includes('no-description'),
    title:
      'a description in Cyrillic with quotes, &, <, emoji, very long: whole, or cut between characters',
    play: async (stage) => {
      const id = await createdElsewhere(stage, { description: described });
      const title = (await stage.levers.view(id))?.['title'];
      const shown = typeof title === 'string' ? title : '';
      await stage.levers.act(id, 'pay', { times: 0 });

      assert.ok(shown.isWellFormed());
      assert.ok(shown !== '' && described.startsWith(shown.trimEnd()), shown);
    },
  },
  {
    no: 9,
    title: 'a value nobody has heard of: ignored, never a crash, never a credit',
    needs: ({ forgeries }) => forgeries.includes('other-shape'),
    play: async (stage) => {
      const id = await stage.pending();
      await stage.levers.act(id, 'pay', { forge: 'other-shape' });

      await stage.isUnpaid(id, 'pending');
      await stage.levers.act(id, 'pay');
      await stage.isPaidOnce(id);
    },
  },
];
