import type pg from 'pg';
import type { IncidentStore } from '../../../application/ports/incident-store.ts';
import { type Incident, noteSighting, type Sighting } from '../../../domain/protection/incident.ts';
import { instant, isoText } from '../../../domain/time.ts';
import { ask } from './ask.ts';

interface IncidentRow {
  readonly key: string;
  readonly detector: Incident['detector'];
  readonly target: string;
  readonly severity: Incident['severity'];
  readonly state: Incident['state'];
  readonly first_ms: string;
  readonly last_ms: string;
  readonly sightings: number;
  readonly evidence: string;
}

const columns = `key, detector, target, severity, state, sightings, evidence,
  floor(extract(epoch FROM first_at) * 1000)::text AS first_ms,
  floor(extract(epoch FROM last_at) * 1000)::text AS last_ms`;

/** Incidents in the gateway's database; a sighting is one statement, so parallel ones are all counted. */
export class PostgresIncidentStore implements IncidentStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async note(sighting: Sighting): Promise<Incident> {
    const fresh = noteSighting(undefined, sighting);
    const { key, detector, target, severity, state, sightings, evidence } = fresh;
    const { rows } = await ask<IncidentRow>(this.#pool, {
      name: 'note-incident',
      text: `INSERT INTO incident
          (key, detector, target, severity, state, first_at, last_at, sightings, evidence)
        VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8)
        ON CONFLICT (key) WHERE state = 'open' DO UPDATE
        SET last_at = excluded.last_at, sightings = incident.sightings + 1
        RETURNING ${columns}`,
      values: [key, detector, target, severity, state, isoText(sighting.at), sightings, evidence],
    });
    const [row] = rows;
    return row === undefined ? fresh : toIncident(row);
  }

  async resolve(key: string): Promise<void> {
    await ask(this.#pool, {
      name: 'resolve-incident',
      text: "UPDATE incident SET state = 'resolved' WHERE key = $1 AND state = 'open'",
      values: [key],
    });
  }

  async list(limit: number): Promise<Incident[]> {
    const { rows } = await ask<IncidentRow>(this.#pool, {
      name: 'list-incidents',
      text: `SELECT ${columns} FROM incident ORDER BY last_at DESC, id DESC LIMIT $1`,
      values: [limit],
    });
    return rows.map(toIncident);
  }
}

const toIncident = ({ first_ms, last_ms, ...row }: IncidentRow): Incident => ({
  key: row.key,
  detector: row.detector,
  target: row.target,
  severity: row.severity,
  state: row.state,
  firstAt: instant(Number(first_ms)),
  lastAt: instant(Number(last_ms)),
  sightings: row.sightings,
  evidence: row.evidence,
});
