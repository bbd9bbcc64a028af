import type pg from 'pg';
import type { Ownership, OwnershipStore } from '../../../application/ports/ownership-store.ts';
import type { AccountId, CustomerId } from '../../../domain/ids.ts';
import { ask } from '../ask.ts';

/** Who owns what, in the gateway's database. */
export class PostgresOwnershipStore implements OwnershipStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async learn({ accountId, customerId, version }: Ownership): Promise<void> {
    await ask(this.#pool, {
      name: 'learn-ownership',
      text: `INSERT INTO ownership (account_id, customer_id, version) VALUES ($1, $2, $3)
        ON CONFLICT (account_id) DO UPDATE
        SET customer_id = excluded.customer_id, version = excluded.version
        WHERE ownership.version < excluded.version`,
      values: [accountId, customerId, version],
    });
  }

  async ownerOf(account: AccountId): Promise<CustomerId | undefined> {
    const { rows } = await ask<{ customer_id: CustomerId }>(this.#pool, {
      name: 'owner-of',
      text: 'SELECT customer_id FROM ownership WHERE account_id = $1',
      values: [account],
    });
    return rows[0]?.customer_id;
  }
}
