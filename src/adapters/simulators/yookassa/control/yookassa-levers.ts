import type { Router } from '@koa/router';
import { z } from 'zod';
import { readJson } from '../../request-body.ts';
import type { YookassaCalls } from '../api/yookassa-calls.ts';

const processingShape = z.strictObject({ times: z.number().int().min(0).max(1_000).default(1) });

/** A lever beside those all systems share: the next changing calls are done, and answered with 202. */
export function yookassaLevers(router: Router, calls: YookassaCalls): void {
  router.post('/control/yookassa/processing', async (ctx) => {
    const wish = await readJson(ctx, processingShape);
    if (wish === undefined) return;
    calls.processNext(wish.times);
    ctx.body = wish;
  });
}
