import type { Context, Middleware } from 'koa';
import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentReader, EdgeCaller, EdgeWatch } from '../../application/ports/edge-watch.ts';
import type { Locale, Texts } from '../../domain/locale.ts';
import { type Instant, minute } from '../../domain/time.ts';
import { Problem, retryAfter } from './problem.ts';

/** Lets requests in, or slows and refuses them as any limit does. */
export interface EdgeGate {
  /** Throws Problem 429 where somebody who is signed in may not go on now. */
  admit(ctx: Context, caller: EdgeCaller): void;
  /** Throws Problem 401 where somebody has to sign in again before they go on. */
  askAgain(caller: EdgeCaller, signedInAt: Instant): void;
  /** The same before a document; it says so in the customer's language, for a link to a file leads past our pages. */
  admitToDocument(ctx: Context, caller: EdgeCaller, locale: Locale): void;
  /** Notes a document that was given out. */
  fetched(by: DocumentReader, id: string): void;
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
    askAgain: (caller, signedInAt) => {
      if (edge.mustSignInAgain(caller, signedInAt)) throw new Problem(401, 'not-signed-in');
    },
    admitToDocument: (ctx, caller, locale) => {
      ctx.state['isSignedIn'] = true;
      const answer = edge.admit(caller, 'document');
      if (!answer.allowed) throw tooManyDocuments(answer.retryAfterMs, locale);
    },
    fetched: (by, id) => {
      edge.noteDocument(by, id);
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

const tooManyDocuments = (retryAfterMs: number, locale: Locale): Problem => {
  const minutes = String(Math.ceil(retryAfterMs / minute));
  const texts: Texts = {
    ru: `Слишком много документов за короткое время. Повторите через ${minutes} мин.`,
    en: `Too many documents in a short time. Try again in ${minutes} min.`,
  };
  const detail = texts[locale];
  return new Problem(429, 'too-many-documents', { ...retryAfter(retryAfterMs), detail });
};

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
