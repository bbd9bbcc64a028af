import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Middleware } from 'koa';
import serve from 'koa-static';

/** Pages of the browser application: each is the same document, the application finds its own way. */
const pagePaths =
  /^\/(sign-in(\/code)?|accounts\/[^/]+|pay|autopay|payments\/[^/]+|refunds\/[^/]+|operations|settings|verify\/[^/]+|staff(\/(sign-in|methods|(payments|reconciliation)\/[^/]+|reconciliation))?)?$/;

/** Whether an address is a page of the browser application, so that it can be opened directly and reloaded. */
export const isPage = (path: string): boolean => pagePaths.test(path);

/** Serves the built application: hashed files for ever, the document anew each time. */
export function browserFiles(directory: string): Middleware {
  const files = serve(directory, {
    index: false,
    setHeaders: (response, path) => {
      const isHashed = /\/assets\//.test(path);
      response.setHeader(
        'Cache-Control',
        isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  return async (ctx, next) => {
    const isRead = ctx.method === 'GET' || ctx.method === 'HEAD';
    if (isRead && isPage(ctx.path)) {
      ctx.type = 'html';
      ctx.set('Cache-Control', 'no-cache');
      ctx.body = createReadStream(join(directory, 'index.html'));
      return;
    }
    await files(ctx, next);
  };
}
