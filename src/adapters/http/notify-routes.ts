import type Router from '@koa/router';
import type { Context } from 'koa';
import type { PaymentProvider } from '../../application/ports/payment-provider.ts';
import type {
  NotificationResult,
  TakeNotification,
} from '../../application/payments/take-notification.ts';

export interface NotifyRoutesNeed {
  readonly takeNotification: TakeNotification;
  readonly providers: readonly PaymentProvider[];
  /** Every way a notification ends has its own counter. */
  readonly count: (provider: string, result: NotificationResult | 'retry' | 'too-large') => void;
}

const mostBytes = 256 * 1024;

/** Notifications of payment systems: raw bytes in, their own wording out. */
export function addNotifyRoutes(router: Router, need: NotifyRoutesNeed): void {
  for (const provider of need.providers) {
    router.post(`/notify/${provider.code}`, async (ctx) => {
      const body = await rawBody(ctx);
      if (body === undefined) {
        need.count(provider.code, 'too-large');
        ctx.status = 413;
        ctx.body = '';
        return;
      }
      const { result, response } = await need
        .takeNotification(provider, { headers: ctx.req.headers, body, address: ctx.ip })
        .catch((error: unknown) => {
          // Nothing was committed: whatever is wrong with us, the provider shall come again.
          ctx.app.emit('error', error, ctx);
          return { result: 'retry' as const, response: provider.answer('retry') };
        });
      need.count(provider.code, result);
      ctx.status = response.status;
      ctx.type = response.type ?? 'text/plain';
      ctx.body = response.body;
    });
  }
}

/** The very bytes that were sent; undefined for more than any payment system has a reason to send. */
async function rawBody(ctx: Context): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
