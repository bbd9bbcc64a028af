import { createHash } from 'node:crypto';
import type Router from '@koa/router';
import type { CompanyLogo } from '../../application/ports/stationery.ts';
import type { LogoJson } from './contract/logo-json.ts';

const path = '/company-logo';

/** How pages are told of the logo; nothing where there is none. */
export const toLogoJson = (logo: CompanyLogo | undefined): { readonly logo?: LogoJson } =>
  logo === undefined ? {} : { logo: { path, width: logo.width, height: logo.height } };

/** Serves the company's logo to anybody, from memory. A browser asks anew after an hour, and gets it only if it changed. */
export function addLogoRoute(router: Router, logo: CompanyLogo | undefined): void {
  if (logo === undefined) return;
  const body = Buffer.from(logo.file);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  router.get(path, (ctx) => {
    ctx.set('Cache-Control', 'public, max-age=3600');
    ctx.set('ETag', etag);
    // A picture loads nothing and runs nothing, whatever somebody hid in it.
    ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
    ctx.status = 200;
    if (ctx.fresh) {
      ctx.status = 304;
      return;
    }
    ctx.type = logo.type;
    ctx.body = body;
  });
}
