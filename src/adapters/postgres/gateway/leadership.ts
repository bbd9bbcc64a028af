import pg from 'pg';

/** Work that one process of several does. */
export interface Leadership {
  /** Whether this process is the one now; asks for it when nobody else has it. Throws where the database is away. */
  isOurs(): Promise<boolean>;
  end(): Promise<void>;
}

/** Names the lock among the advisory locks of a database. */
const lockKey = 7_215_043;

/**
 * Leadership by a session's advisory lock: it ends with the connection, so a process that dies leaves it to the next
 * at once. While the connection is broken nobody here leads.
 */
export const leadership = (databaseUrl: string): Leadership => {
  let client: pg.Client | undefined;
  let holds = false;
  const connected = async (): Promise<pg.Client> => {
    if (client !== undefined) return client;
    const fresh = new pg.Client({ connectionString: databaseUrl });
    const forget = (): void => {
      if (client === fresh) client = undefined;
      holds = false;
    };
    fresh.on('error', forget);
    fresh.on('end', forget);
    await fresh.connect();
    client = fresh;
    return fresh;
  };
  const ask = async (): Promise<boolean> => {
    const one = await connected();
    if (holds) return true;
    const { rows } = await one.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [
      lockKey,
    ]);
    holds = rows[0]?.held === true;
    return holds;
  };
  let asking: Promise<boolean> | undefined;
  return {
    // Several parts of a program ask at once: two connections would take the lock from one another.
    isOurs: () =>
      (asking ??= ask().finally(() => {
        asking = undefined;
      })),
    end: async () => {
      await client?.end();
    },
  };
};
