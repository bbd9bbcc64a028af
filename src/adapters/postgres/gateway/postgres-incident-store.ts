import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type {
  IncidentStore,
  IncidentUnknown,
  MadeMove,
} from '../../../application/ports/incident-store.ts';
import { Outage } from '../../../application/ports/outage.ts';
import type { DetectorCode, Severity } from '../../../domain/protection/detector.ts';
import {
  type Incident,
  type IncidentId,
  incidentKey,
  noteSightings,
  type Sighting,
} from '../../../domain/protection/incident.ts';
import { ok, refused, type Result } from '../../../domain/result.ts';
import { isoText, type Instant } from '../../../domain/time.ts';
import { ask } from '../ask.ts';
import { inBatches } from './in-batches.ts';
import {
  changingColumns,
  incidentColumns,
  type IncidentRow,
  incidentValues,
  toIncident,
} from './incident-row.ts';

/** How often a change starts over because another came between. */
const triesLimit = 20;
const live = "state IN ('open', 'acknowledged', 'mitigating')";

/** Incidents in the gateway's database. A change holds no lock: it is saved only if nothing came between. */
export class PostgresIncidentStore implements IncidentStore {
  readonly #pool: pg.Pool;
  readonly #noteOfKey: (key: string, sighting: Sighting) => Promise<Incident>;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
    this.#noteOfKey = inBatches((key, sightings) => this.#noteAll(key, sightings));
  }

  note(sighting: Sighting): Promise<Incident> {
    return this.#noteOfKey(incidentKey(sighting), sighting);
  }

  async change<Refusal>(
    id: IncidentId,
    decide: (held: Incident) => Result<Incident, Refusal>,
  ): Promise<Result<Incident, Refusal | IncidentUnknown>> {
    for (let tries = 0; tries < triesLimit; tries += 1) {
      const held = await this.find(id);
      if (held === undefined) return refused({ reason: 'incident-unknown' });
      const decided = decide(held);
      if (!decided.ok || decided.value === held) return decided;
      if (await this.#update(held, decided.value)) return ok(decided.value);
    }
    throw new Outage(`incident ${id} changes too fast`);
  }

  async find(id: IncidentId): Promise<Incident | undefined> {
    return (await this.#incidents('find-incident', 'WHERE id = $1', [id]))[0];
  }

  async moves(id: IncidentId): Promise<MadeMove[]> {
    const { rows } = await ask<MadeMove & { by_whom: string | null }>(this.#pool, {
      name: 'moves-of-incident',
      text: `SELECT from_state AS "from", to_state AS "to", at, by AS by_whom
        FROM incident_move WHERE incident_id = $1 ORDER BY seq`,
      values: [id],
    });
    return rows.map(({ from, to, at, by_whom }) => ({ from, to, at, by: by_whom ?? undefined }));
  }

  list(limit: number, skip = 0): Promise<Incident[]> {
    return this.#incidents('list-incidents', 'ORDER BY last_at DESC, seq DESC LIMIT $1 OFFSET $2', [
      limit,
      skip,
    ]);
  }

  live(limit: number, detectors?: readonly DetectorCode[]): Promise<Incident[]> {
    return this.#incidents(
      'live-incidents',
      `WHERE ${live} AND ($2::text[] IS NULL OR detector = ANY($2))
        ORDER BY severity, first_at, seq LIMIT $1`,
      [limit, detectors],
    );
  }

  timedOut(now: Instant, limit: number): Promise<Incident[]> {
    return this.#incidents(
      'timed-out-incidents',
      'WHERE acts_at <= $1 ORDER BY acts_at, seq LIMIT $2',
      [isoText(now), limit],
    );
  }

  async openedSince(
    moment: Instant,
    except: readonly DetectorCode[],
  ): Promise<{ count: number; gravest: Severity | undefined }> {
    const { rows } = await ask<{ count: number; gravest: Severity | null }>(this.#pool, {
      name: 'incidents-opened-since',
      text: `SELECT count(*)::integer AS count, min(severity) AS gravest
        FROM incident WHERE first_at > $1 AND detector <> ALL($2::text[])`,
      values: [isoText(moment), except],
    });
    return { count: rows[0]?.count ?? 0, gravest: rows[0]?.gravest ?? undefined };
  }

  async #noteAll(key: string, sightings: readonly [Sighting, ...Sighting[]]): Promise<Incident> {
    for (let tries = 0; tries < triesLimit; tries += 1) {
      const [newest] = await this.#incidents(
        'newest-incident',
        'WHERE key = $1 ORDER BY seq DESC LIMIT 1',
        [key],
      );
      const { incident, left } = noteSightings(newest, randomUUID() as IncidentId, sightings);
      const isSaved =
        newest?.id === incident.id
          ? await this.#update(newest, incident)
          : await this.#insert(incident);
      if (!isSaved) continue;
      const [first, ...more] = left;
      return first === undefined ? incident : this.#noteAll(key, [first, ...more]);
    }
    throw new Outage(`incident ${key} changes too fast`);
  }

  async #insert(incident: Incident): Promise<boolean> {
    const { key, detector, target } = incident;
    const values = incidentValues(incident);
    const places = values.map((_, at) => `$${String(at + 1)}`);
    const { rowCount } = await ask(this.#pool, {
      name: 'insert-incident',
      text: `INSERT INTO incident (${changingColumns.join(', ')}, key, detector, target, look_at)
        VALUES (${places.join(', ')}, $16, $17, $18, '-infinity')
        ON CONFLICT (key) WHERE ${live} DO NOTHING`,
      values: [...values, key, detector, target],
    });
    return rowCount === 1;
  }

  /** Saves over the state it was made from; false when that is not the newest any more. */
  async #update(before: Incident, after: Incident): Promise<boolean> {
    const sets = changingColumns.map((column, at) => `${column} = $${String(at + 1)}`).slice(1);
    const { rows } = await ask<{ saved: number }>(this.#pool, {
      name: 'update-incident',
      text: `WITH saved AS (
          UPDATE incident SET ${sets.join(', ')}, look_at = '-infinity'
          WHERE id = $1 AND revision = $16
          RETURNING id, state, moved_at, moved_by
        ), moved AS (
          INSERT INTO incident_move (incident_id, from_state, to_state, at, by)
          SELECT id, $17, state, moved_at, moved_by FROM saved WHERE state <> $17
        )
        SELECT count(*)::integer AS saved FROM saved`,
      values: [...incidentValues(after), before.revision, before.state],
    });
    return rows[0]?.saved === 1;
  }

  async #incidents(name: string, where: string, values: unknown[]): Promise<Incident[]> {
    const { rows } = await ask<IncidentRow>(this.#pool, {
      name,
      text: `SELECT ${incidentColumns} FROM incident ${where}`,
      values,
    });
    return rows.map(toIncident);
  }
}
