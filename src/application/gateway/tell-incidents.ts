import type { DetectorCode } from '../../domain/protection/detector.ts';
import type { ReportSuspicion, Suspicion } from './raise-incident.ts';

/** How a finding was dealt with. `shadow`: only counted · `dropped`: too many waited to be told. */
export type FindingFate = 'told' | 'shadow' | 'dropped';
export type CountFinding = (detector: DetectorCode, fate: FindingFate) => void;

/** The way from what detectors find to incidents; a detector in shadow is only counted. */
export interface IncidentTeller {
  isShadow(detector: DetectorCode): boolean;
  /** Tells of it with the next call of `tellAll`. Never throws, never waits. */
  tell(suspicion: Suspicion): void;
  /** Raises at once. */
  readonly raise: ReportSuspicion;
  /** Raises what waits. Throws the outage of the store; what was not told then is told by the next call. */
  tellAll(): Promise<void>;
}

const untoldLimit = 1_000;

export const tellIncidents = (
  shadow: readonly DetectorCode[],
  raise: ReportSuspicion,
  count: CountFinding,
): IncidentTeller => {
  const untold: Suspicion[] = [];
  let telling = Promise.resolve();
  const isShadow = (detector: DetectorCode): boolean => shadow.includes(detector);
  const tellNext = async (): Promise<void> => {
    for (let next = untold[0]; next !== undefined; next = untold[0]) {
      await raise(next);
      untold.shift();
    }
  };
  return {
    isShadow,
    tell: (suspicion) => {
      const { detector } = suspicion;
      const hasRoom = untold.length < untoldLimit;
      if (isShadow(detector)) count(detector, 'shadow');
      else count(detector, hasRoom ? 'told' : 'dropped');
      if (!isShadow(detector) && hasRoom) untold.push(suspicion);
    },
    raise: (suspicion) => {
      const { detector } = suspicion;
      count(detector, isShadow(detector) ? 'shadow' : 'told');
      return isShadow(detector) ? Promise.resolve() : raise(suspicion);
    },
    tellAll: () => {
      // One after the other, also where two calls overlap: nothing is told twice.
      telling = telling.catch(() => undefined).then(tellNext);
      return telling;
    },
  };
};
