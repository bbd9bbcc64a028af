import type { Instant } from '../../time.ts';
import { recentKeys } from './recent-keys.ts';
import type { SequenceRule } from './settings.ts';
import { nothing, type Detector, type Finding, type Suspect } from './watched.ts';

const keyLimit = 50_000;

/** A step is taken that cannot come without another one before it: no page of ours does that. */
export function impossibleSequenceDetector(rules: readonly SequenceRule[]): Detector {
  const longestMs = Math.max(0, ...rules.map(({ withinMs }) => withinMs));
  const remembered = new Set(rules.flatMap(({ after }) => after));
  const walkers = recentKeys(keyLimit, longestMs, () => new Map<string, Instant>());
  let since: Instant | undefined;
  const look = (walker: Suspect, steps: readonly string[], at: Instant): readonly Finding[] => {
    since ??= at;
    const began = since;
    const key = `${walker.kind} ${walker.id}`;
    for (const step of steps) if (remembered.has(step)) walkers.of(key, at).set(step, at);
    return rules
      .filter(({ step, withinMs }) => steps.includes(step) && at - began >= withinMs)
      .filter(({ after, withinMs }) => {
        const walked = walkers.peek(key);
        return !after.some((step) => at - (walked?.get(step) ?? -Infinity) <= withinMs);
      })
      .map(({ step, after }) => ({
        detector: 'impossible-sequence',
        target: walker.id,
        evidence: `${step} without ${after.join(' or ')}`,
        suspects: [walker],
      }));
  };
  return {
    see: (event) => {
      switch (event.kind) {
        case 'tick':
          walkers.forgetIdle(event.at);
          return nothing;
        case 'edge':
          return event.rows.flatMap(({ subnet, steps }) =>
            steps.length === 0 ? nothing : look({ kind: 'subnet', id: subnet }, steps, event.at),
          );
        case 'message': {
          const { operation, customer } = event.passing;
          return look({ kind: 'customer', id: customer }, [operation], event.at);
        }
        default:
          return nothing;
      }
    },
  };
}
