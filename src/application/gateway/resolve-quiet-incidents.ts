import { actOn } from '../../domain/protection/incident.ts';
import { actOfTime } from '../../domain/protection/incident-time.ts';
import { ok } from '../../domain/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { IncidentStore } from '../ports/incident-store.ts';

/** How many are looked at in one round. */
const atOnce = 200;

/** Resolves what was quiet for long enough and opens what nobody looks after any more. Answers whether there is more. */
export const resolveQuietIncidents =
  (incidents: IncidentStore, clock: Clock) => async (): Promise<boolean> => {
    const now = clock.now();
    const timedOut = await incidents.timedOut(now, atOnce);
    for (const { id } of timedOut) {
      // It may have been seen again since it was found.
      await incidents.change(id, (held) => {
        const act = actOfTime(held, now);
        return act === undefined ? ok(held) : actOn(held, act, undefined, now);
      });
    }
    return timedOut.length === atOnce;
  };
export type ResolveQuietIncidents = ReturnType<typeof resolveQuietIncidents>;
