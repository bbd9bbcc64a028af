import type { DetectorCode, Severity } from '../../domain/protection/detector.ts';
import type { Incident, IncidentId, Sighting } from '../../domain/protection/incident.ts';
import type { IncidentState } from '../../domain/protection/incident-moves.ts';
import type { Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';

/** One move an incident made, kept for ever. */
export interface MadeMove {
  readonly from: IncidentState;
  readonly to: IncidentState;
  readonly at: Instant;
  readonly by: string | undefined;
}
export interface IncidentUnknown {
  readonly reason: 'incident-unknown';
}

/**
 * What people have to look at. Promises, proved by test/contracts/incident-store.test.ts:
 * - sightings of one detector and target are one live incident, counted exactly under parallel calls;
 * - a sighting soon after the incident was resolved opens it again, a later one opens another;
 * - a change sees the newest state and nothing comes between; every move it makes is kept.
 */
export interface IncidentStore {
  note(sighting: Sighting): Promise<Incident>;
  change<Refusal>(
    id: IncidentId,
    decide: (held: Incident) => Result<Incident, Refusal>,
  ): Promise<Result<Incident, Refusal | IncidentUnknown>>;
  find(id: IncidentId): Promise<Incident | undefined>;
  /** Oldest first. */
  moves(id: IncidentId): Promise<MadeMove[]>;
  /** Newest sighting first; `skip` leaves so many of the newest out. */
  list(limit: number, skip?: number): Promise<Incident[]>;
  /** The live ones of these detectors, or of all; the gravest first, then the oldest. */
  live(limit: number, detectors?: readonly DetectorCode[]): Promise<Incident[]>;
  /** Those on which time acts by now, the longest due first. */
  timedOut(now: Instant, limit: number): Promise<Incident[]>;
  /** How many of other detectors than these were first seen after a moment, and how grave the gravest is. */
  openedSince(
    moment: Instant,
    except: readonly DetectorCode[],
  ): Promise<{ readonly count: number; readonly gravest: Severity | undefined }>;
}
