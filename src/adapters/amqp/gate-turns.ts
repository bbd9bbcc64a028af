import type { Asked, QueryGate, Turn } from '../../application/gateway/query-gate.ts';
import type { Experience } from '../../domain/protection/adaptive-limit.ts';
import type { Instant } from '../../domain/time.ts';

/** A place inside, given back with how it went. */
export type GiveBack = (ended: Experience['ended']) => void;
export type Admission = { readonly giveBack: GiveBack } | { readonly retryAfterMs: number };

/** Waits at the gate with a clock and a timer. */
export interface GateTurns {
  /**
   * Does the work on a query when there is room at the gate for anybody at all. Until then the query is not even looked
   * at: it keeps its place at the broker's consumer, the broker's short queue fills, and the portal hears at once that
   * there is no room. So a flood costs next to nothing here.
   */
  whenThereIsRoom<Value>(operation: string, work: () => Promise<Value>): Promise<Value>;
  refusalMs(asked: Asked): number | undefined;
  /** Comes back when it is this one's turn, or with how long to stay away. */
  enter(asked: Asked): Promise<Admission>;
  stop(): void;
}

/** Nobody is held longer without a look: a wider grant, for one, is told to nobody here. */
const lookEveryMs = 100;

export const gateTurns = (gate: QueryGate, now: () => Instant): GateTurns => {
  const held = new Map<string, (() => void)[]>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  /** Lets one go on for each operation that has room; when it has come in or was turned away, the next is asked. */
  const wake = (): void => {
    for (const [operation, waiting] of held) {
      if (isStopped || !gate.isFull(operation, now())) waiting.shift()?.();
    }
  };
  const serve = (): void => {
    clearTimeout(timer);
    const againMs = gate.serve(now());
    if (againMs !== undefined) timer = setTimeout(serve, againMs).unref();
    wake();
  };
  const looking = setInterval(wake, lookEveryMs).unref();
  const admission = (turn: Turn): Admission => {
    if ('retryAfterMs' in turn) return turn;
    return {
      giveBack: (ended) => {
        turn.release(ended, now());
        serve();
      },
    };
  };
  const room = async (operation: string): Promise<void> => {
    const waiting = held.get(operation) ?? [];
    held.set(operation, waiting);
    while (!isStopped && gate.isFull(operation, now())) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return {
    whenThereIsRoom: async (operation, work) => {
      await room(operation);
      try {
        return await work();
      } finally {
        wake();
      }
    },
    refusalMs: (asked) => gate.refusalMs(asked, now()),
    enter: (asked) =>
      new Promise((resolve) => {
        gate.enter(asked, now(), (turn) => {
          resolve(admission(turn));
        });
        serve();
      }),
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      clearInterval(looking);
      for (const waiting of held.values()) for (const go of waiting.splice(0)) go();
    },
  };
};
