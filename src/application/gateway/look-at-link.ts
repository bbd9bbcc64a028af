import type { Incident } from '../../domain/protection/incident.ts';
import type { Clock } from '../ports/clock.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { Secrets } from '../ports/secrets.ts';
import { openAcknowledgementToken } from './acknowledgement-token.ts';

/** What the link of a notice is good for now. */
export type LinkState =
  /** `used`: somebody has it already, or it is over; nothing is left to acknowledge. */
  | { readonly state: 'useful' | 'used'; readonly incident: Incident; readonly person: string }
  /** `superseded`: the incident came back since, and told of itself anew. */
  | { readonly state: 'ran-out' | 'superseded' | 'not-ours' };

/** Tells what would happen if somebody acknowledged by a link; changes nothing. */
export const lookAtLink =
  (incidents: IncidentStore, secrets: Secrets, clock: Clock) =>
  async (token: string): Promise<LinkState> => {
    const link = openAcknowledgementToken(secrets, token);
    if (link === undefined) return { state: 'not-ours' };
    if (clock.now() >= link.until) return { state: 'ran-out' };
    const incident = await incidents.find(link.incidentId);
    if (incident === undefined) return { state: 'not-ours' };
    if (incident.openings !== link.openings) return { state: 'superseded' };
    const state = incident.state === 'open' ? 'useful' : 'used';
    return { state, incident, person: link.person };
  };
export type LookAtLink = ReturnType<typeof lookAtLink>;
