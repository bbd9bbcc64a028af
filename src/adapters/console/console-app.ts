import { readFileSync } from 'node:fs';
import { bodyParser } from '@koa/bodyparser';
import Koa from 'koa';
import { addAcknowledgeRoutes } from './acknowledge-routes.ts';
import type { ConsoleNeeds } from './console-needs.ts';
import { type ConsoleRouter, consoleRouter, visitorOf } from './console-router.ts';
import { sameOrigin, securityHeaders } from './guards.ts';
import { addIncidentRoutes } from './incident-routes.ts';
import { addMeasureRoutes } from './measure-routes.ts';
import { budgetsPage } from './pages/budgets-page.ts';
import { problems } from './problems.ts';
import { addSignInRoutes } from './sign-in-routes.ts';

/** The pages of the people who watch the gateway. It holds no state of its own. */
export function consoleApp(need: ConsoleNeeds): Koa {
  const app = new Koa();
  app.silent = true;
  const routes = consoleRouter(need);
  addFiles(routes);
  addSignInRoutes(routes, need);
  addIncidentRoutes(routes, need);
  addAcknowledgeRoutes(routes, need);
  addMeasureRoutes(routes, need);
  routes.closed('get', '/budgets', ({ say }) => budgetsPage(say, need.load.look(need.clock.now())));

  // Cookies are always Secure; browsers take them on https and on localhost.
  app.use(async (ctx, next) => {
    ctx.cookies.secure = true;
    await next();
  });
  for (const middleware of securityHeaders) app.use(middleware);
  app.use(problems(need, visitorOf(need.timeZone)));
  app.use(sameOrigin);
  app.use(bodyParser({ enableTypes: ['form'], formLimit: '4kb', encoding: 'utf-8' }));
  app.use(routes.router.routes());
  return app;
}

const files = [
  ['console.css', 'text/css'],
  ['console.js', 'text/javascript'],
  ['favicon.svg', 'image/svg+xml'],
] as const;

function addFiles({ router }: ConsoleRouter): void {
  for (const [name, type] of files) {
    const content = readFileSync(new URL(`./public/${name}`, import.meta.url), 'utf8');
    router.get(`/${name}`, (ctx) => {
      ctx.type = type;
      ctx.set('Cache-Control', 'max-age=300');
      ctx.body = content;
    });
  }
}
