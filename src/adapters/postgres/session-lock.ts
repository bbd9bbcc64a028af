import pg from 'pg';
import { Outage } from '../../../application/ports/outage.ts';
import type { PostingTurn } from '../../../application/ports/posting-turn.ts';

/** Names the lock among the advisory locks of the books' database. */
const lockKey = 7_365_207;
const answerLimitMs = 3_000;

/**
 * The turn as a session's advisory lock on a connection of its own: it ends with the connection, so a process that dies
 * leaves it to the next at once, and one that lost the connection has lost the turn.
 */
export function postgresTurn(databaseUrl: string): PostingTurn & { end(): Promise<void> } {
  let client: pg.Client | undefined;
  let holds = false;

  const connected = async (): Promise<pg.Client> => {
    if (client !== undefined) return client;
    const fresh = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'kabinet-posting-turn',
      connectionTimeoutMillis: answerLimitMs,
      query_timeout: answerLimitMs,
      keepAlive: true,
    });
    const forget = (): void => {
      if (client !== fresh) return;
      client = undefined;
      holds = false;
    };
    fresh.on('error', forget);
    fresh.on('end', forget);
    client = fresh;
    await fresh.connect();
    return fresh;
  };

  /** Whoever holds it asks as well: only an answer proves that the connection is still there. */
  const ask = async (): Promise<boolean> => {
    const one = await connected();
    const { rows } = await one.query<{ held: boolean }>(
      holds ? 'SELECT true AS held' : `SELECT pg_try_advisory_lock(${String(lockKey)}) AS held`,
    );
    holds = client === one && rows[0]?.held === true;
    return holds;
  };

  const leave = async (): Promise<void> => {
    const last = client;
    client = undefined;
    holds = false;
    if (last === undefined) return;
    // A line that is cut lets nobody say good-bye.
    const { promise: limit, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, answerLimitMs);
    await Promise.race([last.end().catch(() => undefined), limit]);
    clearTimeout(timer);
  };

  let asking: Promise<boolean> | undefined;
  return {
    isOurs: () =>
      (asking ??= ask()
        .catch(async (cause: unknown) => {
          // A session that does not answer may still have the lock: it is ended, so that others can go on.
          await leave();
          throw new Outage('the books’ database does not say whose turn it is to post', { cause });
        })
        .finally(() => {
          asking = undefined;
        })),
    end: leave,
  };
}
