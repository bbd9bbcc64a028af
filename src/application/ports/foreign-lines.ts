import type { Money } from '../../domain/money.ts';
import type { AccountId, CustomerId } from '../../domain/ids.ts';
import type { OperationKind } from '../../domain/operation.ts';
import type { CalendarDay, Instant } from '../../domain/time.ts';

/** What somebody has posted on a customer's account in the company's accounting system: one line of it. */
export interface ForeignLine {
  /** The system's own, for ever. */
  readonly id: string;
  /** What the line was posted with. */
  readonly move: string;
  /** The key under which we may have posted it ourselves; absent where that cannot be. */
  readonly key: string | undefined;
  /** It takes back another one. */
  readonly isUndoing: boolean;
  readonly kind: OperationKind;
  /** The number of the account. */
  readonly account: string;
  /** Above zero credits the customer. */
  readonly amount: Money;
  readonly day: CalendarDay;
  /** May be empty. */
  readonly description: string;
  /** When it was posted, by the system's clock. */
  readonly changedAt: Instant;
}

/**
 * The lines of an accounting system that others post to as well. Promises:
 * - every posted line on an account of customers is shown to whoever asks from its `changedAt` or before, once it is
 *   committed there; what is committed later may have an earlier `changedAt`;
 * - many lines are read at once, and those that are settled are not read.
 */
export interface ForeignLines {
  /** Names the system among the sources of commands. */
  readonly source: string;
  /** When the newest of its lines was posted; undefined where there is none. */
  newest(): Promise<Instant | undefined>;
  changedSince(
    from: Instant,
    isSettled: (id: string) => boolean,
  ): AsyncIterable<readonly ForeignLine[]>;
}

/** How a line stands to the books. */
export type LinePlace =
  /** It was decided before. */
  | { readonly tag: 'known' }
  /** We posted it. */
  | { readonly tag: 'ours' }
  /** It has the key of a command of ours that is not finished: whose it is will be known then. */
  | { readonly tag: 'pending' }
  | { readonly tag: 'nobodys' }
  | {
      readonly tag: 'of';
      readonly customerId: CustomerId;
      readonly accountId: AccountId;
      readonly currency: string;
      readonly isClosed: boolean;
    };

/** Why a line is not brought to anybody, for good. */
export type LeftOut =
  /** It was there when we first looked: balances that were brought along have it. */
  | 'before'
  /** Its account is none of ours. */
  | 'nobodys'
  /** Its account is closed, or has another currency. */
  | 'unfit'
  | 'nothing';

/** Names a line among the commands that have one effect. */
export const lineKey = (id: string): string => `line:${id}`;
/** What our entries say of the move they were posted with. */
export const moveRef = (id: string): string => `move:${id}`;

/**
 * How far the lines of other systems have been brought into the books. Promises, proved by
 * test/contracts/foreign-line-store.test.ts:
 * - the mark never goes back, and is there from the first round on;
 * - a line that was brought or left out is `known` from then on;
 * - a move is `ours` where an entry of ours says so, or was posted under its key before entries said so.
 */
export interface ForeignLineStore {
  /** Up to where everything was seen, but for what the system commits late; undefined before the first round. */
  mark(source: string): Promise<Instant | undefined>;
  moveMark(source: string, to: Instant): Promise<void>;
  /** Keeps that lines are not brought; with a mark in the same commit where one is given. */
  leaveOut(
    source: string,
    lines: readonly { readonly id: string; readonly why: LeftOut }[],
    mark?: Instant,
  ): Promise<void>;
  /** By line, for all lines that are asked for. */
  place(source: string, lines: readonly ForeignLine[]): Promise<ReadonlyMap<string, LinePlace>>;
}
