import assert from 'node:assert/strict';
import fc from 'fast-check';
import { acknowledgeIncident } from '../../../src/application/gateway/acknowledge-incident.ts';
import { acknowledgementToken } from '../../../src/application/gateway/acknowledgement-token.ts';
import { actOnIncident } from '../../../src/application/gateway/act-on-incident.ts';
import type { IncidentId } from '../../../src/domain/protection/incident.ts';
import { day, hour, minute } from '../../../src/domain/time.ts';
import { givenNotices, personOf, secrets } from '../../support/given-notices.ts';
import '../../support/fc-runs.ts';

const forged = { detector: 'bad-signature', target: 'portal-1', evidence: 'e' } as const;
const linkInvalid = { ok: false, refusal: { reason: 'link-invalid' } };

const given = () => {
  const world = givenNotices({ people: [personOf('anna'), personOf('boris', { role: 'second' })] });
  return {
    ...world,
    acknowledge: acknowledgeIncident(world.incidents, secrets, world.clock),
    act: actOnIncident(world.incidents, world.clock),
  };
};

describe('AcknowledgeIncident', () => {
  it('by the link of the notice ends the escalation, and by it again changes nothing', async () => {
    const world = given();
    await world.raise(forged);
    await world.round();
    const token = /t=(\S+)/.exec(world.sendings[0]!.message.text)?.[1] ?? '';

    const first = await world.acknowledge({ token });
    const again = await world.acknowledge({ token });
    await world.pass(10 * minute);

    assert.ok(first.ok && again.ok);
    assert.deepEqual(again.value, first.value);
    assert.deepEqual([first.value.state, first.value.movedBy], ['acknowledged', 'anna']);
    assert.equal((await world.incidents.moves(first.value.id))[0]?.by, 'anna');
    assert.equal(world.to('boris').length, 0);
  });

  it('by whoever is signed in', async () => {
    const world = given();
    const { id: incidentId } = await world.raise(forged);

    const answer = await world.acknowledge({ incidentId, staffId: 'staff-7' });

    assert.ok(answer.ok);
    assert.equal(answer.value.movedBy, 'staff-7');
    const unknown = { incidentId: 'none' as IncidentId, staffId: 'staff-7' };
    assert.deepEqual(await world.acknowledge(unknown), {
      ok: false,
      refusal: { reason: 'incident-unknown' },
    });
  });

  it('does not by a link of an earlier opening, nor by one a day old', async () => {
    const world = given();
    const { id: incidentId } = await world.raise(forged);
    const link = { incidentId, openings: 1, person: 'anna' };
    const token = acknowledgementToken(secrets, link, world.now());
    await world.act({ incidentId, act: { act: 'resolve' }, staffId: 's' });
    world.wait(1);
    await world.raise(forged);

    assert.deepEqual(await world.acknowledge({ token }), linkInvalid);
    const newer = acknowledgementToken(secrets, { ...link, openings: 2 }, world.now());
    world.wait(day);
    assert.deepEqual(await world.acknowledge({ token: newer }), linkInvalid);
    const newest = acknowledgementToken(secrets, { ...link, openings: 2 }, world.now());
    world.wait(day - 1);
    assert.ok((await world.acknowledge({ token: newest })).ok);
  });

  it('does not by a link that anything was changed in', async () => {
    const world = given();
    const { id: incidentId } = await world.raise(forged);
    const token = acknowledgementToken(
      secrets,
      { incidentId, openings: 1, person: 'anna' },
      world.now(),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.string(), async (at, put) => {
        const other = token.slice(0, at) + put + token.slice(at + 1);
        if (other === token) return;
        assert.deepEqual(await world.acknowledge({ token: other }), linkInvalid);
      }),
    );
    assert.ok((await world.acknowledge({ token })).ok);
  });
});

describe('ActOnIncident', () => {
  it('takes an incident through its life, and refuses what is not its turn', async () => {
    const world = given();
    const { id: incidentId } = await world.raise(forged);
    const states: string[] = [];
    for (const act of [
      { act: 'review', verdict: 'true-positive' },
      { act: 'mitigate' },
      { act: 'resolve' },
      { act: 'review', verdict: 'true-positive' },
    ] as const) {
      const answer = await world.act({ incidentId, act, staffId: 's' });
      states.push(answer.ok ? answer.value.state : answer.refusal.reason);
    }
    assert.deepEqual(states, ['move-illegal', 'mitigating', 'resolved', 'reviewed']);
  });
});

describe('ResolveQuietIncidents', () => {
  it('resolves what is quiet, and opens again what nobody looks after any more', async () => {
    const world = given();
    const { id } = await world.raise({ ...forged, detector: 'harvest' });
    const slow = { ...forged, detector: 'flood', target: 'portal-2' } as const;
    const { id: flood } = await world.raise(slow);
    await world.acknowledge({ incidentId: flood, staffId: 's' });
    for (let n = 0; n < 125; n += 1) {
      await world.pass(minute, minute);
      await world.raise(slow);
    }

    const found = await world.incidents.find(flood);
    assert.deepEqual([found?.state, found?.openings], ['open', 2]);
    await world.pass(hour + minute, minute);
    assert.equal((await world.incidents.find(id))?.state, 'resolved');
  });
});
