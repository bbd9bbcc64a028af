import type { Faults } from '../faults.ts';
import type { Delivery, Notice, Notifier } from '../notifier.ts';
import type { Timers } from '../timers.ts';
import type { Order } from './order.ts';

/** A payment as its payment system sees it, for people and tests. Sums in smallest units. */
export interface PaymentView {
  /** The shop's own id of it. */
  readonly paymentId: string;
  /** The system's id of it; empty where there is none yet. */
  readonly ref: string;
  /** Where its payer goes; empty where the payer comes with a form. */
  readonly url: string;
  readonly title: string;
  readonly state: string;
  readonly amountMinor: string;
  readonly refundedMinor: string;
  readonly currency: string;
  readonly createdAt: string;
}

/** What happened, told by whoever made it happen: the notifications to send. */
export type Happened = readonly Notice[];

/** A simulated payment system whose levers are pulled through `/control/<code>`. */
export interface Controlled {
  readonly code: string;
  readonly title: string;
  readonly outcomes: readonly string[];
  readonly forgeries: readonly string[];
  readonly faults: Faults;
  readonly notifier: Notifier;
  readonly timers: Timers;
  /** Newest first. */
  payments(): readonly PaymentView[];
  /** How many payments were made here for one of the shop's; more than one is a double effect. */
  made(paymentId: string): number;
  /**
   * Lets payer, bank or forger act on the newest payment of the shop's id; undefined: there is none, `impossible`: not
   * any more. Paying what is paid tells the same fact again.
   */
  act(paymentId: string, order: Order): Happened | 'impossible' | undefined;
}

export interface Done {
  readonly paymentId: string;
  readonly outcome: string;
  /** The first try of each notification; empty when they are delayed. */
  readonly notifications: readonly Delivery[];
}

/** Pulls a lever and sends what is to be told of it. */
export async function pull(
  system: Controlled,
  paymentId: string,
  order: Order,
): Promise<Done | 'impossible' | undefined> {
  const happened = system.act(paymentId, order);
  if (happened === undefined || happened === 'impossible') return happened;
  const told = order.reversed ? happened.toReversed() : happened;
  const send = () => system.notifier.send(told, order.times);
  const { outcome, delayMs } = order;
  if (delayMs === 0) return { paymentId, outcome, notifications: await send() };
  system.timers.after(delayMs, () => void send());
  return { paymentId, outcome, notifications: [] };
}
