import type { Middleware } from 'koa';

/** What may be known of a request outside: no address, no query, no body. */
export interface RequestLine {
  readonly method: string;
  /** The route's pattern, never the path with its ids. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

/** Reports every finished request, by pattern. */
export const requestLog =
  (observe: (line: RequestLine) => void): Middleware =>
  async (ctx, next) => {
    const start = performance.now();
    await next();
    const matched: unknown = ctx._matchedRoute;
    const route = typeof matched === 'string' ? matched : 'page';
    observe({ method: ctx.method, route, status: ctx.status, ms: performance.now() - start });
  };
