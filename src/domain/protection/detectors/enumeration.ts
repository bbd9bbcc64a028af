import type { Instant } from '../../time.ts';
import type { EdgeRow } from '../edge.ts';
import { slidingCount } from '../sketches/sliding-count.ts';
import { slidingDistinct } from '../sketches/sliding-distinct.ts';
import { alarm, calm } from './hysteresis.ts';
import { recentKeys } from './recent-keys.ts';
import type { DetectionSettings } from './settings.ts';
import { nothing, type Detector, type Finding } from './watched.ts';

const keyLimit = 20_000;

/** Logins are tried one after another from one network. A network whose people mostly get in is an office. */
export function enumerationDetector(
  settings: DetectionSettings['enumeration'],
  seed: number,
): Detector {
  const { windowMs, threshold, failureShare } = settings;
  const networks = recentKeys(keyLimit, windowMs, () => ({
    subjects: slidingDistinct(windowMs, seed),
    tries: slidingCount(windowMs),
    failures: slidingCount(windowMs),
    alarm: calm,
  }));
  const look = ({ subnet, tries, inSequence }: EdgeRow, at: Instant): readonly Finding[] => {
    const network = networks.of(subnet, at);
    for (const { subject, failed } of tries) {
      network.subjects.add(subject, at);
      network.tries.add(at);
      if (failed) network.failures.add(at);
    }
    const share = network.failures.sum(at) / network.tries.sum(at);
    const distinct = network.subjects.count(at);
    const isSequence = Math.min(inSequence, distinct) >= settings.inSequence;
    const suspicious = share > failureShare ? Math.max(distinct, isSequence ? Infinity : 0) : 0;
    const { state, change } = alarm(network.alarm, suspicious, threshold);
    network.alarm = state;
    if (change !== 'opened') return nothing;
    return [
      {
        detector: 'enumeration',
        target: subnet,
        evidence: `${distinct} logins, ${inSequence} in sequence, ${percent(share)} failed`,
        suspects: [{ kind: 'subnet', id: subnet }],
        measure: 'tarpit',
      },
    ];
  };
  return {
    see: (event) => {
      if (event.kind === 'tick') networks.forgetIdle(event.at);
      if (event.kind !== 'edge') return nothing;
      return event.rows
        .filter(({ tries }) => tries.length > 0)
        .flatMap((row) => look(row, event.at));
    },
  };
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
