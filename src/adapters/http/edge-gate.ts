import type { Context, Middleware } from 'koa';
import { setTimeout as pause } from 'node:timers/promises';
import type { EdgeCaller, EdgeWatch } from '../../application/ports/edge-watch.ts';
import { Problem, retryAfter } from './problem.ts';

/** Lets requests in, or slows and refuses them as any limit does. */
export interface EdgeGate {
  /** Throws Problem 429 where somebody who is signed in may not go on now. */
  admit(ctx: Context, caller: EdgeCaller): void;
  /** Waits where somebody who is not signed in is to be slowed. */
  slow(ctx: Context): Promise<void>;
}

/** Answers that wait at once; above it nobody is kept waiting, for waiting costs us memory. */
const usualWaitingLimit = 500;
const tooManyRetryMs = 3_000;
const fingerprintLength = 512;

export function edgeGate(edge: EdgeWatch, waitingLimit = usualWaitingLimit): EdgeGate {
  let waiting = 0;
  return {
    admit: (ctx, caller) => {
      ctx.state['isSignedIn'] = true;
      const answer = edge.admit(caller);
      if (!answer.allowed) throw tooManyTries(answer.retryAfterMs);
    },
    slow: async (ctx) => {
      const delayMs = edge.delayMs(ctx.ip);
      if (delayMs === 0) return;
      if (waiting >= waitingLimit) throw tooManyTries(tooManyRetryMs);
      waiting += 1;
      await pause(delayMs);
      waiting -= 1;
    },
  };
}

const tooManyTries = (retryAfterMs: number): Problem =>
  new Problem(429, 'too-many-tries', retryAfter(retryAfterMs));

/** Notes every finished request. */
export const edgeNotes =
  (edge: EdgeWatch): Middleware =>
  async (ctx, next) => {
    await next();
    const matched: unknown = ctx._matchedRoute;
    edge.note({
      address: ctx.ip,
      isSignedIn: ctx.state['isSignedIn'] === true,
      status: ctx.status,
      step: `${ctx.method} ${typeof matched === 'string' ? matched : 'page'}`,
      fingerprint: fingerprintOf(ctx),
    });
  };

/** What a browser says of itself, and in which order: programs that pretend to be one seldom get both right. */
const fingerprintOf = (ctx: Context): string => {
  const names = ctx.req.rawHeaders.filter((_, at) => at % 2 === 0);
  const said = [ctx.get('User-Agent'), ctx.get('Accept-Language'), ...names].join('\n');
  return said.slice(0, fingerprintLength);
};
