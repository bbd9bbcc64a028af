import type { Instant } from '../../time.ts';
import type { DetectionSettings } from './settings.ts';
import { nothing, type ConditionCode, type Detector } from './watched.ts';

/** Places at once of which conditions are told. */
const targetLimit = 1_000;

/** Our own trouble, not an attack: something that must not last does. Told once, until it has ended. */
export function lastingConditionDetector(settings: DetectionSettings['lasting']): Detector {
  const patienceMs: Readonly<Record<ConditionCode, number>> = {
    'grant-exhausted': settings.grantExhaustedMs,
    'grant-late': settings.grantLateMs,
    'connector-silent': settings.connectorSilentMs,
  };
  const since = new Map<string, { readonly at: Instant; isTold: boolean }>();
  return {
    see: (event) => {
      if (event.kind !== 'condition') return nothing;
      const { detector, target, at } = event;
      const key = `${detector} ${target}`;
      if (!event.holds) {
        since.delete(key);
        return nothing;
      }
      const held = since.get(key) ?? { at, isTold: false };
      if (since.size < targetLimit) since.set(key, held);
      const lastsMs = at - held.at;
      if (held.isTold || lastsMs < patienceMs[detector]) return nothing;
      held.isTold = true;
      const evidence = `for ${(lastsMs / 1_000).toFixed(0)} s`;
      return [{ detector, target, evidence, suspects: [] }];
    },
  };
}
