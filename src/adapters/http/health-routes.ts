import type Router from '@koa/router';

/** What has to answer before the portal takes work. Third parties do not count. */
export type ReadinessCheck = () => Promise<boolean>;

/** `/livez`: the process runs. `/readyz`: it can serve; 503 while it cannot, or while it is closing. */
export function addHealthRoutes(
  router: Router,
  checks: Readonly<Record<string, ReadinessCheck>>,
): void {
  router.get('/livez', (ctx) => {
    ctx.body = { status: 'ok' };
  });
  router.get('/readyz', async (ctx) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        const isGood = await check().catch(() => false);
        return [name, isGood ? 'ok' : 'down'] as const;
      }),
    );
    const isReady = results.every(([, state]) => state === 'ok');
    ctx.status = isReady ? 200 : 503;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = { status: isReady ? 'ok' : 'down', checks: Object.fromEntries(results) };
  });
}
