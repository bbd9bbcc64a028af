import type { Router } from '@koa/router';
import type { Context } from 'koa';
import type { Payments } from '../payments/payments.ts';
import type { Refunds } from '../refunds/refunds.ts';
import { withinMoscowDay } from './moscow-day.ts';
import { paymentRegistry, refundRegistry } from './registries.ts';
import type { RegistryLanguage } from './registries.ts';

/**
 * The files a shop gets by mail for each day of Moscow: what succeeded on it, whenever it was made. An empty day has
 * headings only.
 */
export function registryRoutes(router: Router, payments: Payments, refunds: Refunds): void {
  router.get('/control/yookassa/registry.csv', (ctx) =>
    answer(ctx, (isThen, language) => {
      const paid = payments.payments().filter(({ status }) => status === 'succeeded');
      return paymentRegistry(
        paid.filter(({ capturedAt }) => isThen(capturedAt)),
        language,
      );
    }),
  );
  router.get('/control/yookassa/registry-refunds.csv', (ctx) =>
    answer(ctx, (isThen, language) => {
      const refunded = refunds.refunds().filter(({ succeededAt }) => isThen(succeededAt));
      return refundRegistry(refunded, language);
    }),
  );
}

function answer(
  ctx: Context,
  write: (isThen: (ms: number | undefined) => boolean, language: RegistryLanguage) => string,
): void {
  const query = new URLSearchParams(ctx.querystring);
  const isThen = withinMoscowDay(query.get('day') ?? '');
  const language = query.get('lang') ?? 'ru';
  if (isThen === undefined || (language !== 'ru' && language !== 'en')) {
    ctx.status = 400;
    ctx.body = { error: 'ask for day=YYYY-MM-DD, and for lang=ru or lang=en' };
    return;
  }
  ctx.set('content-type', 'text/csv; charset=utf-8');
  ctx.body = write(isThen, language);
}
