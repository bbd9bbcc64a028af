import type { IncidentId } from '../../domain/protection/incident.ts';
import { day, instant, later, type Instant } from '../../domain/time.ts';
import type { Secrets } from '../ports/secrets.ts';

/** What a link in a notice is good for: one person, one opening of one incident, one day. */
export interface Acknowledgement {
  readonly incidentId: IncidentId;
  readonly openings: number;
  readonly person: string;
}

const usefulMs = day;
const mark = '~';

/**
 * Writes the token of a link by which a person acknowledges an incident. It serves once: acknowledging is done but
 * once in each opening, and the next opening needs another token.
 */
export function acknowledgementToken(
  secrets: Secrets,
  { incidentId, openings, person }: Acknowledgement,
  now: Instant,
): string {
  const said = [incidentId, String(openings), person, String(later(now, usefulMs))].join(mark);
  return `${said}${mark}${secrets.mac(purposeOf(said))}`;
}

/** Reads a token; undefined for one we did not write, or that is too old. */
export function readAcknowledgementToken(
  secrets: Secrets,
  token: string,
  now: Instant,
): Acknowledgement | undefined {
  const opened = openAcknowledgementToken(secrets, token);
  if (opened === undefined || now >= opened.until) return undefined;
  const { until: _, ...acknowledgement } = opened;
  return acknowledgement;
}

/** Reads a token however old it is, and until when it serves; undefined for one we did not write. */
export function openAcknowledgementToken(
  secrets: Secrets,
  token: string,
): (Acknowledgement & { readonly until: Instant }) | undefined {
  const [incidentId, openings, person, until, mac, ...more] = token.split(mark);
  if (mac === undefined || until === undefined || more.length > 0) return undefined;
  const said = [incidentId, openings, person, until].join(mark);
  if (!secrets.matches(mac, secrets.mac(purposeOf(said)))) return undefined;
  return {
    incidentId: incidentId as IncidentId,
    openings: Number(openings),
    person: person ?? '',
    until: instant(Number(until)),
  };
}

const purposeOf = (said: string): string => `acknowledge-incident ${said}`;
