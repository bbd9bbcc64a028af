import type { Incident } from '../../../domain/protection/incident.ts';
import { nextActAt } from '../../../domain/protection/incident-time.ts';
import { isoText } from '../../../domain/time.ts';

/** An incident as it lies in the gateway's database. */
export interface IncidentRow {
  readonly id: Incident['id'];
  readonly key: string;
  readonly detector: Incident['detector'];
  readonly target: string;
  readonly severity: Incident['severity'];
  readonly state: Incident['state'];
  readonly verdict: NonNullable<Incident['verdict']> | null;
  readonly first_at: Incident['firstAt'];
  readonly last_at: Incident['lastAt'];
  readonly sightings: number;
  readonly evidence: string;
  readonly origins: Incident['origins'];
  readonly opened_at: Incident['openedAt'];
  readonly openings: number;
  readonly moved_at: Incident['movedAt'];
  readonly moved_by: string | null;
  readonly revision: number;
}

export const incidentColumns = `id, key, detector, target, severity, state, verdict, first_at, last_at,
  sightings, evidence, origins, opened_at, openings, moved_at, moved_by, revision`;

export const toIncident = (row: IncidentRow): Incident => ({
  id: row.id,
  key: row.key,
  detector: row.detector,
  target: row.target,
  severity: row.severity,
  state: row.state,
  verdict: row.verdict ?? undefined,
  firstAt: row.first_at,
  lastAt: row.last_at,
  sightings: row.sightings,
  evidence: row.evidence,
  origins: row.origins,
  openedAt: row.opened_at,
  openings: row.openings,
  movedAt: row.moved_at,
  movedBy: row.moved_by ?? undefined,
  revision: row.revision,
});

/** The columns that change, `$1` to `$15`, in the order in which `incidentValues` gives them. */
export const changingColumns = [
  'id',
  'severity',
  'state',
  'verdict',
  'first_at',
  'last_at',
  'sightings',
  'evidence',
  'origins',
  'opened_at',
  'openings',
  'moved_at',
  'moved_by',
  'revision',
  'acts_at',
] as const;

export function incidentValues(incident: Incident): unknown[] {
  const actsAt = nextActAt(incident);
  return [
    incident.id,
    incident.severity,
    incident.state,
    incident.verdict,
    isoText(incident.firstAt),
    isoText(incident.lastAt),
    incident.sightings,
    incident.evidence,
    JSON.stringify(incident.origins),
    isoText(incident.openedAt),
    incident.openings,
    isoText(incident.movedAt),
    incident.movedBy,
    incident.revision,
    actsAt === undefined ? undefined : isoText(actsAt),
  ];
}
