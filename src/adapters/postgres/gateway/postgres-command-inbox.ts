import type pg from 'pg';
import type { CommandInbox, InboxEntry } from '../../../application/ports/command-inbox.ts';
import { isoText, type Instant } from '../../../domain/time.ts';
import { ask } from '../ask.ts';

/** Which commands came, in the gateway's database; the primary key lets one taker of a key through as the first. */
export class PostgresCommandInbox implements CommandInbox {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async take({ source, idempotencyKey, requestHash }: InboxEntry, now: Instant) {
    const { rows } = await ask<{ request_hash: string; is_new: boolean }>(this.#pool, {
      name: 'take-command',
      // The idle update makes the row come back that was there before.
      text: `INSERT INTO command_inbox (source, idempotency_key, request_hash, taken_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (source, idempotency_key) DO UPDATE SET source = excluded.source
        RETURNING request_hash, xmax = 0 AS is_new`,
      values: [source, idempotencyKey, requestHash, isoText(now)],
    });
    const [row] = rows;
    if (row?.request_hash !== requestHash) return 'conflict';
    return row.is_new ? 'new' : 'repeated';
  }

  async forgetBefore(moment: Instant): Promise<number> {
    const { rowCount } = await ask(this.#pool, {
      name: 'forget-commands',
      text: 'DELETE FROM command_inbox WHERE taken_at < $1',
      values: [isoText(moment)],
    });
    return rowCount ?? 0;
  }
}
