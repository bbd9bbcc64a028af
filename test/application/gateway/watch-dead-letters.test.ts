import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MemoryIncidentStore } from '../../../src/adapters/memory/memory-incident-store.ts';
import { actOnIncident } from '../../../src/application/gateway/act-on-incident.ts';
import { raiseIncident } from '../../../src/application/gateway/raise-incident.ts';
import { resolveQuietIncidents } from '../../../src/application/gateway/resolve-quiet-incidents.ts';
import { watchDeadLetters } from '../../../src/application/gateway/watch-dead-letters.ts';
import { day, instant, later, minute, second } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';

/** A queue of dead letters, a watch over it and a clock of one's own. */
const givenWatch = () => {
  let now = instant(1e12);
  const clock = { now: () => now };
  const queue = { waiting: 0 };
  const incidents = new MemoryIncidentStore();
  const raise = raiseIncident(incidents, clock);
  const letters = { queue: 'gw.dead', waiting: () => Promise.resolve(queue.waiting) };
  const recorded: string[] = [];
  const record = (...entry: readonly string[]): void => void recorded.push(entry.join(' | '));
  const watch = () => watchDeadLetters(letters, incidents, raise, record, clock);
  return {
    ...{ queue, incidents, clock, raise, watch, recorded },
    pass: (ms: number) => {
      now = later(now, ms);
    },
    all: async () =>
      (await incidents.list(10)).map(
        ({ state, target, sightings, evidence }) =>
          `${state} ${target} ${String(sightings)} ${evidence}`,
      ),
  };
};

describe('WatchDeadLetters', () => {
  it('makes one incident of what lies there, however often it looks and more comes', async () => {
    const world = givenWatch();
    const look = world.watch();
    await look();
    assert.deepEqual(await world.all(), []);

    for (const waiting of [2, 2, 2, 5, 5]) {
      world.queue.waiting = waiting;
      await look();
    }

    assert.deepEqual(await world.all(), ['open gw.dead 2 2 in gw.dead']);
  });

  it('keeps it open however quiet it is, until the queue is empty again', async () => {
    const world = givenWatch();
    const look = world.watch();
    world.queue.waiting = 1;
    await look();
    world.pass(day);
    await resolveQuietIncidents(world.incidents, world.clock)();
    await look();
    assert.deepEqual(await world.all(), ['open gw.dead 1 1 in gw.dead']);

    world.queue.waiting = 0;
    await look();
    assert.deepEqual(await world.all(), ['open gw.dead 1 1 in gw.dead'], 'perhaps in hand');
    assert.deepEqual(world.recorded, []);
    await look();

    assert.deepEqual(await world.all(), ['resolved gw.dead 1 1 in gw.dead']);
    assert.deepEqual(world.recorded, ['dead-letters | broker | gw.dead from 1 to 0']);
  });

  it('believes an empty queue only a while after somebody said that a letter comes', async () => {
    const world = givenWatch();
    const look = world.watch();
    await world.raise({ detector: 'dead-letter', target: 'gw.dead', evidence: 'told' });

    world.pass(30 * second - 1);
    await look();
    await look();
    assert.deepEqual(await world.all(), ['open gw.dead 1 told']);
    world.pass(1);
    await look();

    assert.deepEqual(await world.all(), ['resolved gw.dead 1 told']);
  });

  it('finds what came while nobody looked, and does not tell again what an incident tells of', async () => {
    const world = givenWatch();
    world.queue.waiting = 3;
    await world.watch()();
    await world.watch()();

    assert.deepEqual(await world.all(), ['open gw.dead 1 3 in gw.dead']);
  });

  it('takes somebody’s word that it is over, until more comes', async () => {
    const world = givenWatch();
    const look = world.watch();
    world.queue.waiting = 1;
    await look();
    const [held] = await world.incidents.list(1);
    await actOnIncident(
      world.incidents,
      world.clock,
    )({ incidentId: held!.id, act: { act: 'resolve' }, staffId: 'anna' });
    await look();
    assert.deepEqual(await world.all(), ['resolved gw.dead 1 1 in gw.dead']);

    world.pass(minute);
    world.queue.waiting = 2;
    await look();

    assert.deepEqual(await world.all(), ['open gw.dead 2 1 in gw.dead']);
  });

  it('is not misled by whoever has letters in hand while it looks', async () => {
    const world = givenWatch();
    const look = world.watch();
    for (const waiting of [3, 3, 0, 3, 1, 3, 2, 2]) {
      world.pass(minute);
      world.queue.waiting = waiting;
      await look();
    }

    const [incident, ...more] = await world.incidents.list(5);
    assert.deepEqual([incident?.state, incident?.openings, more], ['open', 1, []]);
    assert.deepEqual(world.recorded, ['dead-letters | broker | gw.dead from 3 to 2']);
  });

  it('leaves other queues’ incidents alone', async () => {
    const world = givenWatch();
    await world.raise({ detector: 'dead-letter', target: 'core.dead', evidence: 'other' });
    world.pass(minute);
    const look = world.watch();
    await look();
    await look();

    assert.deepEqual(await world.all(), ['open core.dead 1 other']);
  });

  it('tells again what could not be told', async () => {
    const world = givenWatch();
    let isAway = true;
    const raise: typeof world.raise = (suspicion) =>
      isAway ? Promise.reject(new Error('store away')) : world.raise(suspicion);
    const letters = { queue: 'gw.dead', waiting: () => Promise.resolve(1) };
    const look = watchDeadLetters(letters, world.incidents, raise, () => undefined, world.clock);
    await assert.rejects(look(), /store away/);

    isAway = false;
    await look();

    assert.deepEqual(await world.all(), ['open gw.dead 1 1 in gw.dead']);
  });

  it('has a live incident just when letters lie there, whatever comes and goes', async () => {
    const counts = fc.array(fc.record({ waiting: fc.nat(3), isRestarted: fc.boolean() }), {
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(counts, async (steps) => {
        const world = givenWatch();
        let look = world.watch();
        for (const { waiting, isRestarted } of steps) {
          world.pass(minute);
          world.queue.waiting = waiting;
          if (isRestarted) look = world.watch();
          await look();
          await look();
          const live = await world.incidents.live(10);
          assert.equal(live.length, waiting > 0 ? 1 : 0);
        }
      }),
      fcRuns,
    );
  });
});
