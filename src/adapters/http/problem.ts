import type { Context, Middleware } from 'koa';
import { STATUS_CODES } from 'node:http';
import { Outage, TooBusy } from '../../application/ports/outage.ts';
import { problemTypePrefix, type ProblemJson } from './contract/problem-json.ts';

/** An answer that is not a success, on its way to the middleware that writes it. */
export class Problem extends Error {
  readonly status: number;
  readonly reason: string;
  readonly more: Partial<ProblemJson>;

  constructor(status: number, reason: string, more: Partial<ProblemJson> = {}) {
    super(reason);
    this.status = status;
    this.reason = reason;
    this.more = more;
  }
}

/** Turns everything that goes wrong into one shape, and tells the journal only of what is ours to mend. */
export const problems =
  (newErrorId: () => string, report: (error: unknown, errorId: string) => void): Middleware =>
  async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) throw new Problem(404, 'not-found');
      if (ctx.status === 405) throw new Problem(405, 'method-not-allowed');
      if (ctx.status === 501 && ctx.body === undefined) throw new Problem(501, 'method-unknown');
    } catch (error) {
      const problem = toProblem(error);
      const errorId = newErrorId();
      if (problem.status >= 500) report(error, errorId);
      write(ctx, problem, errorId);
    }
  };

function write(ctx: Context, problem: Problem, errorId: string): void {
  const { status, reason, more } = problem;
  if (more.retryAfterSeconds !== undefined) ctx.set('Retry-After', String(more.retryAfterSeconds));
  ctx.status = status;
  const title = STATUS_CODES[status] ?? 'Error';
  const body: ProblemJson = {
    type: problemTypePrefix + reason,
    title,
    status,
    instance: `urn:uuid:${errorId}`,
    ...more,
  };
  // Who followed a link to a file looks at the answer itself.
  const isFollowed = ctx.method === 'GET' && ctx.get('Accept').includes('text/html');
  const isRead = isFollowed && more.detail !== undefined;
  ctx.body = isRead ? more.detail : JSON.stringify(body);
  ctx.type = isRead ? 'text/plain; charset=utf-8' : 'application/problem+json';
  ctx.set('Cache-Control', 'no-store');
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TooBusy) return new Problem(503, 'too-busy', retryAfter(error.retryAfterMs));
  if (error instanceof Outage || isDatabaseOutage(error)) {
    return new Problem(503, 'temporarily-unavailable', retryAfter(2_000));
  }
  const status = httpStatus(error);
  if (status === 413) return new Problem(413, 'too-large');
  if (status !== undefined && status >= 400 && status < 500)
    return new Problem(status, 'invalid-request');
  return new Problem(500, 'internal');
}

/** How long to wait, in the unit of the header: whole seconds, at least one. */
export const retryAfter = (ms: number): Pick<ProblemJson, 'retryAfterSeconds'> => ({
  retryAfterSeconds: Math.max(1, Math.ceil(ms / 1_000)),
});

/** The status a library put on an error; a broken body says 400 this way. */
function httpStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}

const outageCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);
function isDatabaseOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  const hasCode = typeof code === 'string' && outageCodes.has(code);
  return (
    hasCode || /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  );
}
