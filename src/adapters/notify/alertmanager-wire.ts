import type { Incident } from '../../domain/protection/incident.ts';
import { isLive } from '../../domain/protection/incident-moves.ts';
import { instant, isoText, later, minute, type Instant } from '../../domain/time.ts';

/** One alert as Alertmanager takes it. */
export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** An alert that is not sent again ends by itself after this. */
const lastsMs = 5 * minute;

/**
 * Incidents as alerts, one for each detector and severity: its labels take a few dozen values in all, whatever an
 * attacker does. What is over ends when its last incident moved.
 */
export function alertsOf(incidents: readonly Incident[], now: Instant): Alert[] {
  const groups = new Map<string, [Incident, ...Incident[]]>();
  for (const incident of incidents) {
    const key = `${incident.detector} ${incident.severity}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [incident]);
    else group.push(incident);
  }
  return [...groups.values()].map((group) => alertOf(group, now));
}

function alertOf(group: readonly [Incident, ...Incident[]], now: Instant): Alert {
  const [{ detector, severity }] = group;
  const live = group.filter(({ state }) => isLive(state));
  const spoken: readonly Incident[] = live.length > 0 ? live : group;
  const startsAt = instant(Math.min(...spoken.map(({ openedAt }) => openedAt)));
  const endedAt = instant(Math.max(...group.map(({ movedAt }) => movedAt)));
  return {
    labels: { alertname: `kabinet-${detector}`, severity, service: 'kabinet-gateway' },
    annotations: {
      summary: `${String(live.length)} incidents of ${detector}`,
      sightings: String(spoken.reduce((sum, { sightings }) => sum + sightings, 0)),
    },
    startsAt: isoText(startsAt),
    endsAt: isoText(live.length > 0 ? later(now, lastsMs) : endedAt),
  };
}
