import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountId, CustomerId, PaymentId } from '../../src/domain/ids.ts';
import { money } from '../../src/domain/money.ts';
import { keys } from '../../src/main/keys.ts';
import { amountMinor, idOf } from './names.ts';
import type { BenchPortal, Inside } from './portal.ts';

/** More than this many payments do not wait for the books at once. */
const mostUnposted = 400;
const longestDrainMs = 60_000;

/** The steps of one payment, each as the portal's routes make it. */
export function payerOf({ container, provider }: BenchPortal) {
  const start = container.get(keys.startPayment);
  const send = container.get(keys.sendPayment);
  const take = container.get(keys.takeNotification);
  /** A wish of a customer, recorded and sent to the provider. */
  const sent = async (customer: number, key: string): Promise<PaymentId> => {
    const wished = await start({
      customerId: idOf('customer', customer) as CustomerId,
      accountId: idOf('account', customer) as AccountId,
      amount: money(BigInt(amountMinor), 'RUB'),
      method: 'bank-card',
      key,
    });
    if (!wished.ok) throw new Error(`refused: ${wished.refusal.reason}`);
    const payment = await send(wished.value.id);
    if (payment?.state !== 'pending') throw new Error(`not sent: ${payment?.state ?? 'taken'}`);
    return payment.id;
  };
  /** A notification is taken; anything but a move of its payment is an error. */
  const notified = async (id: PaymentId): Promise<void> => {
    const { result } = await take(provider.guard.provider, provider.notice(id));
    if (result !== 'moved') throw new Error(`notification: ${result}`);
  };
  return { sent, notified };
}
export type Payer = ReturnType<typeof payerOf>;

/** Payments of one measurement. */
export interface Load {
  readonly count: number;
  readonly perSecond: number;
  /** Milliseconds of each payment, in the order of its end. */
  readonly times: readonly number[];
}

/** So many payers at once, one payment after the other, for so long. */
export async function load(
  payers: number,
  ms: number,
  pay: () => Promise<void>,
  settled: () => Promise<void> = async () => undefined,
): Promise<Load> {
  const times: number[] = [];
  const begin = performance.now();
  const payer = async (): Promise<void> => {
    while (performance.now() - begin < ms) {
      const start = performance.now();
      await pay();
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: payers }, payer));
  await settled();
  const seconds = (performance.now() - begin) / 1_000;
  return { count: times.length, perSecond: times.length / seconds, times };
}

/** The same until every payment is in the books and back in the portal's history. */
export function loadUntilShown(
  payers: number,
  ms: number,
  inside: Inside,
  pay: () => Promise<void>,
): Promise<Load> {
  const before = inside.shown();
  const state = { settled: 0 };
  const unposted = (): number => state.settled - (inside.shown() - before);
  const waitBelow = async (most: number): Promise<void> => {
    const giveUpAt = performance.now() + longestDrainMs;
    while (unposted() > most) {
      if (performance.now() > giveUpAt) throw new Error(`${unposted()} payments are not posted`);
      await sleep(5);
    }
  };
  const one = async (): Promise<void> => {
    await waitBelow(mostUnposted);
    await pay();
    state.settled += 1;
  };
  return load(payers, ms, one, () => waitBelow(0));
}

/** Numbers from 1 to `most`, the same for the same seed (mulberry32). */
export function dice(seed: number, most: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return 1 + (((mixed ^ (mixed >>> 14)) >>> 0) % most);
  };
}
