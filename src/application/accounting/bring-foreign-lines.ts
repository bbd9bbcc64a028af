import { minute, instant, later, startOfDay, type Instant } from '../../domain/time.ts';
import { invariant } from '../../domain/invariant.ts';
import type { Books } from '../ports/books.ts';
import type { Clock } from '../ports/clock.ts';
import {
  lineKey,
  type ForeignLine,
  type ForeignLines,
  type ForeignLineStore,
  type LeftOut,
  type LinePlace,
} from '../ports/foreign-lines.ts';
import type { Randomness } from '../ports/randomness.ts';
import { postForeignLine } from './foreign-posting.ts';

/**
 * How far back each round looks anew. A line has the time its transaction began, so one that took long, or was made
 * by a clock that is slow, appears behind what was seen already.
 */
export const overlapMs = 15 * minute;

/** What a round has done. */
export interface ForeignRound {
  /** Lines that customers see from now on. */
  readonly brought: number;
  readonly leftOut: number;
  /** Lines that wait for a command of ours. */
  readonly pending: number;
  /** Lines that were brought before and now say something else: nobody may do that, so people look. */
  readonly conflicts: readonly string[];
}

/** The parts of the inside that have to do with lines of others. */
export interface ForeignBooks {
  readonly books: Books;
  readonly lines: ForeignLineStore;
  /** The company's days are in it. */
  readonly zone: string;
}

/**
 * Brings what others have posted to customers' accounts into the books, round by round: each line has one effect,
 * however often and in whatever order it is seen. The first round brings nothing and only begins. Whatever is thrown,
 * the next round goes on from where this one was.
 */
export const bringForeignLines = (
  system: ForeignLines,
  { books, lines: store, zone }: ForeignBooks,
  clock: Clock,
  randomness: Randomness,
): (() => Promise<ForeignRound>) => {
  const { source } = system;
  /** Decided lines of the window, so that they are not read again and again. */
  const settled = new Map<string, Instant>();
  const isSettled = (id: string) => settled.has(id);

  const begin = async (): Promise<ForeignRound> => {
    const mark = (await system.newest()) ?? instant(0);
    const there: ForeignLine[] = [];
    for await (const page of system.changedSince(windowFrom(mark), isSettled)) there.push(...page);
    const before = there.map(({ id }) => ({ id, why: 'before' as const }));
    await store.leaveOut(source, before, mark);
    return { brought: 0, leftOut: before.length, pending: 0, conflicts: [] };
  };

  const post = (line: ForeignLine, { customerId, accountId }: LinePlace & { tag: 'of' }) => {
    const requestHash = factsOf(line);
    const command = { source, idempotencyKey: lineKey(line.id), requestHash, customerId };
    return books.post(command, accountId, (found) => {
      invariant(found !== undefined, `account ${line.account} is gone`);
      const effectiveAt = startOfDay(line.day, zone);
      const ids = { entryId: randomness.id(), messageId: randomness.id() };
      return postForeignLine(source, line, found, { ...ids, now: clock.now(), effectiveAt });
    });
  };

  const takePage = async (page: readonly ForeignLine[], seen: Seen): Promise<void> => {
    const places = await store.place(source, page);
    const out: { readonly id: string; readonly why: LeftOut }[] = [];
    const decided: ForeignLine[] = [];
    for (const line of page) {
      const place = places.get(line.id);
      invariant(place !== undefined, `line ${line.id} has no place`);
      const why = leftOutFor(line, place);
      if (place.tag === 'pending') seen.pending.push(line.changedAt);
      else decided.push(line);
      if (why !== undefined) out.push({ id: line.id, why });
      else if (place.tag === 'of') seen.count(line, await post(line, place));
    }
    if (out.length > 0) await store.leaveOut(source, out);
    seen.leftOut += out.length;
    for (const { id, changedAt } of decided) settled.set(id, changedAt);
  };

  return async () => {
    const mark = await store.mark(source);
    if (mark === undefined) return begin();
    const seen = new Seen();
    for await (const page of system.changedSince(windowFrom(mark), isSettled)) {
      await takePage(page, seen);
    }
    const to = seen.pending.reduce(earlier, newestOf(mark, settled));
    if (to > mark) await store.moveMark(source, to);
    forgetBefore(settled, windowFrom(to > mark ? to : mark));
    return seen.round();
  };
};
export type BringForeignLines = ReturnType<typeof bringForeignLines>;

const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);
const windowFrom = (mark: Instant): Instant => later(mark, -overlapMs);

function leftOutFor({ amount }: ForeignLine, place: LinePlace): LeftOut | undefined {
  if (place.tag === 'nobodys') return 'nobodys';
  if (place.tag !== 'of') return undefined;
  if (amount.minor === 0n) return 'nothing';
  return place.isClosed || place.currency !== amount.currency ? 'unfit' : undefined;
}

/** What may not change once a line was brought. */
const factsOf = ({ account, amount, move }: ForeignLine): string =>
  [move, account, amount.minor.toString(), amount.currency].join(' ');

function newestOf(mark: Instant, settled: ReadonlyMap<string, Instant>): Instant {
  let newest = mark;
  for (const changedAt of settled.values()) if (changedAt > newest) newest = changedAt;
  return newest;
}

function forgetBefore(settled: Map<string, Instant>, from: Instant): void {
  for (const [id, changedAt] of settled) if (changedAt < from) settled.delete(id);
}

/** What a round has seen so far. */
class Seen {
  leftOut = 0;
  readonly pending: Instant[] = [];
  readonly #conflicts: string[] = [];
  #brought = 0;

  count(line: ForeignLine, outcome: 'posted' | 'repeated' | 'conflict'): void {
    if (outcome === 'posted') this.#brought += 1;
    if (outcome === 'conflict') this.#conflicts.push(line.id);
  }

  round(): ForeignRound {
    return {
      brought: this.#brought,
      leftOut: this.leftOut,
      pending: this.pending.length,
      conflicts: this.#conflicts,
    };
  }
}
