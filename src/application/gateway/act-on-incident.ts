import {
  type Act,
  actOn,
  type Incident,
  type IncidentId,
  type MoveRefusal,
} from '../../domain/protection/incident.ts';
import type { Result } from '../../domain/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { IncidentStore, IncidentUnknown } from '../ports/incident-store.ts';

export interface ActRequest {
  readonly incidentId: IncidentId;
  readonly act: Act;
  readonly staffId: string;
}
export type ActRefusal = MoveRefusal | IncidentUnknown;

/** Does what somebody of the staff says: acknowledges, mitigates, resolves or reviews an incident. */
export const actOnIncident =
  (incidents: IncidentStore, clock: Clock) =>
  ({ incidentId, act, staffId }: ActRequest): Promise<Result<Incident, ActRefusal>> => {
    const now = clock.now();
    return incidents.change(incidentId, (held) => actOn(held, act, staffId, now));
  };
export type ActOnIncident = ReturnType<typeof actOnIncident>;
