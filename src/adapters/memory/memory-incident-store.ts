import type { IncidentStore } from '../../application/ports/incident-store.ts';
import {
  type Incident,
  incidentKey,
  noteSighting,
  type Sighting,
} from '../../domain/protection/incident.ts';

/** Incidents in a list, oldest first. */
export class MemoryIncidentStore implements IncidentStore {
  #incidents: readonly Incident[] = [];

  note(sighting: Sighting): Promise<Incident> {
    const open = this.#open(incidentKey(sighting));
    const noted = noteSighting(open, sighting);
    this.#incidents = [...this.#incidents.filter((one) => one !== open), noted];
    return Promise.resolve(noted);
  }

  resolve(key: string): Promise<void> {
    const open = this.#open(key);
    this.#incidents = this.#incidents.map((one) =>
      one === open ? { ...one, state: 'resolved' } : one,
    );
    return Promise.resolve();
  }

  list(limit: number): Promise<Incident[]> {
    const newest = this.#incidents.toReversed().toSorted((a, b) => b.lastAt - a.lastAt);
    return Promise.resolve(newest.slice(0, limit));
  }

  #open(key: string): Incident | undefined {
    return this.#incidents.find((one) => one.key === key && one.state === 'open');
  }
}
