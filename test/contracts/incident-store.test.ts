import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { MemoryIncidentStore } from '../../src/adapters/memory/memory-incident-store.ts';
import { PostgresIncidentStore } from '../../src/adapters/postgres/gateway/postgres-incident-store.ts';
import { raiseIncident } from '../../src/application/gateway/raise-incident.ts';
import type { IncidentStore } from '../../src/application/ports/incident-store.ts';
import {
  actOn,
  type Act,
  type IncidentId,
  type Sighting,
} from '../../src/domain/protection/incident.ts';
import { originCount, topOrigins } from '../../src/domain/protection/origins.ts';
import { hour, instant, later, minute } from '../../src/domain/time.ts';
import { givenGatewayDatabase } from '../support/gateway-database.ts';

const now = instant(Date.parse('2026-11-22T10:00:00.123Z'));
const sightingOf = (target: string, more: Partial<Sighting> = {}): Sighting => ({
  detector: 'bad-signature',
  target,
  severity: 'S1',
  evidence: 'signature of 1',
  at: now,
  ...more,
});
const act = (store: IncidentStore, id: IncidentId, what: Act, ms = 0) =>
  store.change(id, (held) => actOn(held, what, 'staff-1', later(now, ms)));

const incidentContract = (given: () => IncidentStore): void => {
  it('makes one live incident of many sightings at once, and counts every one', async () => {
    const store = given();
    const target = randomUUID();

    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        store.note(sightingOf(target, { origin: `10.0.${String(n % 7)}` })),
      ),
    );
    const last = await store.note(sightingOf(target, { at: later(now, 5), evidence: 'other' }));

    const { id, origins, ...facts } = last;
    assert.deepEqual(facts, {
      key: `bad-signature:${target}`,
      detector: 'bad-signature',
      target,
      severity: 'S1',
      state: 'open',
      verdict: undefined,
      firstAt: now,
      lastAt: later(now, 5),
      sightings: 41,
      evidence: 'signature of 1',
      openedAt: now,
      openings: 1,
      movedAt: now,
      movedBy: undefined,
      revision: 41,
    });
    assert.equal(originCount(origins), 7);
    assert.deepEqual(topOrigins(origins, 1), [{ origin: '10.0.0', sightings: 6 }]);
    assert.deepEqual(await store.find(id), last);
  });

  it('raises the severity with a graver sighting', async () => {
    const store = given();
    const target = randomUUID();
    await store.note(sightingOf(target, { severity: 'S3' }));

    assert.equal((await store.note(sightingOf(target, { severity: 'S1' }))).severity, 'S1');
    assert.equal((await store.note(sightingOf(target, { severity: 'S2' }))).severity, 'S1');
  });

  it('opens the same incident again within an hour, and another one later', async () => {
    const store = given();
    const target = randomUUID();
    const { id } = await store.note(sightingOf(target));
    await act(store, id, { act: 'resolve' });

    const again = await store.note(sightingOf(target, { at: later(now, hour) }));
    assert.deepEqual([again.id, again.state, again.openings], [id, 'open', 2]);
    await act(store, id, { act: 'resolve' }, hour + minute);
    const other = await store.note(sightingOf(target, { at: later(now, 3 * hour) }));

    assert.notEqual(other.id, id);
    assert.deepEqual([other.sightings, other.openings], [1, 1]);
    const states = (await store.list(100)).filter((one) => one.target === target);
    assert.deepEqual(
      states.map(({ state }) => state),
      ['open', 'resolved'],
    );
  });

  it('keeps every move and who made it', async () => {
    const store = given();
    const { id } = await store.note(sightingOf(randomUUID()));
    await act(store, id, { act: 'acknowledge' }, 1);
    await act(store, id, { act: 'acknowledge' }, 2);
    await act(store, id, { act: 'resolve' }, 3);
    await act(store, id, { act: 'review', verdict: 'false-positive' }, 4);

    assert.deepEqual(await store.moves(id), [
      { from: 'open', to: 'acknowledged', at: later(now, 1), by: 'staff-1' },
      { from: 'acknowledged', to: 'resolved', at: later(now, 3), by: 'staff-1' },
      { from: 'resolved', to: 'reviewed', at: later(now, 4), by: 'staff-1' },
    ]);
    assert.equal((await store.find(id))?.verdict, 'false-positive');
  });

  it('answers what was refused, and that an incident is unknown', async () => {
    const store = given();
    const { id } = await store.note(sightingOf(randomUUID()));

    assert.deepEqual(await act(store, id, { act: 'expire' }), {
      ok: true,
      value: await store.find(id),
    });
    assert.deepEqual(await act(store, id, { act: 'review', verdict: 'true-positive' }), {
      ok: false,
      refusal: { reason: 'move-illegal', state: 'open' },
    });
    assert.deepEqual(await act(store, randomUUID() as IncidentId, { act: 'resolve' }), {
      ok: false,
      refusal: { reason: 'incident-unknown' },
    });
    assert.equal(await store.find(randomUUID() as IncidentId), undefined);
    assert.deepEqual(await store.moves(id), []);
  });

  it('loses no sighting and no act when they come at once', async () => {
    const store = given();
    const target = randomUUID();
    const { id } = await store.note(sightingOf(target));

    await Promise.all([
      ...Array.from({ length: 10 }, () => store.note(sightingOf(target))),
      act(store, id, { act: 'acknowledge' }),
      act(store, id, { act: 'acknowledge' }),
    ]);

    const found = await store.find(id);
    assert.deepEqual([found?.sightings, found?.state], [11, 'acknowledged']);
    assert.equal((await store.moves(id)).length, 1);
  });

  it('lists the newest sighting first, and no more than asked', async () => {
    const store = given();
    const targets = [randomUUID(), randomUUID(), randomUUID()];
    for (const [n, target] of targets.entries()) {
      await store.note(sightingOf(target, { at: later(now, 10 * hour + n) }));
    }

    assert.deepEqual(
      (await store.list(2)).map(({ target }) => target),
      [targets[2], targets[1]],
    );
    assert.deepEqual(
      (await store.list(2, 1)).map(({ target }) => target),
      [targets[1], targets[0]],
    );
  });

  it('finds the live ones of a detector, the gravest first', async () => {
    const store = given();
    const [low, high, over] = [randomUUID(), randomUUID(), randomUUID()];
    const detector = 'harvest';
    await store.note(sightingOf(low, { detector, severity: 'S2' }));
    await store.note(sightingOf(high, { detector, severity: 'S1' }));
    const { id } = await store.note(sightingOf(over, { detector, severity: 'S1' }));
    await act(store, id, { act: 'resolve' });

    const live = await store.live(10, [detector]);
    assert.deepEqual(
      live.map(({ target }) => target),
      [high, low],
    );
    assert.ok((await store.live(1_000)).some(({ target }) => target === low));
    assert.equal((await store.live(1)).length, 1);
  });

  it('finds those on which time acts, until it has acted', async () => {
    const store = given();
    const early = later(now, -100 * hour);
    const target = randomUUID();
    const { id } = await store.note(sightingOf(target, { severity: 'S2', at: early }));
    const timedOut = async (ms: number) =>
      (await store.timedOut(later(early, ms), 100)).some((one) => one.id === id);

    assert.equal(await timedOut(5 * minute - 1), false);
    assert.equal(await timedOut(5 * minute), true);
    await act(store, id, { act: 'resolve' });
    assert.equal(await timedOut(5 * minute), false);
  });

  it('counts what was opened after a moment, except some', async () => {
    const store = given();
    const at = later(now, 1_000 * hour);
    await store.note(sightingOf(randomUUID(), { at, severity: 'S3' }));
    await store.note(sightingOf(randomUUID(), { at: later(at, 1), severity: 'S3' }));
    await store.note(sightingOf(randomUUID(), { at: later(at, 1), severity: 'S2' }));
    await store.note(sightingOf('gateway', { at: later(at, 1), detector: 'storm' }));

    assert.deepEqual(await store.openedSince(at, ['storm']), { count: 2, gravest: 'S2' });
    const later1 = await store.openedSince(later(at, 1), []);
    assert.deepEqual(later1, { count: 0, gravest: undefined });
  });
};

describe('Incidents in memory', () => {
  incidentContract(() => new MemoryIncidentStore());
});

describe('Incidents on PostgreSQL', function () {
  this.timeout(60_000);
  let database: Awaited<ReturnType<typeof givenGatewayDatabase>>;
  before(async () => (database = await givenGatewayDatabase()));
  after(() => database.close());

  incidentContract(() => new PostgresIncidentStore(database.pool));

  it('take what a message may say of itself: nobody silences an alarm by a text', async () => {
    const store = new PostgresIncidentStore(database.pool);
    const raise = raiseIncident(store, { now: () => now });
    for (const nasty of ['a\u0000b', 'a\ud800', `${'x'.repeat(199)}😀`]) {
      const { id } = await raise({
        detector: 'bad-signature',
        target: nasty,
        evidence: `signature of ${nasty}`,
        origin: nasty,
      });
      const kept = await store.find(id);
      assert.equal(kept?.severity, 'S1');
      assert.match(kept.target, /\ufffd/);
      assert.match(kept.evidence, nasty.length > 9 ? /😀$/u : /\ufffd/);
    }
  });

  it('count what two stores note of one target at once', async () => {
    const stores = [1, 2].map(() => new PostgresIncidentStore(database.pool));
    const target = randomUUID();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => stores[n % 2]!.note(sightingOf(target))),
    );

    assert.equal((await stores[0]!.note(sightingOf(target))).sightings, 21);
  });
});
