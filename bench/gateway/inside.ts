import { fork } from 'node:child_process';
import { dice } from '../../test/support/dice.ts';
import { startInside } from '../../test/support/gateway-place.ts';
import { Started } from '../../src/main/running.ts';
import { type Capacity, slowAccounting, type SlowAccounting } from './connector.ts';

/** Where the inside is, and how much it takes. */
export interface InsideSettings {
  readonly amqpUrl: string;
  readonly keys: string;
  readonly budgetsFile: string;
  readonly canariesFile: string;
  readonly capacity: Capacity;
  readonly seed: number;
}

/** An inside of exact capacity in a process of its own, so that the load does not slow it down. */
export interface Inside {
  slowDown(factor: number): void;
  counts(): Promise<ReturnType<SlowAccounting['counts']>>;
  /** What it does in a second with nobody in between. */
  bareCapacity(): Promise<number>;
  /** What its requests since the last lap would have come to in a second. */
  lap(): Promise<number>;
  /** Calls with the key of each command that arrives. */
  onCommand(call: (idempotencyKey: string) => void): void;
  stop(): Promise<void>;
}

export async function startInsideProcess(settings: InsideSettings): Promise<Inside> {
  const child = fork(import.meta.filename, [JSON.stringify(settings)]);
  let told: (idempotencyKey: string) => void = () => undefined;
  let answered: (answer: unknown) => void = () => undefined;
  child.on('message', (said: unknown) => {
    if (isArrival(said)) told(said.command);
    else answered(said);
  });
  const next = (): Promise<unknown> => new Promise((resolve) => (answered = resolve));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await Promise.race([
    next(),
    ended.then(() => Promise.reject(new Error('the inside did not start'))),
  ]);
  const asked = async (order: Order): Promise<unknown> => {
    const answer = next();
    child.send(order);
    return answer;
  };
  return {
    slowDown: (factor) => void child.send({ factor }),
    counts: async () => (await asked('counts')) as ReturnType<SlowAccounting['counts']>,
    bareCapacity: async () => (await asked('bare')) as number,
    lap: async () => (await asked('lap')) as number,
    onCommand: (call) => (told = call),
    stop: async () => {
      child.send('stop');
      await ended;
    },
  };
}

/** A command has arrived: the other messages are answers to orders. */
interface Arrival {
  readonly command: string;
}
const isArrival = (said: unknown): said is Arrival =>
  typeof said === 'object' && said !== null && 'command' in said;

type Order = 'counts' | 'bare' | 'lap' | 'stop' | { readonly factor: number };
const bareSeconds = 12;

async function serve({ capacity, seed, ...end }: InsideSettings): Promise<void> {
  const started = new Started();
  const accounting = slowAccounting(capacity, dice(seed));
  accounting.onCommand((command) => process.send?.({ command } satisfies Arrival));
  await startInside(accounting, { ...end, report: () => undefined }, started);
  process.on('message', (order: Order) => {
    if (order === 'counts') process.send?.(accounting.counts());
    else if (order === 'lap') process.send?.(accounting.lap());
    else if (order === 'bare') {
      void accounting.bareCapacity(bareSeconds).then((figure) => process.send?.(figure));
    } else if (order === 'stop') void started.stop().then(() => process.exit(0));
    else accounting.slowDown(order.factor);
  });
  process.send?.('ready');
}

if (import.meta.main) await serve(JSON.parse(process.argv[2] ?? '{}') as InsideSettings);
