import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MemoryMeasureStore } from '../../../src/adapters/memory/memory-measure-store.ts';
import { keepMeasures } from '../../../src/application/gateway/keep-measures.ts';
import { measuresInForce } from '../../../src/application/gateway/measures-in-force.ts';
import { Outage } from '../../../src/application/ports/outage.ts';
import type { MeasureStore } from '../../../src/application/ports/measure-store.ts';
import { usualDetection } from '../../../src/domain/protection/detectors/settings.ts';
import type { Suspect } from '../../../src/domain/protection/detectors/watched.ts';
import { measureKinds } from '../../../src/domain/protection/suspicion.ts';
import { day, hour, later, minute, type Instant } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';
import { midnight } from '../../support/given-traffic.ts';

const customer = (id: string): Suspect => ({ kind: 'customer', id });
const anna = customer('anna');

/** A gateway's measures over a store that others use too; its clock is the test's. */
const givenGateway = (store: MeasureStore, time: { now: Instant }) => {
  const keeper = keepMeasures(store, { now: () => time.now });
  const measures = measuresInForce(
    usualDetection.suspicion.levels,
    () => 0.5,
    (change) => {
      keeper.note(change);
    },
  );
  const read = async (): Promise<void> => {
    while (await keeper.read(measures));
  };
  const write = async (): Promise<void> => {
    while (await keeper.write());
  };
  return { keeper, measures, read, write };
};

describe('KeepMeasures', () => {
  it('has a gateway that was killed go on where it was, with the times taken', async () => {
    const [store, time] = [new MemoryMeasureStore(), { now: midnight }];
    const before = givenGateway(store, time);
    before.measures.take(anna, 'quarantine', time.now);
    await before.write();

    const after = givenGateway(store, time);
    await after.read();
    assert.equal(after.measures.of(anna, time.now)?.kind, 'quarantine');
    assert.equal(after.measures.of(anna, later(midnight, 10 * minute)), undefined);
    time.now = later(midnight, hour);
    after.measures.take(anna, 'throttle', time.now);
    const until = after.measures.of(anna, time.now)?.until;
    assert.equal(until, later(midnight, hour + 20 * minute), 'the second one lasts twice as long');
  });

  it('lifts at every gateway what is lifted at one, and the suspicion with it', async () => {
    const [store, time] = [new MemoryMeasureStore(), { now: midnight }];
    const [one, other] = [givenGateway(store, time), givenGateway(store, time)];
    for (const gateway of [one, other]) gateway.measures.suspect([anna], 100, midnight);
    await one.write();
    await other.write();

    one.measures.lift(anna, later(midnight, 1));
    await one.write();
    await other.read();

    assert.deepEqual(other.measures.list(midnight, 9), []);
    other.measures.suspect([anna], 1, midnight);
    assert.equal(other.measures.of(anna, midnight), undefined, 'nothing is held against her');
  });

  it('brings all gateways to the same, whatever each does and whenever each writes and reads', async () => {
    const anyStep = fc.record({
      gateway: fc.nat(2),
      what: fc.constantFrom('take', 'take', 'lift', 'write', 'read', 'later'),
      id: fc.constantFrom('anna', 'boris'),
      kind: fc.constantFrom(...measureKinds),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (steps) => {
        const [store, time] = [new MemoryMeasureStore(), { now: midnight }];
        const gateways = [0, 1, 2].map(() => givenGateway(store, time));
        for (const { gateway, what, id, kind } of steps) {
          const one = gateways[gateway]!;
          if (what === 'take') one.measures.take(customer(id), kind, time.now);
          if (what === 'lift') one.measures.lift(customer(id), time.now);
          if (what === 'write') await one.write();
          if (what === 'read') await one.read();
          // Never so much that one of two measures runs out between two readers.
          if (what === 'later') time.now = later(time.now, 1_000);
        }
        for (const one of gateways) await one.write();
        for (const one of gateways) await one.read();
        const fresh = givenGateway(store, time);
        await fresh.read();

        for (const id of ['anna', 'boris']) {
          const held = [...gateways, fresh].map(({ measures }) =>
            measures.of(customer(id), time.now),
          );
          for (const each of held) assert.deepEqual(each, held[0]);
        }
      }),
      fcRuns,
    );
  });

  it('loses nothing over an outage, and tells of it', async () => {
    const [kept, time] = [new MemoryMeasureStore(), { now: midnight }];
    let isDown = true;
    const store: MeasureStore = {
      keep: async (changes) => {
        if (isDown) throw new Outage('down');
        await kept.keep(changes);
      },
      after: (mark, limit) => kept.after(mark, limit),
      forgetBefore: (moment) => kept.forgetBefore(moment),
    };
    const { measures, write } = givenGateway(store, time);
    measures.take(anna, 'step-up', midnight);
    await assert.rejects(write(), Outage);
    measures.take(anna, 'quarantine', midnight);
    isDown = false;
    await write();
    await write();

    const { changes } = await kept.after(0, 10);
    assert.deepEqual(
      changes.map(({ history }) => history.measure?.kind),
      ['quarantine'],
      'the newest of each is enough, once',
    );
  });

  it('writes once more what changed while it was being written', async () => {
    const [kept, time] = [new MemoryMeasureStore(), { now: midnight }];
    let meanwhile = (): void => undefined;
    const store: MeasureStore = {
      keep: async (changes) => {
        await kept.keep(changes);
        meanwhile();
        meanwhile = () => undefined;
      },
      after: (mark, limit) => kept.after(mark, limit),
      forgetBefore: (moment) => kept.forgetBefore(moment),
    };
    const { measures, write } = givenGateway(store, time);
    measures.take(anna, 'step-up', midnight);
    meanwhile = () => {
      measures.take(anna, 'quarantine', midnight);
    };
    await write();

    const { changes } = await kept.after(0, 10);
    assert.deepEqual(
      changes.map(({ history }) => history.measure?.kind),
      ['step-up', 'quarantine'],
    );
  });

  it('keeps a bounded number waiting, and counts what it dropped', async () => {
    const [store, time] = [new MemoryMeasureStore(), { now: midnight }];
    const { measures, keeper, write } = givenGateway(store, time);
    for (let n = 0; n < 10_002; n += 1) measures.take(customer(String(n)), 'throttle', midnight);
    measures.lift(customer('0'), midnight);
    measures.take(customer('\0'), 'throttle', midnight);

    assert.deepEqual([keeper.dropped(), keeper.dropped()], [3, 0]);
    await write();
    const { changes } = await store.after(0, 20_000);
    assert.equal(changes.length, 10_000);
    assert.equal(changes[0]?.history.liftedAt, midnight);
  });

  it('forgets after a day, when no measure lasts and none counts any more', async () => {
    const [store, time] = [new MemoryMeasureStore(), { now: midnight }];
    const { measures, keeper, write } = givenGateway(store, time);
    measures.take(anna, 'throttle', midnight);
    await write();
    time.now = later(midnight, day);
    await keeper.forget();
    assert.equal((await store.after(0, 10)).changes.length, 1);

    time.now = later(midnight, day + 1);
    await keeper.forget();
    assert.deepEqual((await store.after(0, 10)).changes, []);
  });
});
