import { day, hour, later, minute, second, type Instant } from '../time.ts';
import type { DetectorCode } from './detector.ts';
import { escalationMs } from './escalation.ts';
import type { Act, Incident } from './incident.ts';
import { isLive } from './incident-moves.ts';

/** How long somebody's word holds that an incident is looked after. */
export const acknowledgedMs = 2 * hour;

/** Over what time a detector looks, where that is more than its sightings come apart. */
const windowMs: Partial<Record<DetectorCode, number>> = {
  'foreign-object': 10 * minute,
  enumeration: hour,
  'many-sources': 10 * minute,
  'credential-stuffing': hour,
  'slow-ramp': 10 * minute,
  harvest: hour,
  'cost-hog': 5 * minute,
  'grant-exhausted': 5 * minute,
  'connector-silent': 15 * second,
  'gateway-silent': 30 * second,
};

/** Dead letters are there as long as they lie in their queue, however quiet it is: two weeks at most. */
const liesMs: Partial<Record<DetectorCode, number>> = { 'dead-letter': 14 * day };

/** How long nothing must be seen before an incident counts as over. */
export const quietMs = (detector: DetectorCode): number =>
  Math.max(5 * minute, liesMs[detector] ?? 3 * (windowMs[detector] ?? minute));

/**
 * When an incident is over unless it is seen again. The gravest kind is not over before everybody who should know
 * of it was told, or somebody has it: one forged message is as grave as many.
 */
export function quietAt({ detector, severity, state, lastAt, openedAt }: Incident): Instant {
  const quiet = later(lastAt, quietMs(detector));
  if (severity !== 'S1' || state !== 'open') return quiet;
  const told = later(openedAt, escalationMs[2] + 5 * minute);
  return told > quiet ? told : quiet;
}

/** When time alone acts on the incident: it is over, or the word that somebody has it runs out. */
export function nextActAt(incident: Incident): Instant | undefined {
  if (!isLive(incident.state)) return undefined;
  const quiet = quietAt(incident);
  if (incident.state === 'open') return quiet;
  const expiry = later(incident.movedAt, acknowledgedMs);
  return expiry < quiet ? expiry : quiet;
}

/** What time alone does to an incident now; undefined for nothing. */
export function actOfTime(incident: Incident, now: Instant): Act | undefined {
  const at = nextActAt(incident);
  if (at === undefined || now < at) return undefined;
  return now >= quietAt(incident) ? { act: 'resolve' } : { act: 'expire' };
}
