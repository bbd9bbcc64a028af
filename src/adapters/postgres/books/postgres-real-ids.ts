import type pg from 'pg';
import { Outage } from '../../../application/ports/outage.ts';
import type { RealIds } from '../../../application/ports/real-ids.ts';

/** Which ids the books have, of customers and of accounts. It reads every account: to be asked seldom. */
export class PostgresRealIds implements RealIds {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async among(ids: readonly string[]): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    const { rows } = await this.#pool
      .query<{ id: string }>(
        `SELECT id FROM customer WHERE id = ANY ($1::uuid[])
          UNION SELECT id FROM account WHERE id = ANY ($1::uuid[])`,
        [ids],
      )
      .catch((cause: unknown) => {
        throw new Outage('the books’ database does not say which ids are real', { cause });
      });
    const real = new Set(rows.map(({ id }) => id));
    return ids.filter((id) => real.has(id));
  }
}
