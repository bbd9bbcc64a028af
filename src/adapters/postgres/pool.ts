import { Socket } from 'node:net';
import pg from 'pg';
import { Outage } from '../../application/ports/outage.ts';
import { instant } from '../../domain/time.ts';

/** Settings every pool shares: no statement and no forgotten transaction lasts for ever. */
export const poolSettings = (url: string, size: number, name: string): pg.PoolConfig => ({
  connectionString: url,
  max: size,
  application_name: `kabinet-${name}`,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  // rowTypes reads times as text in UTC.
  options: '-c TimeZone=UTC',
  statement_timeout: 10_000,
  idle_in_transaction_session_timeout: 10_000,
  types: rowTypes,
});

/** int8 comes as bigint, timestamptz as our Instant, date as text; set on our own pools, never for all of pg. */
const rowTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === Number(pg.types.builtins.INT8)) return BigInt;
    if (oid === Number(pg.types.builtins.TIMESTAMPTZ)) {
      return (text: string) => instant(Date.parse(`${text.replace(' ', 'T')}:00`));
    }
    if (oid === Number(pg.types.builtins.DATE)) return (text: string) => text;
    return pg.types.getTypeParser(oid, format) as (text: string) => unknown;
  },
};

/**
 * Opens a pool; a connection that breaks while idle is replaced, not fatal. Statements that do not wait for one
 * another may be sent together: the server does them in the order in which they were asked for.
 */
export const openPool = (url: string, size: number, name: string): pg.Pool =>
  opened({ ...poolSettings(url, size, name), pipeline: true, stream: gatheringSocket });

/** Opens a pool for loads by COPY, which has a connection to itself until it ends. */
export const openCopyPool = (url: string, size: number, name: string): pg.Pool =>
  opened(poolSettings(url, size, name));

/**
 * A socket that sends what is written in one turn of the loop as one packet, and not a packet a statement: statements
 * sent together cost one write here and one read at the server.
 */
function gatheringSocket(): Socket {
  const socket = new Socket();
  const write = socket.write.bind(socket);
  let gathering = false;
  // Only once connected: connecting puts the prototype's own write back.
  socket.once('connect', () => {
    socket.write = (...written: unknown[]) => {
      if (!gathering) {
        gathering = true;
        socket.cork();
        process.nextTick(() => {
          gathering = false;
          socket.uncork();
        });
      }
      return write(...(written as Parameters<typeof write>));
    };
  });
  return socket;
}

function opened(settings: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(settings);
  pool.on('error', () => undefined);
  return pool;
}

/**
 * Waits for work that was sent together until all of it has ended, and then throws the first error. With `Promise.all`
 * the rest would go on after the transaction was rolled back, and outside of it.
 */
export async function together<Values extends readonly unknown[]>(
  ...work: { readonly [Place in keyof Values]: Promise<Values[Place]> | Values[Place] }
): Promise<Values> {
  const ended = await Promise.allSettled(work);
  const values = ended.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
  return values as unknown as Values;
}

/** Runs the work in one transaction: all of it or nothing. Nothing in it may wait for the network. */
export async function inTransaction<Value>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Value>,
): Promise<Value> {
  const client = await pool.connect().catch((cause: unknown) => {
    throw new Outage('no connection to the database', { cause });
  });
  try {
    // Sent together with the work's first statements, which are done after it.
    const [, value] = await together(client.query('BEGIN'), work(client));
    await client.query('COMMIT');
    client.release();
    return value;
  } catch (error) {
    const rollback = client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    client.release(await rollback);
    throw error;
  }
}

/** The database's way to write an Instant. */
export const timestamp = (ms: number): Date => new Date(ms);
