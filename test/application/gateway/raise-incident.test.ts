import assert from 'node:assert/strict';
import { MemoryIncidentStore } from '../../../src/adapters/memory/memory-incident-store.ts';
import {
  detectorOfUnreadable,
  raiseIncident,
} from '../../../src/application/gateway/raise-incident.ts';
import type { Unreadable } from '../../../src/application/ports/message-reader.ts';
import { originCount } from '../../../src/domain/protection/origins.ts';
import { instant } from '../../../src/domain/time.ts';

describe('RaiseIncident', () => {
  it('raises one incident for many sightings of one kind', async () => {
    const incidents = new MemoryIncidentStore();
    const raise = raiseIncident(incidents, { now: () => instant(5) });

    for (let n = 0; n < 3; n += 1) {
      await raise({
        detector: 'replay',
        target: 'portal-1',
        evidence: 'e'.repeat(2_000),
        origin: `10.0.${String(n)}`,
      });
    }

    const [incident, ...more] = await incidents.list(10);
    assert.deepEqual(more, []);
    assert.equal(incident?.sightings, 3);
    assert.equal(incident.severity, 'S1');
    assert.equal(incident.evidence.length, 500);
    assert.equal(originCount(incident.origins), 3);
  });

  it('takes what nobody signed for a forgery, and what does not fit for a bad message', () => {
    const whys: Unreadable['why'][] = ['properties', 'key', 'signature', 'hop'];
    for (const why of whys) assert.equal(detectorOfUnreadable({ why }), 'bad-signature');
    const misfits: Unreadable['why'][] = ['json', 'schema', 'route'];
    for (const why of misfits) assert.equal(detectorOfUnreadable({ why }), 'bad-schema');
  });
});
