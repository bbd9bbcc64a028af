import type { Middleware } from 'koa';
import { Problem } from './problem.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets a request that changes something pass only from our own pages: by the browser's word
 * (Sec-Fetch-Site), else by its Origin, and with a header no foreign form can set.
 */
export const sameOrigin =
  (isOwnOrigin: (origin: string, host: string) => boolean): Middleware =>
  async (ctx, next) => {
    if (!safeMethods.has(ctx.method)) {
      const site = ctx.get('Sec-Fetch-Site');
      const origin = ctx.get('Origin');
      const bySite = site === 'same-origin';
      const byOrigin = site === '' && (origin === '' || isOwnOrigin(origin, ctx.host));
      if (!(bySite || byOrigin) || ctx.get('X-Kabinet') !== '1') {
        throw new Problem(403, 'foreign-origin');
      }
    }
    await next();
  };
