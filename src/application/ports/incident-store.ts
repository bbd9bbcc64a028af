import type { Incident, Sighting } from '../../domain/protection/incident.ts';

/**
 * What people have to look at. Promises, proved by test/contracts/incident-store.test.ts:
 * - sightings of one detector and target are one open incident, counted exactly under parallel calls;
 * - a sighting after the incident was resolved opens it anew.
 */
export interface IncidentStore {
  note(sighting: Sighting): Promise<Incident>;
  resolve(key: string): Promise<void>;
  /** Newest sighting first. */
  list(limit: number): Promise<Incident[]>;
}
