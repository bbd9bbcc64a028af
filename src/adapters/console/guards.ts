import helmet from 'koa-helmet';
import type { Middleware } from 'koa';
import { ConsoleProblem } from './problems.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets a form pass only from our own pages: by the browser's word (Sec-Fetch-Site), else by its Origin. Who says
 * neither is no browser of our time.
 */
export const sameOrigin: Middleware = async (ctx, next) => {
  if (!safeMethods.has(ctx.method)) {
    const site = ctx.get('Sec-Fetch-Site');
    const isOwn = site === '' ? isOwnOrigin(ctx.get('Origin'), ctx.host) : site === 'same-origin';
    if (!isOwn) throw new ConsoleProblem(403, 'foreign');
  }
  await next();
};

const isOwnOrigin = (origin: string, host: string): boolean =>
  URL.canParse(origin) && new URL(origin).host === host;

/** Everything the pages need comes from this very host; nothing inline, no frame, no sniffing, nothing kept. */
export const securityHeaders: readonly Middleware[] = [
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ["'none'"],
      },
    },
    // A proxy in front that speaks TLS says so itself.
    strictTransportSecurity: false,
    // With `no-referrer` browsers would not say where a form comes from.
    referrerPolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  }),
  async (ctx, next) => {
    ctx.set('Cache-Control', 'no-store');
    await next();
  },
];
