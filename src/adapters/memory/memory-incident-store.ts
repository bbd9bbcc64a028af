import { randomUUID } from 'node:crypto';
import type {
  IncidentStore,
  IncidentUnknown,
  MadeMove,
} from '../../application/ports/incident-store.ts';
import type { DetectorCode, Severity } from '../../domain/protection/detector.ts';
import {
  type Incident,
  type IncidentId,
  incidentKey,
  noteSightings,
  type Sighting,
} from '../../domain/protection/incident.ts';
import { isLive } from '../../domain/protection/incident-moves.ts';
import { nextActAt } from '../../domain/protection/incident-time.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';

/** Incidents in maps, in the order in which they were opened. */
export class MemoryIncidentStore implements IncidentStore {
  readonly #incidents = new Map<IncidentId, Incident>();
  readonly #newest = new Map<string, IncidentId>();
  readonly #moves = new Map<IncidentId, readonly MadeMove[]>();

  async note(sighting: Sighting): Promise<Incident> {
    const newest = this.#newest.get(incidentKey(sighting));
    const held = newest === undefined ? undefined : this.#incidents.get(newest);
    const { incident } = noteSightings(held, randomUUID() as IncidentId, [sighting]);
    this.#save(held?.id === incident.id ? held : undefined, incident);
    return incident;
  }

  async change<Refusal>(
    id: IncidentId,
    decide: (held: Incident) => Result<Incident, Refusal>,
  ): Promise<Result<Incident, Refusal | IncidentUnknown>> {
    const held = this.#incidents.get(id);
    if (held === undefined) return refused({ reason: 'incident-unknown' });
    const decided = decide(held);
    if (!decided.ok) return decided;
    this.#save(held, decided.value);
    return ok(decided.value);
  }

  async find(id: IncidentId): Promise<Incident | undefined> {
    return this.#incidents.get(id);
  }

  async moves(id: IncidentId): Promise<MadeMove[]> {
    return [...(this.#moves.get(id) ?? [])];
  }

  async list(limit: number, skip = 0): Promise<Incident[]> {
    const newest = this.all().toReversed();
    return newest.toSorted((a, b) => b.lastAt - a.lastAt).slice(skip, skip + limit);
  }

  async live(limit: number, detectors?: readonly DetectorCode[]): Promise<Incident[]> {
    return this.all()
      .filter(({ state, detector }) => isLive(state) && (detectors?.includes(detector) ?? true))
      .toSorted(graverFirst)
      .slice(0, limit);
  }

  async timedOut(now: Instant, limit: number): Promise<Incident[]> {
    return this.all()
      .flatMap((incident) => {
        const at = nextActAt(incident);
        return at !== undefined && at <= now ? [{ incident, at }] : [];
      })
      .toSorted((a, b) => a.at - b.at)
      .slice(0, limit)
      .map(({ incident }) => incident);
  }

  async openedSince(
    moment: Instant,
    except: readonly DetectorCode[],
  ): Promise<{ count: number; gravest: Severity | undefined }> {
    const opened = this.all().filter(
      ({ firstAt, detector }) => firstAt > moment && !except.includes(detector),
    );
    return { count: opened.length, gravest: opened.map(({ severity }) => severity).toSorted()[0] };
  }

  /** For the other stores in memory: everything, the oldest first. */
  all(): Incident[] {
    return [...this.#incidents.values()];
  }

  #save(before: Incident | undefined, after: Incident): void {
    this.#incidents.set(after.id, after);
    this.#newest.set(after.key, after.id);
    if (before === undefined) return;
    const { state: to, movedAt: at, movedBy: by } = after;
    if (before.state === to) return;
    const made = { from: before.state, to, at, by };
    this.#moves.set(after.id, [...(this.#moves.get(after.id) ?? []), made]);
  }
}

const graverFirst = (a: Incident, b: Incident): number =>
  a.severity === b.severity ? a.firstAt - b.firstAt : a.severity < b.severity ? -1 : 1;
