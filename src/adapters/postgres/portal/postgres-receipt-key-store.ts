import type pg from 'pg';
import type {
  KeptReceiptKey,
  ReceiptKeyStore,
} from '../../../application/ports/receipt-key-store.ts';
import type { ReceiptKey } from '../../../application/ports/receipt-signer.ts';
import { inTransaction } from '../pool.ts';

interface KeyRow {
  readonly kid: string;
  readonly x: string;
  readonly locked_private: string | null;
}

const insert = 'INSERT INTO receipt_key (kid, x, locked_private) VALUES ($1, $2, $3)';

/** Keys of receipts in the portal's database. */
export class PostgresReceiptKeyStore implements ReceiptKeyStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async atWork(): Promise<KeptReceiptKey | undefined> {
    const { rows } = await this.#pool.query<KeyRow>(
      'SELECT kid, x, locked_private FROM receipt_key WHERE retired_at IS NULL',
    );
    return rows[0] && toKept(rows[0]);
  }

  async begin(key: KeptReceiptKey): Promise<KeptReceiptKey> {
    await this.#pool.query(`${insert} ON CONFLICT DO NOTHING`, values(key));
    return (await this.atWork()) ?? key;
  }

  async replace(key: KeptReceiptKey): Promise<void> {
    await inTransaction(this.#pool, async (client) => {
      await client.query(
        `UPDATE receipt_key SET retired_at = now(), locked_private = NULL WHERE retired_at IS NULL`,
      );
      await client.query(insert, values(key));
    });
  }

  async all(): Promise<ReceiptKey[]> {
    const { rows } = await this.#pool.query<KeyRow>(
      `SELECT kid, x, NULL AS locked_private FROM receipt_key
       ORDER BY retired_at DESC NULLS FIRST, made_at DESC`,
    );
    return rows.map(toKey);
  }
}

const values = ({ kid, x, lockedPrivate }: KeptReceiptKey) => [kid, x, lockedPrivate ?? null];
const toKey = ({ kid, x }: KeyRow): ReceiptKey => ({ kid, kty: 'OKP', crv: 'Ed25519', x });
const toKept = (row: KeyRow): KeptReceiptKey => ({
  ...toKey(row),
  lockedPrivate: row.locked_private ?? undefined,
});
