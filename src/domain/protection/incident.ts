import type { Brand } from '../ids.ts';
import { ok, refused, type Result } from '../result.ts';
import { hour, later, type Instant } from '../time.ts';
import type { DetectorCode, Severity } from './detector.ts';
import { type IncidentState, isLegalMove, isLive } from './incident-moves.ts';
import { addOrigin, noOrigins, type Origins } from './origins.ts';

export type IncidentId = Brand<string, 'IncidentId'>;
/** Whether it was one after all; what detectors are judged by. */
export type Verdict = 'true-positive' | 'false-positive';

/** What one detector saw once. */
export interface Sighting {
  readonly detector: DetectorCode;
  /** What was aimed at or came from: a source, a customer. */
  readonly target: string;
  readonly severity: Severity;
  readonly evidence: string;
  /** Where it came from, when that is not the target: a subnet, a session. */
  readonly origin?: string;
  readonly at: Instant;
}

/** Something people have to look at. Sightings of one detector and target belong to one incident. */
export interface Incident {
  readonly id: IncidentId;
  readonly key: string;
  readonly detector: DetectorCode;
  readonly target: string;
  /** Of the gravest sighting. */
  readonly severity: Severity;
  readonly state: IncidentState;
  readonly verdict: Verdict | undefined;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly sightings: number;
  /** Of the first sighting. */
  readonly evidence: string;
  readonly origins: Origins;
  /** When it began to wait for somebody: at first, when it came back, when an acknowledgement ran out. */
  readonly openedAt: Instant;
  /** How often it did so. */
  readonly openings: number;
  readonly movedAt: Instant;
  /** Who moved it last; undefined where nobody did. */
  readonly movedBy: string | undefined;
  /** Grows with every change. */
  readonly revision: number;
}

/** Seen again within this time after it was resolved, it is the same incident. */
export const reopenMs = hour;

export const incidentKey = (sighting: Pick<Sighting, 'detector' | 'target'>): string =>
  `${sighting.detector}:${sighting.target}`;

/** Opens an incident with its first sighting. */
export function openIncident(id: IncidentId, sighting: Sighting): Incident {
  const { detector, target, severity, evidence, origin, at } = sighting;
  return {
    id,
    key: incidentKey(sighting),
    detector,
    target,
    severity,
    state: 'open',
    verdict: undefined,
    firstAt: at,
    lastAt: at,
    sightings: 1,
    evidence,
    origins: origin === undefined ? noOrigins : addOrigin(noOrigins, origin),
    openedAt: at,
    openings: 1,
    movedAt: at,
    movedBy: undefined,
    revision: 1,
  };
}

/** Tells whether a sighting of the same key belongs to the incident, or begins another one. */
export const continues = (incident: Incident, sighting: Sighting): boolean =>
  isLive(incident.state) ||
  (incident.state === 'resolved' && sighting.at <= later(incident.movedAt, reopenMs));

/**
 * Adds a sighting that belongs to the incident; in whatever order sightings are added, the same comes out. One from
 * after it was resolved opens it again.
 */
export function addSighting(incident: Incident, sighting: Sighting): Incident {
  const { severity, evidence, origin, at } = sighting;
  const isFirst =
    at < incident.firstAt || (at === incident.firstAt && evidence < incident.evidence);
  const firstAt = isFirst ? at : incident.firstAt;
  const openedAt = incident.openings === 1 ? firstAt : incident.openedAt;
  const seen: Incident = {
    ...incident,
    severity: severity < incident.severity ? severity : incident.severity,
    firstAt,
    evidence: isFirst ? evidence : incident.evidence,
    openedAt,
    movedAt: incident.state === 'open' ? openedAt : incident.movedAt,
    lastAt: at > incident.lastAt ? at : incident.lastAt,
    sightings: incident.sightings + 1,
    origins: origin === undefined ? incident.origins : addOrigin(incident.origins, origin),
    revision: incident.revision + 1,
  };
  return incident.state === 'resolved' && at > incident.movedAt ? opened(seen, at) : seen;
}

/**
 * Adds sightings of one key to the newest incident of it (undefined: there is none), or opens one under `id`.
 * `left` are the sightings that begin yet another one.
 */
export function noteSightings(
  newest: Incident | undefined,
  id: IncidentId,
  [first, ...more]: readonly [Sighting, ...Sighting[]],
): { readonly incident: Incident; readonly left: readonly Sighting[] } {
  let incident =
    newest !== undefined && continues(newest, first)
      ? addSighting(newest, first)
      : openIncident(id, first);
  for (const [at, sighting] of more.entries()) {
    if (!continues(incident, sighting)) return { incident, left: more.slice(at) };
    incident = addSighting(incident, sighting);
  }
  return { incident, left: [] };
}

/** What somebody, or time, does to an incident. */
export type Act =
  | { readonly act: 'acknowledge' | 'mitigate' | 'resolve' | 'expire' }
  | { readonly act: 'review'; readonly verdict: Verdict };
export interface MoveRefusal {
  readonly reason: 'move-illegal';
  readonly state: IncidentState;
}

const stateAfter = {
  acknowledge: 'acknowledged',
  mitigate: 'mitigating',
  resolve: 'resolved',
  expire: 'open',
  review: 'reviewed',
} as const satisfies Readonly<Record<Act['act'], IncidentState>>;

/** Acts on an incident. What is done already is not done again: the incident comes back as it is. */
export function actOn(
  incident: Incident,
  act: Act,
  by: string | undefined,
  now: Instant,
): Result<Incident, MoveRefusal> {
  const to = stateAfter[act.act];
  const verdict = act.act === 'review' ? act.verdict : incident.verdict;
  if (incident.state === to && incident.verdict === verdict) return ok(incident);
  if (act.act === 'acknowledge' && incident.state === 'mitigating') return ok(incident);
  if (!isLegalMove(incident.state, to)) {
    return refused({ reason: 'move-illegal', state: incident.state });
  }
  if (to === 'open') return ok({ ...opened(incident, now), revision: incident.revision + 1 });
  const revision = incident.revision + 1;
  return ok({ ...incident, state: to, verdict, movedAt: now, movedBy: by, revision });
}

const opened = (incident: Incident, at: Instant): Incident => ({
  ...incident,
  state: 'open',
  openedAt: at,
  openings: incident.openings + 1,
  movedAt: at,
  movedBy: undefined,
});
