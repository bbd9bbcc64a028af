import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { type AgainPauses } from '../../src/adapters/amqp/amqp-consumer.ts';
import { openAmqpBroker } from '../../src/adapters/amqp/amqp-broker.ts';
import { developmentPasswords } from '../../src/adapters/amqp/definitions.ts';
import { brokerAddress } from '../../src/adapters/amqp/broker-address.ts';
import { type BrokerUser, queues, type Vhost } from '../../src/adapters/amqp/topology.ts';
import type { Broker } from '../../src/application/ports/broker.ts';
import { startRabbitmq, type TestRabbitmq } from './rabbitmq.ts';

const settingsFile = new URL('../../deploy/rabbitmq/rabbitmq.conf', import.meta.url);
const definitionsFile = new URL('../../deploy/rabbitmq/definitions.json', import.meta.url).pathname;
let running: Promise<{ readonly node: TestRabbitmq; readonly directory: string }> | undefined;

const start = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-rabbitmq-'));
  mkdirSync(directory, { recursive: true });
  return {
    node: await startRabbitmq({
      directory,
      definitionsFile,
      settings: readFileSync(settingsFile, 'utf8'),
    }),
    directory,
  };
};

/** One RabbitMQ for all suites of this process, with the committed users, queues and permissions. */
export const gatewayRabbitmq = async (): Promise<TestRabbitmq> => {
  running ??= start();
  return (await running).node;
};

const addressOf = async (vhost: Vhost, user: BrokerUser | 'deployer'): Promise<string> => {
  const { port } = await gatewayRabbitmq();
  const server = `amqp://127.0.0.1:${String(port)}`;
  return brokerAddress(server, user, developmentPasswords[user], vhost);
};

export const rabbitBroker = async (
  vhost: Vhost,
  user: BrokerUser,
  pauses: AgainPauses = { firstMs: 1, longestMs: 5 },
): Promise<Broker> => openAmqpBroker(await addressOf(vhost, user), pauses);

/** Empties the queues a test may have left something in; by AMQP, since a start of rabbitmqctl costs over a second. */
export const emptyQueues = async (...names: readonly string[]): Promise<void> => {
  const mine = queues.filter(({ name }) => names.includes(name));
  for (const vhost of new Set(mine.map((row) => row.vhost))) {
    const connection = await connect(await addressOf(vhost, 'deployer'));
    const channel = await connection.createChannel();
    for (const row of mine) if (row.vhost === vhost) await channel.purgeQueue(row.name);
    await connection.close();
  }
};

after('stop the RabbitMQ of the tests', async function () {
  this.timeout(60_000);
  const ended = await running;
  running = undefined;
  await ended?.node.stop();
  if (ended !== undefined) rmSync(ended.directory, { recursive: true, force: true });
});
