import type {
  AccountingSystem,
  CommandOutcome,
} from '../../src/application/ports/accounting-system.ts';
import type { AccountChanged } from '../../src/application/ports/inside-messages.ts';

/** An accounting system of exact capacity: so many at once, each for an exponential time. */
export interface SlowAccounting extends AccountingSystem {
  /** Makes it slower by this factor, or as fast as before with 1. */
  slowDown(factor: number): void;
  /** Most it had at once, ever. */
  most(): number;
  /** Called when a command arrives. */
  onCommand(call: (idempotencyKey: string) => void): void;
}

/**
 * Reports at every question that more than `places` are at work: that is what the gateway has to see to. The mean
 * service time is `meanMs`; 0 answers at once.
 */
export function slowAccounting(
  places: number,
  meanMs: number,
  random: () => number,
  report: (error: Error) => void,
): SlowAccounting {
  let [atWork, most, factor] = [0, 0, 1];
  let told: (idempotencyKey: string) => void = () => undefined;
  const take = (idempotencyKey: string): Promise<CommandOutcome> => {
    told(idempotencyKey);
    return Promise.resolve('posted');
  };
  return {
    slowDown: (to) => (factor = to),
    most: () => most,
    onCommand: (call) => (told = call),
    recordPayment: ({ idempotencyKey }) => take(idempotencyKey),
    recordRefund: ({ idempotencyKey }) => take(idempotencyKey),
    readAccount: async (accountId, customerId) => {
      atWork += 1;
      most = Math.max(most, atWork);
      if (atWork > places) report(new Error(`${atWork} at work where ${places} were granted`));
      if (meanMs > 0) await sleep(-Math.log(1 - random()) * meanMs * factor);
      atWork -= 1;
      return account(accountId, customerId);
    },
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const account = (accountId: string, customerId: string): AccountChanged => ({
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
