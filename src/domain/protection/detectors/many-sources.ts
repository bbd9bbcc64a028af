import type { Instant } from '../../time.ts';
import { slidingDistinct } from '../sketches/sliding-distinct.ts';
import { alarm, calm } from './hysteresis.ts';
import { recentKeys } from './recent-keys.ts';
import type { Threshold } from './settings.ts';
import { nothing, type Detector, type Finding, type Suspect } from './watched.ts';

const keyLimit = 50_000;

/** Failures on one login or customer from many networks: many hands try one door. */
export function manySourcesDetector({ windowMs, threshold }: Threshold, seed: number): Detector {
  const doors = recentKeys(keyLimit, windowMs, () => ({
    subnets: slidingDistinct(windowMs, seed),
    alarm: calm,
  }));
  const fail = (door: Suspect, subnet: string, at: Instant): readonly Finding[] => {
    const seen = doors.of(`${door.kind} ${door.id}`, at);
    seen.subnets.add(subnet, at);
    const count = seen.subnets.count(at);
    const { state, change } = alarm(seen.alarm, count, threshold);
    seen.alarm = state;
    if (change !== 'opened') return nothing;
    const evidence = `failures from ${count} networks within ${windowMs / 60_000} min`;
    return [
      { detector: 'many-sources', target: door.id, evidence, suspects: [door], measure: 'step-up' },
    ];
  };
  return {
    see: (event) => {
      switch (event.kind) {
        case 'tick':
          doors.forgetIdle(event.at);
          return nothing;
        case 'edge':
          return event.rows.flatMap(({ subnet, tries }) =>
            tries
              .filter(({ failed }) => failed)
              .flatMap(({ subject }) => fail({ kind: 'login', id: subject }, subnet, event.at)),
          );
        case 'message': {
          const { passage, subnet, customer } = event.passing;
          if (passage !== 'refused' || subnet === undefined) return nothing;
          return fail({ kind: 'customer', id: customer }, subnet, event.at);
        }
        default:
          return nothing;
      }
    },
  };
}
