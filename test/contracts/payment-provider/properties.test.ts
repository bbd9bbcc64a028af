import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { closingInTime } from '../../../src/application/payments/look-at-payments.ts';
import { keyOf } from '../../../src/application/payments/key-of.ts';
import { byClaim, type Decide } from '../../../src/application/payments/settle-payment.ts';
import type { Claim } from '../../../src/domain/payment-claim.ts';
import { day, later, minute } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';
import { memoryStores } from '../../support/portal-stores.ts';
import { payUnasked } from './cases/b-delivery.ts';
import { everySystem } from './every-system.ts';
import { openStage, type Notice, type Stage } from './stage.ts';

/** The seed of this run: FC_SEED, or a new one; it is printed, so that a failure can be played again. */
const seed = fcRuns.seed ?? Date.now() % 2 ** 31;
/** Enough to notice a mistake that came in; `npm run soak` plays ten thousand. */
const manyRuns = Number(process.env['FC_RUNS'] ?? 400);
const fewRuns = Math.max(20, Math.round(manyRuns / 200));

/** What can happen to one payment, in any order and any number of times. */
const happenings = ['deliver', 'ask', 'janitor', 'wait', 'forge'] as const;

describe('For every payment system', function () {
  this.timeout(600_000);
  before(() => {
    console.log(`properties of payment systems: seed ${String(seed)}, ${String(manyRuns)} runs`);
  });

  for (const system of everySystem) {
    describe(system.code, () => {
      let stage: Stage;
      before(async () => {
        stage = await openStage(system, memoryStores());
      });
      after(() => stage.close());

      it('every byte of a signed notification counts: changed, left out or added, it never credits', async function () {
        if (!system.traits.includes('signed')) return;
        const id = await stage.pending();
        await stage.levers.act(id, payUnasked(stage));
        const notice = (await stage.levers.notices(id)).at(-1);
        assert.ok(notice);
        const at = stage.clock.now();
        const honest = stage.plain.readNotification(notice, at);
        assert.equal(honest.tag, 'proof');
        const told = JSON.stringify(honest, bigints);
        const change = fc.record({
          at: fc.nat(notice.body.length - 1),
          flip: fc.integer({ min: 1, max: 255 }),
          way: fc.constantFrom('changed', 'left out', 'added'),
        });
        fc.assert(
          fc.property(change, (how) => {
            const reading = stage.plain.readNotification(mutated(notice, how), at);
            // A form may be written in several ways that mean the same: then it says the same.
            const isSame = JSON.stringify(reading, bigints) === told;
            assert.ok(isSame || reading.tag !== 'proof', JSON.stringify(reading, bigints));
          }),
          { numRuns: manyRuns, seed },
        );
      });

      it('all orders of its facts about one payment, however often told, end in one state and one credit', async () => {
        const facts = await factsOf(stage);
        const anyOrder = fc.array(fc.nat(facts.length - 1), { maxLength: 4 }).chain((again) => {
          const all = [...facts.keys(), ...again];
          return fc.shuffledSubarray(all, { minLength: all.length });
        });
        await fc.assert(
          fc.asyncProperty(anyOrder, async (order) => {
            const { id, customer } = await stage.wish();
            await stage.stores.payments.takeToSend(id, stage.clock.now());
            for (const n of order) {
              const fact = facts[n];
              if (fact === undefined) continue;
              await stage.core.settle(id, fact);
            }
            assert.equal(await stage.state(id), 'succeeded', order.join());
            assert.deepEqual(await stage.stores.credited(customer.id), [123_450n]);
          }),
          { numRuns: manyRuns, seed },
        );
      });

      it('the same over its wire, with questions, the janitor and forgeries between', async () => {
        const anyStory = fc.array(fc.constantFrom(...happenings), { minLength: 1, maxLength: 8 });
        await fc.assert(
          fc.asyncProperty(anyStory, fc.boolean(), async (story, isPaid) => {
            const id = await played(stage, story, isPaid);
            const { state, customerId } = await stage.payment(id);
            const credited = await stage.stores.credited(customerId);
            const wasTold = story.includes('deliver');
            const canBeFound = stage.plain.query !== undefined;
            const wasLookedAt = story.includes('ask') || story.includes('janitor');
            if (isPaid && (wasTold || (canBeFound && wasLookedAt))) {
              assert.equal(state, 'succeeded', story.join());
              assert.deepEqual(credited, [123_450n]);
            } else {
              assert.notEqual(state, 'succeeded', story.join());
              assert.deepEqual(credited, []);
            }
          }),
          { numRuns: fewRuns, seed, endOnFailure: true },
        );
      });

      it('no payment is paid without a credit, and no credit is there without a payment', async () => {
        const paid = await stage.stores.desk.list(['succeeded'], 100_000);
        for (const { id, customerId } of paid) {
          assert.equal((await stage.stores.credited(customerId)).length, 1, id);
        }
        const others = await stage.stores.desk.list(
          ['created', 'initiating', 'pending', 'failed', 'canceled', 'expired', 'review'],
          100_000,
        );
        for (const { id, customerId } of others) {
          assert.deepEqual(await stage.stores.credited(customerId), [], id);
        }
      });
    });
  }
});

/** Everything its protocol says of one payment from its beginning to its end, and what our own clock says of it. */
async function factsOf(stage: Stage): Promise<Decide[]> {
  const { plain, levers, clock } = stage;
  const id = await stage.pending();
  const claims: Claim[] = [];
  const ask = async () => {
    const answer = await plain.query?.(keyOf(await stage.payment(id)));
    if (answer?.tag === 'done' && answer.value !== 'absent') claims.push(answer.value);
  };
  await ask();
  await levers.act(id, payUnasked(stage));
  await ask();
  for (const notice of await levers.notices(id)) {
    const reading = plain.readNotification({ ...notice, address: '185.71.76.1' }, clock.now());
    if (reading.tag === 'proof') claims.push(reading.claim);
    if (reading.tag !== 'hint') continue;
    const looked = await plain.look?.(reading.ref);
    if (looked?.tag === 'done' && looked.value !== 'absent') claims.push(looked.value.claim);
  }
  assert.ok(claims.some(({ state }) => state === 'paid'));
  // One payment has one name there, whichever of ours it is told of here.
  const facts = claims.map((claim) => byClaim({ ...claim, ref: 'ref' }, plain.mode));
  return [...facts, (payment, now) => closingInTime(payment, later(now, day))];
}

const bigints = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${String(value)}n` : value;

function mutated(
  notice: Notice,
  { at, flip, way }: { readonly at: number; readonly flip: number; readonly way: string },
): Notice {
  const bytes = [...notice.body];
  if (way === 'changed') bytes[at] = (bytes[at] ?? 0) ^ flip;
  else bytes.splice(at, way === 'added' ? 0 : 1, ...(way === 'added' ? [flip] : []));
  return { ...notice, body: Buffer.from(bytes) };
}

/** One payment, paid or not, whose notification comes when the story says so. */
async function played(
  stage: Stage,
  story: readonly (typeof happenings)[number][],
  isPaid: boolean,
): Promise<PaymentId> {
  const id = await stage.pending();
  const { customerId } = await stage.payment(id);
  await stage.levers.hold(true);
  if (isPaid) await stage.levers.act(id, payUnasked(stage));
  await stage.levers.hold(false, true);
  const resend = async () => {
    await stage.levers.act(id, payUnasked(stage));
  };
  for (const step of story) {
    if (step === 'deliver' && isPaid) await resend();
    if (step === 'ask') {
      await stage.timers.advance(11_000);
      await stage.core.lookAt(id, customerId);
    }
    if (step === 'janitor') await stage.pass(12 * minute, 6 * minute);
    if (step === 'wait') await stage.timers.advance(minute);
    const [forgery] = stage.system.forgeries;
    if (step === 'forge' && forgery !== undefined) {
      await stage.levers.act(id, 'pay', { forge: forgery });
    }
  }
  return id;
}
