import {
  type DetectorCode,
  type Severity,
  usualSeverity,
} from '../../domain/protection/detector.ts';
import type { Incident } from '../../domain/protection/incident.ts';
import { plainText } from '../../domain/protection/plain-text.ts';
import type { Clock } from '../ports/clock.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { Unreadable } from '../ports/message-reader.ts';

export interface Suspicion {
  readonly detector: DetectorCode;
  /** Who it came from, or what was aimed at. */
  readonly target: string;
  /** Ids and reasons only: no content of the message. */
  readonly evidence: string;
  /** Where it is not the detector's usual one. */
  readonly severity?: Severity;
  /** Where it came from, when that is not the target: a subnet, a session. */
  readonly origin?: string;
}

/** Longest evidence that is kept. */
const evidenceLength = 500;
const targetLength = 200;

/** Writes down what a detector saw: an incident the first time, a count on it from then on. */
export const raiseIncident =
  (incidents: IncidentStore, clock: Clock) =>
  ({
    detector,
    target,
    evidence,
    severity = usualSeverity[detector],
    origin,
  }: Suspicion): Promise<Incident> =>
    incidents.note({
      detector,
      target: plainText(target, targetLength),
      severity,
      evidence: plainText(evidence, evidenceLength),
      ...(origin !== undefined && { origin: plainText(origin, targetLength) }),
      at: clock.now(),
    });
export type RaiseIncident = ReturnType<typeof raiseIncident>;
/** Raises an incident, or only counts it, for whoever need not know what became of it. */
export type ReportSuspicion = (suspicion: Suspicion) => Promise<unknown>;

/** Of what a message that cannot be read is a sign. */
export const detectorOfUnreadable = ({ why }: Unreadable): DetectorCode => {
  switch (why) {
    case 'json':
    case 'schema':
    case 'route':
      return 'bad-schema';
    case 'properties':
    case 'key':
    case 'signature':
    case 'hop':
      return 'bad-signature';
  }
};
