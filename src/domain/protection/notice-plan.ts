import { day, hour, later, minute, second, type Instant } from '../time.ts';
import type { Severity } from './detector.ts';
import { escalationMs, stepAt, type Step } from './escalation.ts';
import type { Incident } from './incident.ts';
import { type IncidentState, isLive } from './incident-moves.ts';

/** What people were told of an incident so far. */
export interface Told {
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly severity: Severity;
  readonly state: IncidentState;
  readonly sightings: number;
  readonly openings: number;
  readonly step: Step;
}
/** Why people are told now. */
export type Telling = 'new' | 'escalated' | 'update' | 'repeat' | 'resolved';
/** What to do about one incident now, and when to look at it again (undefined: when it changes). */
export interface Look {
  readonly telling: Telling | undefined;
  readonly againAt: Instant | undefined;
}

const groupWaitMs = 30 * second;
const eagerMs = 10 * minute;
const repeatMs = 4 * hour;

/** Decides whether people have to be told of an incident now. */
export function lookAt(incident: Incident, told: Told | undefined, now: Instant): Look {
  const dueAt = told === undefined ? firstDue(incident) : nextDue(incident, told);
  if (dueAt === undefined) return { telling: undefined, againAt: undefined };
  if (dueAt.at > now) return { telling: undefined, againAt: dueAt.at };
  const next = nextDue(incident, toldNow(incident, told, now));
  return { telling: dueAt.telling, againAt: next?.at };
}

/** What people know once they were told now. */
export const toldNow = (incident: Incident, told: Told | undefined, now: Instant): Told => ({
  firstAt: told === undefined || isGraver(incident, told) ? now : told.firstAt,
  lastAt: now,
  severity: incident.severity,
  state: incident.state,
  sightings: incident.sightings,
  openings: incident.openings,
  step:
    incident.openings === told?.openings
      ? maxStep(told.step, stepAt(incident, now))
      : stepAt(incident, now),
});

interface Due {
  readonly telling: Telling;
  readonly at: Instant;
}
const due = (telling: Telling, at: Instant): Due => ({ telling, at });

function firstDue(incident: Incident): Due | undefined {
  const { severity, state, firstAt } = incident;
  switch (severity) {
    case 'S1':
      return due('new', firstAt);
    case 'S2':
      // What was over within the wait is told to nobody.
      return isLive(state) ? due('new', later(incident.openedAt, groupWaitMs)) : undefined;
    case 'S3':
      return due('new', nextWhole(firstAt, hour));
    case 'S4':
      return due('new', nextWhole(firstAt, day));
  }
}

function nextDue(incident: Incident, told: Told): Due | undefined {
  if (isGraver(incident, told)) return firstDue(incident);
  const candidates = [resolvedDue, escalationDue, updateDue, repeatDue].flatMap(
    (rule) => rule(incident, told) ?? [],
  );
  return candidates.toSorted((a, b) => a.at - b.at)[0];
}

const isGraver = (incident: Incident, told: Told): boolean => incident.severity < told.severity;

function resolvedDue(incident: Incident, told: Told): Due | undefined {
  if (isLive(incident.state) || !isLive(told.state)) return undefined;
  if (incident.severity > 'S2') return undefined;
  return due('resolved', later(told.lastAt, pauseMs(incident, told)));
}

function escalationDue(
  { severity, state, openedAt, openings }: Incident,
  told: Told,
): Due | undefined {
  if (severity !== 'S1' || state !== 'open') return undefined;
  const reached = told.openings === openings ? told.step : 0;
  if (reached === 2) return undefined;
  return due('escalated', later(openedAt, escalationMs[reached === 0 ? 1 : 2]));
}

function updateDue(incident: Incident, told: Told): Due | undefined {
  const { severity, state, sightings, openings } = incident;
  if (sightings === told.sightings && openings === told.openings) return undefined;
  switch (severity) {
    case 'S1':
    case 'S2':
      return isLive(state) ? due('update', later(told.lastAt, pauseMs(incident, told))) : undefined;
    case 'S3':
      return due('update', nextWhole(told.lastAt, hour));
    case 'S4':
      return due('update', nextWhole(told.lastAt, day));
  }
}

function repeatDue({ severity, state }: Incident, told: Told): Due | undefined {
  if (severity !== 'S2' || state !== 'open') return undefined;
  return due('repeat', later(told.lastAt, repeatMs));
}

/** How long people are left alone after they were told of it. */
function pauseMs({ severity, detector, state }: Incident, told: Told): number {
  // A storm is told of as one thing so that people can work: once a minute would be a storm of messages again.
  if (severity === 'S2' || detector === 'storm') return 5 * minute;
  const isFresh = told.lastAt < later(told.firstAt, eagerMs);
  return isFresh && state !== 'acknowledged' && state !== 'mitigating' ? minute : 15 * minute;
}

const nextWhole = (at: Instant, ms: number): Instant => later(at, ms - (at % ms));
const maxStep = (a: Step, b: Step): Step => (a > b ? a : b);
