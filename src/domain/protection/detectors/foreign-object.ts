import { slidingDistinct } from '../sketches/sliding-distinct.ts';
import { recentKeys } from './recent-keys.ts';
import type { Threshold } from './settings.ts';
import { nothing, suspectsOf, whoOf, type Detector } from './watched.ts';

const keyLimit = 20_000;

/** Somebody who is signed in asks for what is not theirs: once may be an old page, three things are a search. */
export function foreignObjectDetector({ windowMs, threshold }: Threshold, seed: number): Detector {
  const asked = recentKeys(keyLimit, windowMs, () => slidingDistinct(windowMs, seed));
  return {
    see: (event) => {
      if (event.kind === 'tick') asked.forgetIdle(event.at);
      if (event.kind !== 'foreign-object') return nothing;
      const who = whoOf(event.from);
      const objects = asked.of(`${who.kind} ${who.id}`, event.at);
      objects.add(event.object, event.at);
      const distinct = objects.count(event.at);
      const suspects = suspectsOf(event.from);
      const evidence = `${distinct} foreign objects within ${windowMs / 60_000} min`;
      const found = { detector: 'foreign-object', target: event.from.customer, evidence } as const;
      if (distinct < threshold) return [{ ...found, suspects, isTold: true }];
      return [{ ...found, severity: 'S1', suspects: [who], measure: 'quarantine' }];
    },
  };
}
