import type pg from 'pg';
import type {
  RefusedBody,
  RefusedBodyId,
  RefusedBodyStore,
} from '../../../application/ports/refused-body-store.ts';
import { type Instant, isoText } from '../../../domain/time.ts';
import { ask } from '../ask.ts';

/** Refused bodies in the gateway's database. */
export class PostgresRefusedBodyStore implements RefusedBodyStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async add(bodies: readonly RefusedBody[], perHour: number): Promise<void> {
    const [first] = bodies.toSorted((a, b) => a.at - b.at);
    if (first === undefined) return;
    const of = <Name extends keyof RefusedBody>(name: Name) => bodies.map((one) => one[name]);
    await ask(this.#pool, {
      name: 'add-refused-bodies',
      text: `INSERT INTO refused_body (id, at, incident_key, message_id, digest, length, sealed)
        SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[],
          $6::integer[], $7::text[])
        ON CONFLICT (id) DO NOTHING`,
      values: [
        of('id'),
        bodies.map(({ at }) => isoText(at)),
        of('incidentKey'),
        of('messageId'),
        of('digest'),
        of('length'),
        of('sealed'),
      ],
    });
    await ask(this.#pool, {
      name: 'drop-refused-bodies',
      text: `DELETE FROM refused_body WHERE id IN (
          SELECT id FROM (
            SELECT id, row_number() OVER (
              PARTITION BY date_bin('1 hour', at, 'epoch') ORDER BY at DESC, id DESC
            ) AS place
            FROM refused_body WHERE at >= date_bin('1 hour', $1::timestamptz, 'epoch')
          ) AS placed WHERE place > $2
        )`,
      values: [isoText(first.at), perHour],
    });
  }

  async find(id: RefusedBodyId): Promise<RefusedBody | undefined> {
    return (await this.#bodies('find-refused-body', 'WHERE id = $1', [id]))[0];
  }

  list(
    limit: number,
    of?: { readonly incidentKey: string; readonly from: Instant; readonly to: Instant },
  ): Promise<RefusedBody[]> {
    const newest = 'ORDER BY at DESC, id DESC LIMIT $1';
    if (of === undefined) return this.#bodies('list-refused-bodies', newest, [limit]);
    return this.#bodies(
      'refused-bodies-of-incident',
      `WHERE incident_key = $2 AND at BETWEEN $3 AND $4 ${newest}`,
      [limit, of.incidentKey, isoText(of.from), isoText(of.to)],
    );
  }

  async forgetBefore(moment: Instant): Promise<void> {
    await ask(this.#pool, {
      name: 'forget-refused-bodies',
      text: 'DELETE FROM refused_body WHERE at < $1',
      values: [isoText(moment)],
    });
  }

  async #bodies(name: string, where: string, values: unknown[]): Promise<RefusedBody[]> {
    const { rows } = await ask<RefusedBody>(this.#pool, {
      name,
      text: `SELECT id, at, incident_key AS "incidentKey", message_id AS "messageId", digest, length,
        sealed FROM refused_body ${where}`,
      values,
    });
    return rows;
  }
}
