import assert from 'node:assert/strict';
import { MemoryIncidentStore } from '../../../src/adapters/memory/memory-incident-store.ts';
import { actOnIncident } from '../../../src/application/gateway/act-on-incident.ts';
import { auditedIncidents } from '../../../src/application/gateway/audited-incidents.ts';
import { raiseIncident } from '../../../src/application/gateway/raise-incident.ts';
import { resolveQuietIncidents } from '../../../src/application/gateway/resolve-quiet-incidents.ts';
import { hour, instant, later, minute } from '../../../src/domain/time.ts';

const given = () => {
  const time = { now: instant(1e9) };
  const clock = { now: () => time.now };
  const recorded: string[] = [];
  const store = auditedIncidents(new MemoryIncidentStore(), (...entry) => {
    recorded.push(entry.join(' | '));
  });
  return {
    store,
    recorded,
    raise: raiseIncident(store, clock),
    act: actOnIncident(store, clock),
    resolveQuiet: resolveQuietIncidents(store, clock),
    pass: (ms: number) => void (time.now = later(time.now, ms)),
  };
};
const suspicion = { detector: 'replay', target: 'portal-1', evidence: 'q of portal-1' } as const;

describe('Audited incidents', () => {
  it('are written down when they begin and when they are opened again, not at every sighting', async () => {
    const { raise, recorded, act, pass } = given();
    const { id } = await raise(suspicion);
    await raise(suspicion);
    await raise({ ...suspicion, target: 'portal-2' });
    await act({ incidentId: id, act: { act: 'resolve' }, staffId: 'igor' });
    pass(minute);
    await raise(suspicion);

    assert.deepEqual(recorded, [
      'incident | replay:portal-1 | S1 q of portal-1',
      'incident | replay:portal-2 | S1 q of portal-1',
      'move | igor | replay:portal-1 resolved',
      'incident | replay:portal-1 | S1 q of portal-1',
    ]);
  });

  it('are written down when time resolves them, and not when nothing moves', async () => {
    const { raise, recorded, resolveQuiet, act, store, pass } = given();
    const { id } = await raise(suspicion);
    await act({ incidentId: id, act: { act: 'acknowledge' }, staffId: 'igor' });
    await act({ incidentId: id, act: { act: 'acknowledge' }, staffId: 'igor' });
    pass(3 * hour);
    await resolveQuiet();

    assert.match(recorded.at(-1) ?? '', /^move \| \S+ \| replay:portal-1 resolved$/);
    assert.equal(recorded.length, 3);
    assert.equal((await store.find(id))?.state, 'resolved');
    assert.equal((await store.moves(id)).length > 0, true);
    assert.equal((await store.live(5)).length, 0);
    assert.equal((await store.timedOut(instant(2e12), 5)).length, 0);
    assert.equal((await store.openedSince(instant(0), [])).count, 1);
    assert.equal((await store.list(5)).length, 1);
  });

  it('remember only so many openings', async () => {
    const { raise, recorded } = given();
    for (let n = 0; n < 1_001; n += 1) await raise({ ...suspicion, target: `t ${String(n)}` });
    await raise({ ...suspicion, target: 't 1000' });
    assert.equal(recorded.length, 1_001);
    await raise({ ...suspicion, target: 't 0' });

    assert.equal(recorded.length, 1_002);
  });
});
