import { invariant } from '../invariant.ts';

/** One who waits for a turn. */
export interface Waiting<Item> {
  readonly item: Item;
  readonly customer: string;
  /** In rounds: what a customer takes beyond one quantum a round is paid for in later rounds. */
  readonly cost: number;
}

/**
 * A short queue that is fair to customers: a deficit round robin whose deficits are remembered. Every customer may
 * take one quantum a round; who took more comes in a later round, also when it stayed away in between, and leaves
 * first when the queue is full. So whoever asks for less than a fair share gets all of it, in front of those who ask
 * for more (max-min fairness). The order is that of start-time fair queueing (Goyal, Vin, Cheng 1996), which serves
 * as deficit round robin does (Shreedhar, Varghese 1995) with a quantum of 1.
 */
export interface FairQueue<Item> {
  /** Takes one in. The answer has to leave instead: another, or the one that came. At most `most` wait. */
  offer(one: Waiting<Item>, most: number): Waiting<Item> | undefined;
  /** Whether somebody of this customer would have to leave at once. */
  wouldTurnAway(customer: string, most: number): boolean;
  /** Whose turn it is. */
  first(): Waiting<Item> | undefined;
  /** Takes out whose turn it is. */
  next(): Waiting<Item> | undefined;
  readonly length: number;
  /** Customers whose debts are remembered. */
  readonly remembered: number;
}

interface Entry<Item> extends Waiting<Item> {
  /** The round in which it is served. */
  readonly round: number;
}

/** Customers whose debts are remembered: of more, those who came longest ago are forgotten. */
const mostRemembered = 10_000;

/** Who has rested comes this part of a round before those who have just paid up. */
const restCredit = 0.5;

/** Of one customer wait at most `mostPerCustomer`. */
export function fairQueue<Item>(mostPerCustomer: number): FairQueue<Item> {
  const entries: Entry<Item>[] = [];
  /** Up to which round a customer has taken what is its own. */
  const paidUpTo = new Map<string, number>();
  let roundNow = 0;

  const roundOf = (customer: string): number =>
    Math.max(roundNow - restCredit, paidUpTo.get(customer) ?? 0);
  const waitingOf = (customer: string): number =>
    entries.reduce((count, entry) => count + (entry.customer === customer ? 1 : 0), 0);
  const wouldTurnAway = (customer: string, most: number): boolean => {
    if (waitingOf(customer) >= mostPerCustomer) return true;
    const last = entries.at(-1);
    return entries.length >= most && (last === undefined || roundOf(customer) >= last.round);
  };
  const remember = (customer: string, round: number): void => {
    // Anew, so that the map stays in the order in which they came.
    paidUpTo.delete(customer);
    paidUpTo.set(customer, round);
    const [longestAgo] = paidUpTo.keys();
    if (paidUpTo.size > mostRemembered && longestAgo !== undefined) paidUpTo.delete(longestAgo);
  };
  const insert = (entry: Entry<Item>): void => {
    let at = entries.length;
    while (at > 0 && entryBefore(entries, at).round > entry.round) at -= 1;
    entries.splice(at, 0, entry);
  };
  return {
    wouldTurnAway,
    offer: (one, most) => {
      if (wouldTurnAway(one.customer, most)) return one;
      const round = roundOf(one.customer);
      insert({ ...one, round });
      remember(one.customer, round + one.cost);
      if (entries.length <= most) return undefined;
      const left = entries.pop();
      if (left !== undefined) remember(left.customer, left.round);
      return left;
    },
    first: () => entries[0],
    next: () => {
      const first = entries.shift();
      if (first !== undefined) roundNow = Math.max(roundNow, first.round);
      // Nobody waits, so nobody was kept from anything: all debts are forgotten.
      if (entries.length === 0) {
        paidUpTo.clear();
        roundNow = 0;
      }
      return first;
    },
    get length() {
      return entries.length;
    },
    get remembered() {
      return paidUpTo.size;
    },
  };
}

function entryBefore<Item>(entries: readonly Entry<Item>[], at: number): Entry<Item> {
  const entry = entries[at - 1];
  invariant(entry !== undefined, 'a position inside the queue');
  return entry;
}
