import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { serveInside } from '../../src/adapters/amqp/connector-line.ts';
import { assertionIssuer } from '../../src/adapters/amqp/assertion/assertion-issuer.ts';
import { openOwnKey } from '../../src/adapters/amqp/own-key.ts';
import { openKeyRing } from '../../src/adapters/amqp/key-ring.ts';
import { messageReader } from '../../src/adapters/amqp/message-reader.ts';
import { messageWriter } from '../../src/adapters/amqp/message-writer.ts';
import { commandSender, openPortalQuestions } from '../../src/adapters/amqp/portal-line.ts';
import { MemoryRealIds } from '../../src/adapters/memory/memory-real-ids.ts';
import {
  discardEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/adapters/postgres/embedded-server.ts';
import { cryptoRandomness } from '../../src/adapters/system/crypto-randomness.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import type { AccountingSystem } from '../../src/application/ports/accounting-system.ts';
import type { Asking } from '../../src/application/ports/customer-assertions.ts';
import type { AccountId, CustomerId } from '../../src/domain/ids.ts';
import { openSession } from '../../src/domain/session.ts';
import { openBrokerOn } from '../../src/main/brokers.ts';
import { startCanaries } from '../../src/main/inside-canaries.ts';
import { startGranting } from '../../src/main/inside-budgets.ts';
import { Started } from '../../src/main/running.ts';
import { startProgram, type KabinetProcess } from './kabinet-process.ts';
import { startRabbitmq, type TestRabbitmq } from './rabbitmq.ts';

const definitionsFile = new URL('../../deploy/rabbitmq/definitions.json', import.meta.url).pathname;

/** What of the gateway's settings a place changes. */
export interface PlaceOptions {
  /** The accounting system of the inside's end; it may have a database beside the gateway's. Without one: no inside. */
  readonly accounting?: (booksUrl: string) => Promise<AccountingSystem>;
  /** The text of the inside's budgets file. */
  readonly budgets: unknown;
  /** Settings for the gateway alone. */
  readonly gateway?: Readonly<Record<string, string>>;
  readonly report?: (error: unknown) => void;
}

/**
 * Real gateways, each a process of its own, over a RabbitMQ and a PostgreSQL of their own; the portal's end and the
 * inside's end of the line are in this process, so that whoever asks here sees what arrives there.
 */
export async function openGatewayPlace(options: PlaceOptions) {
  const started = new Started();
  try {
    return await open(options, started);
  } catch (error) {
    await started.stop();
    throw error;
  }
}
export type GatewayPlace = Awaited<ReturnType<typeof openGatewayPlace>>;

async function open(options: PlaceOptions, started: Started) {
  const data = mkdtempSync(join(tmpdir(), 'kabinet-gateways-'));
  chmodSync(data, 0o711);
  started.add(() => {
    rmSync(data, { recursive: true, force: true });
  });
  const postgres = join(data, 'postgres');
  started.add(() => discardEmbeddedPostgres(postgres));
  const server = await startEmbeddedPostgres({ directory: postgres, durable: true });
  started.add(() => server.stop());
  const databaseUrl = new URL('/kabinet_gateway', server.url).href;

  const directory = join(data, 'rabbitmq');
  mkdirSync(directory);
  let rabbitmq: TestRabbitmq = await startRabbitmq({ directory, definitionsFile });
  started.add(() => rabbitmq.stop());
  const { port } = rabbitmq;
  const amqpUrl = `amqp://127.0.0.1:${String(port)}`;
  const budgetsFile = join(data, 'budgets.json');
  const setBudgets = (budgets: unknown): void => {
    writeFileSync(budgetsFile, JSON.stringify(budgets));
  };
  setBudgets(options.budgets);
  const canariesFile = join(data, 'canaries.json');

  const env = {
    KABINET_DATA: data,
    GATEWAY_DATABASE_URL: databaseUrl,
    AMQP_URL: amqpUrl,
    METRICS_PORT: '0',
    GATEWAY_CONSOLE_PORT: '0',
    LOG_LEVEL: 'warn',
    ...options.gateway,
  };
  const gateways = new Map<string, KabinetProcess>();
  const startGateway = async (instance: string): Promise<KabinetProcess> => {
    const one = await startProgram('gateway', { ...env, GATEWAY_INSTANCE: instance });
    gateways.set(instance, one);
    return one;
  };
  started.add(async () => {
    for (const one of gateways.values()) await one.stop();
  });
  const keys = join(data, 'keys');
  for (const source of ['portal', 'accounting'] as const) openKeyRing(keys, source);
  const report = options.report ?? (() => undefined);
  const booksUrl = new URL('/kabinet_books', server.url).href;
  const accounting = await options.accounting?.(booksUrl);
  if (accounting !== undefined) {
    await startInside(accounting, { amqpUrl, keys, budgetsFile, canariesFile, report }, started);
  }
  await startGateway('gateway-1');
  const accountsOf = new Map<string, AccountId>();
  return {
    data,
    amqpUrl,
    keys,
    budgetsFile,
    canariesFile,
    databaseUrl,
    portal: await openPortal({ amqpUrl, keys }, accountsOf, started),
    setBudgets,
    startGateway,
    gateway: (instance: string) => gateways.get(instance),
    killBroker: () => rabbitmq.kill(),
    startBroker: async () => {
      rabbitmq = await startRabbitmq({ directory, port });
    },
    own: (accounts: readonly (readonly [account: AccountId, customer: CustomerId])[]) => {
      for (const [account, customer] of accounts) accountsOf.set(customer, account);
      return own(databaseUrl, accounts);
    },
    stop: () => started.stop(),
  };
}

interface End {
  readonly amqpUrl: string;
  readonly keys: string;
}

interface InsideEnd extends End {
  readonly budgetsFile: string;
  readonly canariesFile: string;
  readonly report: (error: unknown) => void;
}

/** The inside's end: serves what the gateways let through, grants them what the file says, and tells them of canaries. */
export async function startInside(
  accounting: AccountingSystem,
  end: InsideEnd,
  started: Started,
): Promise<void> {
  const broker = await openBrokerOn(end.amqpUrl, 'core', 'connector');
  started.add(() => broker.close());
  const ring = openKeyRing(end.keys, 'accounting');
  const { report } = end;
  const reader = messageReader(ring);
  const writer = messageWriter(ring, 'accounting', systemClock, cryptoRandomness());
  const clock = systemClock;
  started.add(await serveInside({ broker, reader, writer, accounting, clock, report }));
  const now = () => clock.now();
  const line = { broker, writer, clock };
  const canaries = await startCanaries(end.canariesFile, line, new MemoryRealIds([]), report);
  started.add(() => canaries.stop());
  const granting = await startGranting(
    end.budgetsFile,
    { broker, reader, now, report },
    writer,
    (beat) => {
      canaries.heard(beat);
    },
  );
  started.add(() => granting.stop());
}

async function openPortal(
  { amqpUrl, keys }: End,
  accountsOf: ReadonlyMap<string, AccountId>,
  started: Started,
) {
  const broker = await openBrokerOn(amqpUrl, 'portal', 'portal');
  started.add(() => broker.close());
  const ring = openKeyRing(keys, 'portal');
  const reader = messageReader(ring);
  const writer = messageWriter(ring, 'portal-1', systemClock, cryptoRandomness());
  const assertions = assertionIssuer(
    openOwnKey(keys, 'identity'),
    (customer) => Promise.resolve([accountsOf.get(customer)].filter((id) => id !== undefined)),
    systemClock,
  );
  const instance = 'portal-1';
  const end = { broker, reader, writer, assertions, clock: systemClock, instance };
  const questions = await openPortalQuestions(end);
  started.add(() => questions.close());
  /** Sessions are kept, as the portal keeps them: what vouches for one is made once in some minutes. */
  const sessions = new Map<CustomerId, Asking>();
  const ask = (account: AccountId, customer: CustomerId) => {
    const asking = sessions.get(customer) ?? askingOf(customer);
    sessions.set(customer, asking);
    return questions.readAccount(account, asking);
  };
  return { broker, writer, assertions, ask, send: commandSender(broker, writer) };
}

/** Customers come from networks of their own, some hundred to each. */
const askingOf = (customer: CustomerId): Asking => ({
  session: openSession(`session of ${customer}`, customer, systemClock.now()),
  subnet: `10.${String(Number.parseInt(customer.slice(-2), 16))}.0.0/24`,
});

/** Tells the gateways who owns what, as the inside's events would. */
async function own(
  url: string,
  accounts: readonly (readonly [account: string, customer: string])[],
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `INSERT INTO ownership (account_id, customer_id, version)
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[])`,
    [accounts.map(([id]) => id), accounts.map(([, id]) => id), accounts.map(() => 1)],
  );
  await client.end();
}
