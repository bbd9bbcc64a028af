import { dice } from '../../test/support/dice.ts';
import { median } from '../load.ts';
import { openGatewayPlace, type GatewayPlace } from '../../test/support/gateway-place.ts';
import { openBrokerOn } from '../../src/main/brokers.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { usualBudgets } from '../../src/application/budgets/usual-budgets.ts';
import { type Inside, startInsideProcess } from './inside.ts';
import { ask, type Asker, crowd, quantile } from './crowd.ts';

const perSecond = 100;
const customers = 1_000;

/** Asks and commands at 100 a second and prints how long they take, beside one bare pass through the broker. */
export async function roundTrips(options: {
  readonly seed: number;
  readonly rounds: number;
  readonly seconds: number;
}): Promise<void> {
  const { seed, rounds, seconds } = options;
  const random = dice(seed);
  const wide = usualBudgets.map(({ operation, ...budget }) => [
    operation,
    { ...budget, customer: { perSecond: 1_000, burst: 1_000 } },
  ]);
  const place = await openGatewayPlace({ budgets: Object.fromEntries(wide) });
  const { amqpUrl, keys, budgetsFile, canariesFile } = place;
  const inside = await startInsideProcess({
    ...{ amqpUrl, keys, budgetsFile, canariesFile, seed },
    capacity: { places: 1_000, meanMs: 0, granted: 1_000 },
  });
  try {
    const askers = crowd(customers);
    await place.own(askers.map(({ account, customer }) => [account, customer]));
    const bare = await barePass(place);
    const measures = {
      'question and answer': () => questions(place, askers, random, seconds),
      'command, until it is done inside': () => commands(place, inside, askers, seconds, random),
      'one bare pass through the broker': () => passes(bare, seconds, random),
    };
    const found = new Map<string, number[][]>();
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, measure] of Object.entries(measures)) {
        const times = await measure();
        // The first round warms up.
        if (round > 0) found.set(name, [...(found.get(name) ?? []), times]);
      }
    }
    await bare.close();
    print(found);
  } finally {
    await inside.stop();
    await place.stop();
  }
}

type Times = Promise<number[]>;

async function questions(
  place: GatewayPlace,
  askers: readonly Asker[],
  random: () => number,
  seconds: number,
): Times {
  const asked = await ask(perSecond, seconds, random, () => {
    const asker = Math.floor(random() * customers);
    const { account, customer } = askers[asker]!;
    const isFresh = place.portal.ask(account, customer).then(({ outcome }) => outcome === 'fresh');
    return { asker, isFresh };
  });
  const lost = asked.filter(({ isFresh }) => !isFresh).length;
  if (lost > 0) throw new Error(`${lost} of ${asked.length} questions were not answered`);
  return asked.map(({ atMs, doneMs }) => doneMs - atMs);
}

async function commands(
  place: GatewayPlace,
  inside: Inside,
  askers: readonly Asker[],
  seconds: number,
  random: () => number,
): Times {
  const done = new Map<string, () => void>();
  inside.onCommand((key) => done.get(key)?.());
  const asked = await ask(perSecond, seconds, random, () => {
    const asker = Math.floor(random() * customers);
    const { account, customer } = askers[asker]!;
    const id = crypto.randomUUID();
    const data = {
      paymentId: crypto.randomUUID(),
      accountId: account,
      provider: 'stripe',
      method: 'bank-card',
      amount: { minor: '50000', currency: 'RUB' },
      paidAt: new Date().toISOString(),
    };
    const isDone = new Promise<boolean>((resolve) => {
      done.set(id, () => {
        resolve(true);
      });
    });
    const body = JSON.stringify({ type: 'ledger.record-payment', data });
    const createdAt = systemClock.now();
    void place.portal.send({
      ...{ id, topic: 'command', customerId: customer, body, createdAt, attempts: 0 },
    });
    return { asker, isFresh: isDone };
  });
  return asked.map(({ atMs, doneMs }) => doneMs - atMs);
}

/** A message of the same size from the portal's user to a queue that this process reads. */
async function barePass(place: GatewayPlace) {
  const broker = await openBrokerOn(place.amqpUrl, 'core', 'connector');
  const gateway = await openBrokerOn(place.amqpUrl, 'core', 'gateway');
  const waiting = new Map<string, () => void>();
  const queue = 'core.rep.gateway-4';
  const stop = await gateway.consume(queue, 50, (message) => {
    waiting.get(message.messageId)?.();
    return Promise.resolve('done');
  });
  const sample = place.portal.writer.write(
    {
      type: 'ledger.read-account',
      subject: '01900001-0000-7000-8000-000000000001',
      data: { accountId: '01900002-0000-7000-8000-000000000001' },
    },
    { exchange: 'core.rep', routingKey: 'gateway-4' },
  );
  return {
    pass: (): Promise<boolean> => {
      const messageId = crypto.randomUUID();
      const arrived = new Promise<boolean>((resolve) => {
        waiting.set(messageId, () => {
          waiting.delete(messageId);
          resolve(true);
        });
      });
      void broker.publish({ ...sample, messageId, userId: 'connector' });
      return arrived;
    },
    close: async () => {
      await stop();
      await Promise.all([broker.close(), gateway.close()]);
    },
  };
}

async function passes(
  bare: Awaited<ReturnType<typeof barePass>>,
  seconds: number,
  random: () => number,
): Times {
  const asked = await ask(perSecond, seconds, random, () => ({ asker: 0, isFresh: bare.pass() }));
  return asked.map(({ atMs, doneMs }) => doneMs - atMs);
}

function print(found: ReadonlyMap<string, readonly number[][]>): void {
  console.log(`\n${perSecond} a second over RabbitMQ, ${customers} customers; median of rounds`);
  console.log(`${''.padEnd(36)}    p50 ms    p99 ms   p50 / bare pass`);
  const figure = (name: string, share: number): number =>
    median((found.get(name) ?? []).map((times) => quantile(times, share)));
  const bare = figure('one bare pass through the broker', 0.5);
  for (const name of found.keys()) {
    const [p50, p99] = [figure(name, 0.5), figure(name, 0.99)];
    const cells = [p50.toFixed(2), p99.toFixed(2), (p50 / bare).toFixed(1)];
    console.log(`${name.padEnd(36)}${cells.map((cell) => cell.padStart(10)).join('')}`);
  }
  console.log(
    'A question passes the broker four times, a command twice, and is signed at every end.',
  );
}
