import { dice } from '../../test/support/dice.ts';
import { median } from '../load.ts';
import { openGatewayPlace, type GatewayPlace } from '../../test/support/gateway-place.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { usualBudgets } from '../../src/application/budgets/usual-budgets.ts';
import { openBareLine } from './bare-line.ts';
import { type Inside, startInsideProcess } from './inside.ts';
import { ask, type Asker, crowd, quantile, type Spacing } from './crowd.ts';

const perSecond = 100;
const customers = 1_000;
/** So long it takes, at this rate, until what is done for a question is compiled for good. */
const warmUpSeconds = 60;
/** About as long as a question is. */
const bodyBytes = 1_400;

interface Load {
  readonly seconds: number;
  readonly spacing: Spacing;
  readonly random: () => number;
}

/**
 * Asks and commands at 100 a second, evenly spaced and at random, and prints how long they take, beside the same way
 * there and back with nothing on it.
 */
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
  const bare = await openBareLine(amqpUrl, new Uint8Array(bodyBytes));
  try {
    const askers = crowd(customers);
    await place.own(askers.map(({ account, customer }) => [account, customer]));
    const asking = (load: Load): Times => questions(place, askers, load);
    await asking({ seconds: warmUpSeconds, spacing: 'random', random });
    const found: Found = new Map();
    const passing = (load: Load): Times => passed(load, () => ({ asker: 0, isFresh: bare.pass() }));
    await inRounds({ [question]: asking, [bareLine]: passing }, { rounds, seconds, random }, found);
    // Last: what it has to keep, the broker goes on writing for a while.
    const sending = (load: Load): Times => commands(place, inside, askers, load);
    await inRounds({ [command]: sending }, { rounds, seconds, random }, found);
    print(found);
  } finally {
    await bare.close();
    await inside.stop();
    await place.stop();
  }
}

const spacings: readonly Spacing[] = ['even', 'random'];
const question = 'question and answer';
const command = 'command, until it is done inside';
const bareLine = 'bare line, there and back';
type Measures = Readonly<Record<string, (load: Load) => Times>>;
type Times = Promise<number[]>;
/** Times of each round, by what was measured and how it was spaced. */
type Found = Map<string, number[][]>;

/** Measures each with either spacing, one after the other, round by round; the first round warms up. */
async function inRounds(
  measures: Measures,
  { rounds, ...load }: Omit<Load, 'spacing'> & { readonly rounds: number },
  found: Found,
): Promise<void> {
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, measure] of Object.entries(measures)) {
      for (const spacing of spacings) {
        const times = await measure({ ...load, spacing });
        const key = `${name} ${spacing}`;
        if (round > 0) found.set(key, [...(found.get(key) ?? []), times]);
      }
    }
  }
}

/** Milliseconds each took; throws where one was lost. */
async function passed({ seconds, spacing, random }: Load, one: Parameters<typeof ask>[3]): Times {
  const asked = await ask(perSecond, seconds, random, one, spacing);
  const lost = asked.filter(({ isFresh }) => !isFresh).length;
  if (lost > 0) throw new Error(`${lost} of ${asked.length} questions were not answered`);
  return asked.map(({ atMs, doneMs }) => doneMs - atMs);
}

const questions = (place: GatewayPlace, askers: readonly Asker[], load: Load): Times =>
  passed(load, () => {
    const asker = Math.floor(load.random() * customers);
    const { account, customer } = askers[asker]!;
    const isFresh = place.portal.ask(account, customer).then(({ outcome }) => outcome === 'fresh');
    return { asker, isFresh };
  });

function commands(
  place: GatewayPlace,
  inside: Inside,
  askers: readonly Asker[],
  load: Load,
): Times {
  const done = new Map<string, () => void>();
  inside.onCommand((key) => done.get(key)?.());
  return passed(load, () => {
    const asker = Math.floor(load.random() * customers);
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
}

function print(found: ReadonlyMap<string, readonly number[][]>): void {
  const row = (name: string, cells: readonly string[]): void => {
    console.log(`${name.padEnd(36)}${cells.map((cell) => cell.padStart(9)).join('')}`);
  };
  const figures = (name: string): number[] =>
    spacings.flatMap((spacing) =>
      [0.5, 0.99].map((share) =>
        median((found.get(`${name} ${spacing}`) ?? []).map((times) => quantile(times, share))),
      ),
    );
  console.log(
    `\n${perSecond} a second over RabbitMQ, ${customers} customers; median of rounds, in ms`,
  );
  row('', ['evenly', 'spaced', 'at', 'random']);
  row('', ['p50', 'p99', 'p50', 'p99']);
  for (const name of [question, command, bareLine]) {
    row(
      name,
      figures(name).map((ms) => ms.toFixed(2)),
    );
  }
  const bare = figures(bareLine);
  row(
    'question / bare line',
    figures(question).map((ms, at) => (ms / (bare[at] ?? NaN)).toFixed(2)),
  );
  console.log(
    'A question passes the broker four times, a command twice. On the bare line a message does so too, and is signed\n' +
      'and checked once at every end, in three programs that do nothing else.',
  );
}
