import assert from 'node:assert/strict';
import { byClaim } from '../../../../src/application/payments/settle-payment.ts';
import { later, day, hour, minute } from '../../../../src/domain/time.ts';
import { givenClaim } from '../../../support/given-payments.ts';
import { both, can, has, type Case } from '../case.ts';
import { paidNotice, payUnasked } from './b-delivery.ts';

/** E. When clocks decide. */
export const time: readonly Case[] = [
  {
    no: 56,
    title: 'money after we had closed the payment: credited once, marked late',
    play: async (stage) => {
      for (const state of ['expired', 'canceled', 'failed'] as const) {
        const id = await stage.pending();
        const claim = givenClaim({ state, mode: stage.plain.mode });
        await stage.core.settle(id, byClaim(claim, stage.plain.mode));
        assert.equal(await stage.state(id), state);
        await stage.levers.act(id, payUnasked(stage));

        await stage.isPaidOnce(id);
        const paid = await stage.payment(id);
        assert.equal(paid.state === 'succeeded' && paid.late, true);
      }
    },
  },
  {
    no: 57,
    title: 'time runs out: the provider is asked before anything is closed',
    needs: can('query'),
    play: async (stage) => {
      const id = await stage.pending();
      await stage.levers.fault('query', 'reset-before-effect', 1_000);
      await stage.levers.fault('list', 'reset-before-effect', 1_000);
      await stage.levers.hold(true);
      await stage.pass(3 * hour, 30 * minute);
      const unanswered = await stage.state(id);
      await stage.levers.mend();
      await stage.levers.hold(false, true);
      await stage.pass(3 * day, 2 * hour);

      assert.equal(unanswered, 'pending');
      await stage.isUnpaid(id, 'expired', 'canceled', 'failed');
    },
  },
  {
    no: 58,
    title:
      'a hold that nobody captures runs out: nothing is credited, and capturing it later is refused',
    needs: both(can('capture'), has('holds-run-out')),
    play: async (stage) => {
      const id = await stage.pending(stage.sum(), 'hold');
      await stage.levers.act(id, 'pay');
      await stage.isUnpaid(id, 'authorized');
      await stage.pass(9 * day, 3 * hour);

      await stage.isUnpaid(id, 'expired', 'canceled');
      const late = await stage.core.capture(id, stage.sum());
      assert.equal(!late.ok && late.refusal.reason, 'not-held');
    },
  },
  {
    no: 59,
    title: 'our clock and the provider’s are up to five minutes apart',
    play: async (stage) => {
      const id = await stage.paid();
      const notice = await paidNotice(stage, id);
      const now = stage.clock.now();
      for (const apart of [-299_000, 0, 299_000]) {
        const reading = stage.plain.readNotification(
          { ...notice, address: '185.71.76.1' },
          later(now, apart),
        );
        assert.ok(reading.tag === 'proof' || reading.tag === 'hint', reading.tag);
      }
      const paid = await stage.payment(id);
      assert.ok(paid.state === 'succeeded' && Math.abs(paid.paidAt - now) < 10 * minute);
    },
  },
];
