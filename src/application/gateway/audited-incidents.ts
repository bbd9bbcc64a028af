import type { Incident } from '../../domain/protection/incident.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { AuditRecorder } from './record-audit.ts';

/** Openings of incidents that are remembered as recorded; a sighting of an older one may be recorded again. */
const rememberedLimit = 1_000;

/** An incident store that has it written down when an incident begins or is opened again, and who moves it how. */
export const auditedIncidents = (
  incidents: IncidentStore,
  record: AuditRecorder['record'],
): IncidentStore => {
  const recorded = new Set<string>();
  const isNew = ({ id, openings }: Incident): boolean => {
    const opening = `${id} ${String(openings)}`;
    if (recorded.has(opening)) return false;
    recorded.add(opening);
    const [oldest] = recorded;
    if (recorded.size > rememberedLimit && oldest !== undefined) recorded.delete(oldest);
    return true;
  };
  return {
    note: async (sighting) => {
      const incident = await incidents.note(sighting);
      if (isNew(incident)) {
        const { key, severity } = incident;
        record('incident', key, `${severity} ${sighting.evidence}`);
      }
      return incident;
    },
    change: async (id, decide) => {
      let before: Incident['state'] | undefined;
      const changed = await incidents.change(id, (held) => {
        before = held.state;
        return decide(held);
      });
      if (changed.ok && changed.value.state !== before) {
        const { key, state, movedBy, verdict } = changed.value;
        record('move', movedBy ?? 'time', `${key} ${verdict ?? state}`);
      }
      return changed;
    },
    find: (id) => incidents.find(id),
    moves: (id) => incidents.moves(id),
    list: (limit, skip) => incidents.list(limit, skip),
    live: (limit, detectors) => incidents.live(limit, detectors),
    timedOut: (now, limit) => incidents.timedOut(now, limit),
    openedSince: (moment, except) => incidents.openedSince(moment, except),
  };
};
