import { bodyParser } from '@koa/bodyparser';
import Koa from 'koa';
import type { EdgeWatch } from '../../application/ports/edge-watch.ts';
import { addAccountRoutes, type AccountRoutesNeed } from './account-routes.ts';
import { addAutoPayRoutes, type AutoPayRoutesNeed } from './autopay-routes.ts';
import { browserFiles } from './browser-files.ts';
import { edgeGate, edgeNotes } from './edge-gate.ts';
import { addHealthRoutes, type ReadinessCheck } from './health-routes.ts';
import { addLiveRoutes, type LiveRoutesNeed } from './live-routes.ts';
import { addLogoRoute } from './logo-route.ts';
import { addNotifyRoutes, type NotifyRoutesNeed } from './notify-routes.ts';
import { openApi } from './openapi.ts';
import { addPaymentMethodRoutes, type PaymentMethodRoutesNeed } from './payment-method-routes.ts';
import { addPaymentRoutes, type PaymentRoutesNeed } from './payment-routes.ts';
import { problems } from './problem.ts';
import { addReceiptRoutes, type ReceiptRoutesNeed } from './receipt-routes.ts';
import { requestLog, type RequestLine } from './request-log.ts';
import { RouteRegistry } from './route-registry.ts';
import { sameOrigin } from './same-origin.ts';
import { securityHeaders } from './security-headers.ts';
import { addSignInRoutes, type SignInRoutesNeed } from './sign-in-routes.ts';
import { addStaffActRoutes, type StaffActRoutesNeed } from './staff-act-routes.ts';
import { addStaffDeskRoutes, type StaffDeskRoutesNeed } from './staff-desk-routes.ts';
import { addStatementRoutes, type StatementRoutesNeed } from './statement-routes.ts';
import { addStaffSignInRoutes, type StaffSignInRoutesNeed } from './staff-sign-in-routes.ts';

export interface PortalSettings {
  readonly version: string;
  /** The portal's own address, as browsers see it: `https://lk.example.ru`. */
  readonly publicUrl: string;
  /** How many proxies of ours stand in front; their X-Forwarded-For is believed, nobody else's. */
  readonly proxies: number;
  /** The built browser application. */
  readonly browserDirectory: string;
  /** Origins of payment systems whose page is reached by a form. */
  readonly formOrigins: readonly string[];
}

/** All the HTTP side is given. */
export interface PortalNeeds
  extends
    SignInRoutesNeed,
    AccountRoutesNeed,
    LiveRoutesNeed,
    PaymentMethodRoutesNeed,
    PaymentRoutesNeed,
    AutoPayRoutesNeed,
    ReceiptRoutesNeed,
    StatementRoutesNeed,
    NotifyRoutesNeed,
    StaffSignInRoutesNeed,
    StaffActRoutesNeed,
    StaffDeskRoutesNeed {
  readonly edge: EdgeWatch;
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
  readonly report: (error: unknown, errorId: string) => void;
  readonly observe: (line: RequestLine) => void;
}

/** Builds the portal's HTTP application. It holds no state of its own but open live streams. */
export function portalApp(settings: PortalSettings, need: PortalNeeds): Koa {
  const app = new Koa({ proxy: settings.proxies > 0, maxIpsCount: settings.proxies });
  app.silent = true;
  const isHttps = settings.publicUrl.startsWith('https:');
  const gate = edgeGate(need.edge);
  const hashToken = (token: string): string => need.secrets.hashToken(token);
  const registry = new RouteRegistry(need.recogniseSession, need.recogniseStaff, hashToken, gate);
  addNotifyRoutes(registry.router, need);
  addHealthRoutes(registry.router, need.checks);
  addLogoRoute(registry.router, need.company.logo);
  addSignInRoutes(registry, need);
  addAccountRoutes(registry, need);
  addLiveRoutes(registry, need);
  addPaymentMethodRoutes(registry, need);
  addPaymentRoutes(registry, need);
  addAutoPayRoutes(registry, need);
  addReceiptRoutes(registry, need);
  addStatementRoutes(registry, need);
  addStaffSignInRoutes(registry, need);
  addStaffActRoutes(registry, need);
  addStaffDeskRoutes(registry, need);
  const document = JSON.stringify(openApi(settings.version));
  registry.router.get('/openapi.json', (ctx) => {
    ctx.type = 'application/json';
    ctx.body = document;
  });

  // Cookies are always Secure; browsers take them on https and on localhost, and a proxy speaks TLS for us.
  app.use(async (ctx, next) => {
    ctx.cookies.secure = true;
    await next();
  });
  app.use(requestLog(need.observe));
  app.use(edgeNotes(need.edge));
  app.use(securityHeaders(isHttps, settings.formOrigins));
  app.use(problems(() => need.randomness.id(), need.report));
  app.use(forApi(sameOrigin((origin, host) => new URL(origin).host === host)));
  app.use(forApi(bodyParser({ enableTypes: ['json'], jsonLimit: '64kb', encoding: 'utf-8' })));
  app.use(registry.router.routes());
  app.use(registry.router.allowedMethods());
  app.use(browserFiles(settings.browserDirectory));
  return app;
}

/** Payment systems post raw bytes from elsewhere; only the API's own requests pass these checks. */
const forApi =
  (middleware: Koa.Middleware): Koa.Middleware =>
  async (ctx, next) => {
    if (ctx.path.startsWith('/api/')) await middleware(ctx, next);
    else await next();
  };
