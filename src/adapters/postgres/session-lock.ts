import pg from 'pg';
import { Outage } from '../../application/ports/outage.ts';

/** What one process of several does. */
export interface SessionLock {
  /** Whether this process is the one now; asks for it where nobody else has it. Throws an Outage where nobody can tell. */
  isOurs(): Promise<boolean>;
  /** Leaves it to the others. */
  end(): Promise<void>;
}

/** What is locked, by its key among the advisory locks of a database. */
const lockKeys = {
  /** Telling people of incidents. */
  'telling-people': 7_215_043,
  /** Posting in an accounting system that has no key of ours. */
  'posting-turn': 7_365_207,
} as const;
const answerLimitMs = 3_000;

/**
 * A session's advisory lock on a connection of its own: it ends with the connection, so a process that dies leaves it to
 * the next at once, and one that lost the connection has lost the lock.
 */
export function sessionLock(databaseUrl: string, what: keyof typeof lockKeys): SessionLock {
  let client: pg.Client | undefined;
  let holds = false;

  const connected = async (): Promise<pg.Client> => {
    if (client !== undefined) return client;
    const fresh = new pg.Client({
      connectionString: databaseUrl,
      application_name: `kabinet-${what}`,
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
      holds
        ? 'SELECT true AS held'
        : `SELECT pg_try_advisory_lock(${String(lockKeys[what])}) AS held`,
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
    // Several parts of a program ask at once: two connections would take the lock from one another.
    isOurs: () =>
      (asking ??= ask()
        .catch(async (cause: unknown) => {
          // A session that does not answer may still have the lock: it is ended, so that others can go on.
          await leave();
          throw new Outage(`the database does not say who has the ${what}`, { cause });
        })
        .finally(() => {
          asking = undefined;
        })),
    end: leave,
  };
}
