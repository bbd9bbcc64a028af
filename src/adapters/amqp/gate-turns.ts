import type { Asked, QueryGate, Turn } from '../../application/gateway/query-gate.ts';
import type { Experience } from '../../domain/protection/adaptive-limit.ts';
import type { Instant } from '../../domain/time.ts';

/** A place inside, given back with how it went. */
export type GiveBack = (ended: Experience['ended']) => void;
export type Admission = { readonly giveBack: GiveBack } | { readonly retryAfterMs: number };

/** Waits at the gate with a clock and a timer. */
export interface GateTurns {
  refusalMs(asked: Asked): number | undefined;
  /** Comes back when it is this one's turn, or with how long to stay away. */
  enter(asked: Asked): Promise<Admission>;
  stop(): void;
}

export const gateTurns = (gate: QueryGate, now: () => Instant): GateTurns => {
  let timer: NodeJS.Timeout | undefined;
  const serve = (): void => {
    clearTimeout(timer);
    const againMs = gate.serve(now());
    if (againMs !== undefined) timer = setTimeout(serve, againMs).unref();
  };
  const admission = (turn: Turn): Admission => {
    if ('retryAfterMs' in turn) return turn;
    return {
      giveBack: (ended) => {
        turn.release(ended, now());
        serve();
      },
    };
  };
  return {
    refusalMs: (asked) => gate.refusalMs(asked, now()),
    enter: (asked) =>
      new Promise((resolve) => {
        gate.enter(asked, now(), (turn) => {
          resolve(admission(turn));
        });
        serve();
      }),
    stop: () => {
      clearTimeout(timer);
    },
  };
};
