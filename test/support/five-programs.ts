import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.ts';
import { gatewayRabbitmq } from './gateway-rabbitmq.ts';
import { startProgram, type KabinetProcess } from './kabinet-process.ts';
import { PortalClient } from './portal-client.ts';
import { testDatabase } from './postgres.ts';

const programs = ['simulators', 'accounting', 'gateway', 'worker', 'portal'] as const;
export type ProgramName = (typeof programs)[number];

/** Kabinet as five processes of their own, over a real PostgreSQL and a real RabbitMQ. */
export interface FivePrograms {
  readonly portalPort: number;
  readonly client: (portalUrl?: string) => PortalClient;
  readonly simulatorsUrl: string;
  /** Of the database server; each program's database has its name behind. */
  readonly databaseUrl: string;
  /** Reads from one of the three databases. */
  rows(
    database: 'portal' | 'gateway' | 'books',
    sql: string,
    values?: readonly unknown[],
  ): Promise<Record<string, unknown>[]>;
  program(name: ProgramName): KabinetProcess;
  /** Starts a program anew, with more settings for it alone. */
  restart(name: ProgramName, more?: Readonly<Record<string, string>>): Promise<void>;
  /** Starts one more process of a program; it ends with the others. */
  another(name: ProgramName, more: Readonly<Record<string, string>>): Promise<KabinetProcess>;
  stop(): Promise<void>;
}

/** Starts all five; `more` are settings for all of them. */
export async function startFivePrograms(
  more: Readonly<Record<string, string>> = {},
): Promise<FivePrograms> {
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-five-'));
  const rabbitmq = await gatewayRabbitmq();
  const prefix = await testDatabase(`five${randomBytes(3).toString('hex')}`);
  const [portalPort, simulatorsPort] = await Promise.all([freePort(), freePort()]);
  const env = {
    KABINET_DATA: directory,
    DATABASE_URL: prefix.url,
    AMQP_URL: `amqp://127.0.0.1:${String(rabbitmq.port)}`,
    PORT: String(portalPort),
    SIMULATORS_PORT: String(simulatorsPort),
    METRICS_PORT: '0',
    GATEWAY_CONSOLE_PORT: '0',
    LOG_LEVEL: 'warn',
    ...more,
  };
  const running = new Map<ProgramName, KabinetProcess>();
  const start = async (name: ProgramName, extra: Readonly<Record<string, string>> = {}) => {
    running.set(name, await startProgram(name, { ...env, ...extra }));
  };
  const others: KabinetProcess[] = [];
  const pools = new Map<string, pg.Pool>();
  const simulatorsUrl = `http://localhost:${String(simulatorsPort)}`;
  const five: FivePrograms = {
    portalPort,
    databaseUrl: prefix.url,
    simulatorsUrl,
    client: (portalUrl = `http://localhost:${String(portalPort)}`) =>
      new PortalClient(portalUrl, simulatorsUrl),
    rows: async (database, sql, values = []) => {
      const pool =
        pools.get(database) ??
        new pg.Pool({ connectionString: `${prefix.url}_${database}`, max: 2 });
      pools.set(database, pool);
      return (await pool.query(sql, [...values])).rows as Record<string, unknown>[];
    },
    program: (name) => {
      const found = running.get(name);
      if (found === undefined) throw new Error(`${name} is not running`);
      return found;
    },
    restart: start,
    another: async (name, extra) => {
      const one = await startProgram(name, { ...env, ...extra });
      others.push(one);
      return one;
    },
    stop: async () => {
      for (const one of others) await one.stop();
      for (const name of programs.toReversed()) await running.get(name)?.stop();
      for (const pool of pools.values()) await pool.end();
      await dropDatabases(prefix.url);
      await prefix.drop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  try {
    for (const name of programs) await start(name);
    await (await startProgram('demo', env)).stop();
  } catch (error) {
    await five.stop();
    throw error;
  }
  return five;
}

async function dropDatabases(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const program of ['portal', 'gateway', 'books']) {
    await client.query(`DROP DATABASE IF EXISTS "${name}_${program}" WITH (FORCE)`);
  }
  await client.end();
}
