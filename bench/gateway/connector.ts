import type {
  AccountingSystem,
  CommandOutcome,
} from '../../src/application/ports/accounting-system.ts';
import type { AccountChanged } from '../../src/application/ports/inside-messages.ts';

/** An accounting system of exact capacity: so many at work at once, each for an exponential time; the others wait. */
export interface SlowAccounting extends AccountingSystem {
  /** Makes it slower by this factor, or as fast as before with 1. */
  slowDown(factor: number): void;
  /** Most it had at once, at work and waiting, and how often that was more than it had granted. */
  counts(): { readonly most: number; readonly violations: number };
  /** What it does in a second with all places filled and nobody in between. */
  bareCapacity(seconds: number): Promise<number>;
  /** What the requests since the last lap would have come to in a second, by their service times and all places filled. */
  lap(): number;
  /** Called when a command arrives. */
  onCommand(call: (idempotencyKey: string) => void): void;
}

export interface Capacity {
  readonly places: number;
  /** Mean service time; 0 answers at once. */
  readonly meanMs: number;
  /** Requests it lets come at once: its places, and those on their way. */
  readonly granted: number;
}

export function slowAccounting(
  { places, meanMs, granted }: Capacity,
  random: () => number,
): SlowAccounting {
  let [here, most, violations, factor, atWork] = [0, 0, 0, 1, 0];
  let drawn = { count: 0, ms: 0 };
  const waiting: (() => void)[] = [];
  let told: (idempotencyKey: string) => void = () => undefined;
  const take = (idempotencyKey: string): Promise<CommandOutcome> => {
    told(idempotencyKey);
    return Promise.resolve('posted');
  };
  const serve = async (): Promise<void> => {
    if (meanMs === 0) return;
    if (atWork >= places) await new Promise<void>((resolve) => waiting.push(resolve));
    else atWork += 1;
    const ms = -Math.log(1 - random()) * meanMs * factor;
    drawn = { count: drawn.count + 1, ms: drawn.ms + ms };
    await sleep(ms);
    const next = waiting.shift();
    if (next === undefined) atWork -= 1;
    else next();
  };
  return {
    slowDown: (to) => (factor = to),
    counts: () => ({ most, violations }),
    bareCapacity: async (seconds) => {
      let done = 0;
      const end = performance.now() + seconds * 1_000;
      const place = async (): Promise<void> => {
        for (; performance.now() < end; done += 1) await serve();
      };
      await Promise.all(Array.from({ length: places }, place));
      return done / seconds;
    },
    lap: () => {
      const perSecond = (places * drawn.count * 1_000) / drawn.ms;
      drawn = { count: 0, ms: 0 };
      return perSecond;
    },
    onCommand: (call) => (told = call),
    recordPayment: ({ idempotencyKey }) => take(idempotencyKey),
    recordRefund: ({ idempotencyKey }) => take(idempotencyKey),
    readAccount: async (accountId, customerId) => {
      here += 1;
      most = Math.max(most, here);
      if (here > granted) violations += 1;
      await serve();
      here -= 1;
      return accountOf(accountId, customerId);
    },
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const accountOf = (accountId: string, customerId: string): AccountChanged => ({
  customerId,
  accountId,
  number: '7000001-1',
  title: 'Интернет',
  balance: { minor: '-125050', currency: 'RUB' },
  openedOn: '2024-02-29',
  asOf: new Date().toISOString(),
  version: 1,
  operations: [],
});
