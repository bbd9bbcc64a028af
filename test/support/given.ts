import { keyedSecrets } from '../../src/adapters/system/keyed-secrets.ts';
import type { AccountChange } from '../../src/application/ports/account-store.ts';
import type { Clock } from '../../src/application/ports/clock.ts';
import type { Limiter, LimitName } from '../../src/application/ports/limiter.ts';
import type { OutgoingMessage } from '../../src/application/ports/outbox.ts';
import type { Randomness } from '../../src/application/ports/randomness.ts';
import type { Account } from '../../src/domain/account.ts';
import type { Customer } from '../../src/domain/customer.ts';
import type { AccountId, CustomerId, OperationId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import type { Operation } from '../../src/domain/operation.ts';
import type { PhoneNumber } from '../../src/domain/phone-number.ts';
import { instant, later, type CalendarDay, type Instant } from '../../src/domain/time.ts';

/** Noon in Moscow on a working day. */
export const noon: Instant = instant(Date.UTC(2026, 2, 11, 9));

export interface StoppedClock extends Clock {
  /** Lets time pass. */
  move(ms: number): void;
}
/** A clock that stands until it is moved. */
export function stoppedClock(at: Instant = noon): StoppedClock {
  let now = at;
  return {
    now: () => now,
    move: (ms) => {
      now = later(now, ms);
    },
  };
}

/** A valid id by number; higher numbers sort later, as ids made later do. */
export const idOf = <Id extends string>(n: number): Id =>
  `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}` as Id;

let lastId = 0x1000;
/** An id nobody has had before. */
export const freshId = <Id extends string>(): Id => idOf<Id>((lastId += 1));

/** A die that shows the same on every run: ids, codes and tokens that count up. */
export function fixedRandomness(): Randomness {
  let n = 0;
  return {
    id: () => freshId(),
    digits: (count) => (n += 1).toString().padStart(count, '0'),
    token: () => `token-${String((n += 1))}`,
    bytes: (count) => {
      n += 1;
      return Uint8Array.from({ length: count }, (_, place) => (n >> (8 * (place % 4))) & 255);
    },
  };
}

export const secrets = keyedSecrets(new Uint8Array(32).fill(7));

/** A limiter that lets everybody through but those named. */
export const openLimiter = (...closed: readonly LimitName[]): Limiter => ({
  spend: async (limit) =>
    closed.includes(limit) ? { allowed: false, retryAfterMs: 1_000 } : { allowed: true },
});

let lastContract = 7_000_000;
/** A customer nobody has seen before; Anna unless said otherwise. */
export function givenCustomer(facts: Partial<Customer> = {}): Customer {
  return {
    id: freshId<CustomerId>(),
    contract: String((lastContract += 1)),
    name: 'Анна Каренина',
    phone: '+79990000001' as PhoneNumber,
    email: undefined,
    locale: 'ru',
    ...facts,
  };
}

/** An account of a customer that owes 500 roubles. */
export const givenAccount = (customer: Customer, facts: Partial<Account> = {}): Account => ({
  id: freshId<AccountId>(),
  customerId: customer.id,
  number: '40817810000000001',
  title: 'Домашний интернет',
  balance: money(-50_000n, 'RUB'),
  openedOn: '2024-05-01' as CalendarDay,
  asOf: noon,
  version: 1,
  ...facts,
});

/** A monthly charge. */
export const givenOperation = (account: Account, facts: Partial<Operation> = {}): Operation => ({
  id: freshId<OperationId>(),
  accountId: account.id,
  postedAt: noon,
  kind: 'charge',
  amount: money(-50_000n, 'RUB'),
  description: 'Абонентская плата',
  counterparty: undefined,
  paymentId: undefined,
  ...facts,
});

export const givenChange = (
  account: Account,
  ...operations: readonly Operation[]
): AccountChange => ({ account, operations });

/** A message about nothing in particular. */
export const givenMessage = (facts: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  id: freshId(),
  topic: 'command',
  customerId: undefined,
  body: '{}',
  createdAt: noon,
  ...facts,
});
