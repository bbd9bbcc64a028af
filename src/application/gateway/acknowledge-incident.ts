import {
  actOn,
  type Incident,
  type IncidentId,
  type MoveRefusal,
} from '../../domain/protection/incident.ts';
import { refused, type Result } from '../../domain/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { IncidentStore, IncidentUnknown } from '../ports/incident-store.ts';
import type { Secrets } from '../ports/secrets.ts';
import { readAcknowledgementToken } from './acknowledgement-token.ts';

/** By the link of a notice, or by somebody who is signed in. */
export type AcknowledgeRequest =
  { readonly token: string } | { readonly incidentId: IncidentId; readonly staffId: string };
export type AcknowledgeRefusal =
  | MoveRefusal
  | IncidentUnknown
  /** Not ours, too old, or of an earlier opening of the incident. */
  | { readonly reason: 'link-invalid' };

/** Says that somebody looks after an incident, which ends its escalation. Saying it again changes nothing. */
export const acknowledgeIncident =
  (incidents: IncidentStore, secrets: Secrets, clock: Clock) =>
  async (request: AcknowledgeRequest): Promise<Result<Incident, AcknowledgeRefusal>> => {
    const now = clock.now();
    if ('staffId' in request) {
      const { incidentId, staffId } = request;
      return incidents.change(incidentId, (held) =>
        actOn(held, { act: 'acknowledge' }, staffId, now),
      );
    }
    const link = readAcknowledgementToken(secrets, request.token, now);
    if (link === undefined) return refused({ reason: 'link-invalid' });
    return incidents.change<AcknowledgeRefusal>(link.incidentId, (held) =>
      held.openings === link.openings
        ? actOn(held, { act: 'acknowledge' }, link.person, now)
        : refused({ reason: 'link-invalid' }),
    );
  };
export type AcknowledgeIncident = ReturnType<typeof acknowledgeIncident>;
