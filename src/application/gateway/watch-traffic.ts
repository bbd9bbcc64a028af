import { type Severity, usualSeverity } from '../../domain/protection/detector.ts';
import type { Detector, Finding, Watched } from '../../domain/protection/detectors/watched.ts';
import type { Passing } from '../../domain/protection/traffic.ts';
import type { Clock } from '../ports/clock.ts';
import type { LoadCurb } from './curb-load.ts';
import type { MeasuresInForce } from './measures-in-force.ts';
import type { IncidentTeller } from './tell-incidents.ts';

/** The gateway's eye on the traffic. Nothing in it but `drain` ever throws, so no message suffers from it. */
export interface TrafficWatch {
  /** Shown every message and what became of it; it is looked at with the next `drain`. */
  watch(passing: Passing): void;
  /** Notes something to be looked at with the next `drain`. */
  note(event: Watched): void;
  /** Looks at once: what must be reacted to before the next message. */
  noteNow(event: Watched): void;
  /** Looks at what came, and raises incidents. Throws the outage of their store; they are told the next time then. */
  drain(): Promise<void>;
}

/** Messages that wait to be looked at; above it they are not looked at, so that memory is bounded. */
const waitingLimit = 20_000;

/** What is done about what was found, beside telling of it. */
export interface Reactions {
  readonly measures: Pick<MeasuresInForce, 'suspect' | 'take' | 'forgetIdle'>;
  readonly curb: Pick<LoadCurb, 'note'>;
}

/** What the detectors find goes to incidents, suspicion (by weight of its severity), measures and the curb. */
export const watchTraffic = (
  detectors: readonly Detector[],
  weights: Readonly<Record<Severity, number>>,
  { measures, curb }: Reactions,
  incidents: IncidentTeller,
  clock: Clock,
): TrafficWatch => {
  let waiting: Watched[] = [];
  const react = (finding: Finding): void => {
    const { detector, target, evidence, suspects, isTold, measure } = finding;
    const severity = finding.severity ?? usualSeverity[detector];
    if (isTold !== true) incidents.tell({ detector, target, evidence, severity });
    if (incidents.isShadow(detector)) return;
    const now = clock.now();
    if (detector === 'flood' || detector === 'flash-crowd') {
      curb.note({ surge: detector, place: target, evidence }, now);
    }
    measures.suspect(suspects, weights[severity], now);
    for (const who of suspects) if (measure !== undefined) measures.take(who, measure, now);
  };
  const look = (event: Watched): void => {
    for (const detector of detectors) for (const found of detector.see(event)) react(found);
  };
  const note = (event: Watched): void => {
    if (waiting.length < waitingLimit) waiting.push(event);
  };
  return {
    watch: (passing) => {
      // What the gateway answers itself is no traffic of customers.
      const isOfCustomers = !passing.operation.startsWith('gateway.');
      if (isOfCustomers) note({ kind: 'message', at: passing.at, passing });
    },
    note,
    noteNow: look,
    drain: () => {
      const events = waiting;
      waiting = [];
      for (const event of events) look(event);
      const now = clock.now();
      look({ kind: 'tick', at: now });
      measures.forgetIdle(now);
      return incidents.tellAll();
    },
  };
};
