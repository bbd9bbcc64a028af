import assert from 'node:assert/strict';
import { byClaim } from '../../../../src/application/payments/settle-payment.ts';
import { settle } from '../../../../src/domain/payment-settlement.ts';
import { day, hour, minute, second } from '../../../../src/domain/time.ts';
import { givenClaim } from '../../../support/given-payments.ts';
import { both, can, has, type Case } from '../case.ts';
import { commandFor, createdElsewhere, rowArrives } from '../foreign.ts';
import type { Notice, Stage } from '../stage.ts';

/** Posts notices to the shop as the provider would. */
export const post = (stage: Stage, { headers, body }: Notice): Promise<number> =>
  fetch(stage.shopUrl, {
    method: 'POST',
    headers: headers as Record<string, string>,
    body: new Uint8Array(body),
  }).then(async (answer) => {
    await answer.arrayBuffer();
    return answer.status;
  });

/** The last notice of a payment, which says that it is paid. */
export async function paidNotice(stage: Stage, id: Parameters<Stage['state']>[0]): Promise<Notice> {
  const notice = (await stage.levers.notices(id)).at(-1);
  assert.ok(notice, 'nothing was sent');
  return notice;
}

/** The outcome by which a payer pays where nobody asks the shop first. */
export const payUnasked = ({ system }: Stage): string =>
  system.traits.includes('asks-first') ? 'bare-prerequest' : 'pay';

/** B. How often, when and in which order we are told. */
export const delivery: readonly Case[] = [
  {
    no: 10,
    title: 'the same notification five times in a row: one credit, all acknowledged',
    play: async (stage) => {
      const id = await stage.paid();
      const notice = await paidNotice(stage, id);
      const statuses: number[] = [];
      for (let n = 0; n < 4; n += 1) statuses.push(await post(stage, notice));

      assert.deepEqual([...new Set(statuses)], [200]);
      await stage.isPaidOnce(id);
    },
  },
  {
    no: 11,
    title: 'the same notification twenty times at once: one credit, no 5xx',
    play: async (stage) => {
      const id = await stage.pending();
      await stage.levers.act(id, 'pay', { times: 20 });
      const notice = await paidNotice(stage, id);
      const statuses = await Promise.all(Array.from({ length: 20 }, () => post(stage, notice)));

      assert.ok(
        statuses.every((status) => status < 500),
        statuses.join(),
      );
      await stage.isPaidOnce(id);
    },
  },
  {
    no: 12,
    title: 'two events that tell one fact: one credit',
    play: async (stage) => {
      const id = await stage.paid();
      await stage.levers.act(id, 'pay');

      await stage.isPaidOnce(id);
    },
  },
  {
    no: 13,
    title: 'the notification before the browser comes back',
    needs: can('query'),
    play: async (stage) => {
      const id = await stage.paid();
      const { customerId } = await stage.payment(id);
      await stage.timers.advance(11 * second);
      await stage.core.lookAt(id, customerId);

      await stage.isPaidOnce(id);
    },
  },
  {
    no: 14,
    title: 'the notification before the answer to our call',
    needs: has('create-call'),
    play: async (stage) => {
      const { id } = await stage.wish();
      await stage.levers.fault('create', '500-after-effect', 100);
      await stage.levers.fault('list', 'reset-before-effect', 100);
      await stage.levers.fault('query', 'reset-before-effect', 100);
      const sent = await stage.core.send(id);
      await stage.levers.mend();
      assert.equal(sent?.state ?? 'initiating', 'initiating');
      await stage.levers.act(id, 'pay');
      await stage.pass(30 * minute);

      await stage.isPaidOnce(id);
    },
  },
  {
    no: 15,
    title: 'the notification before our row is committed: not lost',
    play: async (stage) => {
      const command = commandFor(stage);
      const created = await stage.plain.create(command, 4_000);
      assert.ok(created.tag === 'done');
      await stage.visit(created.value.redirect);
      await stage.levers.act(command.paymentId, payUnasked(stage));
      assert.equal(stage.results.at(-1), 'parked');
      await rowArrives(stage, command);
      await stage.pass(day, hour);

      await stage.isPaidOnce(command.paymentId);
    },
  },
  {
    no: 16,
    title:
      'the return before the notification: asked and settled; the notification then changes nothing',
    needs: can('query'),
    play: async (stage) => {
      const id = await stage.pending();
      const { customerId } = await stage.payment(id);
      await stage.levers.hold(true);
      await stage.levers.act(id, 'pay');
      await stage.timers.advance(11 * second);
      await stage.core.lookAt(id, customerId);
      assert.equal(await stage.state(id), 'succeeded');
      await stage.levers.hold(false);
      await stage.timers.advance(second);

      await stage.isPaidOnce(id);
    },
  },
  {
    no: 17,
    title: 'captured is told before held',
    needs: can('capture', 'query'),
    play: async (stage) => {
      const id = await stage.pending(stage.sum(), 'hold');
      const { customerId } = await stage.payment(id);
      await stage.levers.hold(true);
      await stage.levers.act(id, 'pay');
      await stage.timers.advance(11 * second);
      await stage.core.lookAt(id, customerId);
      await stage.core.capture(id, stage.sum());
      await stage.levers.hold(false);
      await stage.timers.advance(second);

      await stage.isPaidOnce(id);
    },
  },
  ...(['failed', 'open', 'expired'] as const).map((state, n): Case => ({
    no: 18 + n,
    title: `${state === 'expired' ? 'cancelled after expired' : `${state} after success`}: the table holds`,
    play: async (stage) => {
      if (state === 'expired') {
        const id = await stage.pending();
        for (const each of ['expired', 'canceled'] as const) {
          const claim = givenClaim({ state: each, mode: stage.plain.mode });
          await stage.core.settle(id, byClaim(claim, stage.plain.mode));
        }
        return stage.isUnpaid(id, 'expired');
      }
      const id = await stage.paid();
      const claim = givenClaim({ state, mode: stage.plain.mode, amount: stage.sum() });
      const applied = await stage.core.settle(id, (payment, now) =>
        settle(payment, claim, stage.plain.mode, now),
      );
      assert.equal(applied.result, 'same');
      await stage.isPaidOnce(id);
    },
  })),
  {
    no: 21,
    title:
      'the notification is lost: found in time where the provider can be asked, never guessed elsewhere',
    play: async (stage) => {
      const id = await stage.pending();
      await stage.levers.act(id, 'pay', { times: 0 });
      await stage.pass(2 * day, 30 * minute);

      if (stage.plain.query !== undefined) await stage.isPaidOnce(id);
      else await stage.isUnpaid(id, 'expired');
    },
  },
  {
    no: 22,
    title: 'our database is down: "again", and later it counts once',
    play: async (stage) => {
      const id = await stage.pending();
      const { takeWithoutDatabase, provider } = stage.core;
      stage.takenBy({ take: takeWithoutDatabase, provider });
      await stage.levers.act(id, payUnasked(stage));
      assert.equal(stage.results.at(-1), 'retry');
      await stage.isUnpaid(id, 'pending');
      stage.takenByCore();
      await stage.pass(2 * day, hour);

      await stage.isPaidOnce(id);
    },
  },
  {
    no: 23,
    title: 'a crash between state and credit: neither is there, and after it both, once',
    play: async (stage) => {
      const id = await stage.pending();
      const crash = () => {
        throw new Error('the power went off');
      };
      const claim = givenClaim({
        mode: stage.plain.mode,
        amount: (await stage.payment(id)).charge,
      });
      const decide = (payment: Parameters<typeof settle>[0]) =>
        settle(payment, claim, stage.plain.mode, stage.clock.now());
      const papers = { success: crash, refund: crash, reversal: crash };
      const { payments } = stage.stores;
      await assert.rejects(payments.apply(id, undefined, decide, papers, 2026), /power/);
      await stage.isUnpaid(id, 'pending');
      await stage.levers.act(id, 'pay');

      await stage.isPaidOnce(id);
    },
  },
  {
    no: 24,
    title: 'we are slower than the provider waits: it comes again while we are at it',
    play: async (stage) => {
      const id = await stage.pending();
      const { core } = stage;
      stage.takenBy({
        provider: core.provider,
        take: async (...given) => {
          const taken = await core.take(...given);
          await new Promise((resolve) => setTimeout(resolve, 100));
          return taken;
        },
      });
      await stage.levers.act(id, 'pay', { times: 3 });
      stage.takenByCore();

      await stage.isPaidOnce(id);
    },
  },
  {
    no: 25,
    title: 'an event that settles nothing: acknowledged, nothing changes',
    needs: ({ forgeries }) => forgeries.includes('other-shape'),
    play: async (stage) => {
      const id = await stage.pending();
      await stage.levers.act(id, 'pay', { forge: 'other-shape' });

      assert.match(stage.results.at(-1) ?? '', /^(ignored|refused-)/);
      await stage.isUnpaid(id, 'pending');
    },
  },
  {
    no: 26,
    title: 'a good proof of an unknown payment: put aside for people, never lost',
    play: async (stage) => {
      const id = await createdElsewhere(stage);
      await stage.levers.act(id, payUnasked(stage));

      assert.equal(stage.results.at(-1), 'parked');
      const odd = await stage.stores.desk.odd(1_000);
      assert.ok(odd.some(({ provider }) => provider === stage.system.code));
    },
  },
  {
    no: 27,
    title: 'a proof under the id of another provider’s payment: nothing is credited',
    needs: both(has(), (_system, provider) => provider.namesByNumber !== true),
    play: async (stage) => {
      const command = commandFor(stage);
      await rowArrives(stage, command, 'somebody-else');
      const created = await stage.plain.create(command, 4_000);
      assert.ok(created.tag === 'done');
      await stage.visit(created.value.redirect);
      await stage.levers.act(command.paymentId, payUnasked(stage));

      assert.ok(['conflict', 'parked'].includes(stage.results.at(-1) ?? ''), stage.results.at(-1));
      assert.deepEqual(await stage.credits(command.paymentId), []);
    },
  },
];
