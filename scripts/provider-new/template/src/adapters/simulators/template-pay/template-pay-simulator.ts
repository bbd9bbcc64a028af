import type { Router } from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { controlRoutes } from '../../../../../../../src/adapters/simulators/control/control-routes.ts';
import { Faults, type FaultyCall } from '../../../../../../../src/adapters/simulators/faults.ts';
import {
  answerWithFault,
  write,
  type Answer,
} from '../../../../../../../src/adapters/simulators/faulty-call.ts';
import { Notifier } from '../../../../../../../src/adapters/simulators/notifier.ts';
import { parseJson, readText } from '../../../../../../../src/adapters/simulators/request-body.ts';
import type { World } from '../../../../../../../src/adapters/simulators/world.ts';
import { control } from './control.ts';
import { noticeOf } from './notices.ts';
import { payerPage } from './payer-page.ts';
import { minorOf, Payments, told, type Payment } from './payments.ts';

export interface TemplatePaySimulatorSettings {
  /** Opens the API and signs notifications. */
  readonly secretKey: string;
  /** Where the shop takes notifications. */
  readonly notifyUrl: string;
}

const minuteMs = 60_000;
const wishShape = z.object({
  amount: z.unknown(),
  currency: z.literal('RUB'),
  description: z.string().max(200),
  returnUrl: z.url({ protocol: /^https?$/ }),
  expiresAt: z.iso.datetime().transform(Date.parse),
});

/** Template Pay, kept in memory. Written from its protocol, not from our adapter. */
export function templatePaySimulator(
  router: Router,
  settings: TemplatePaySimulatorSettings,
  world: World,
): void {
  const { secretKey, notifyUrl: url } = settings;
  const { timers, publicUrl } = world;
  const faults = new Faults((call) => world.callTrouble?.('template-pay', call));
  const payments = new Payments(() => timers.now());
  const notifier = new Notifier(
    {
      url,
      // When a notification comes again that was not taken.
      pausesMs: [1, 5, 30, 120, 720].map((minutes) => minutes * minuteMs),
      isTaken: ({ status }) => status === 200,
      chance: () => world.noticeTrouble?.('template-pay'),
    },
    timers,
  );
  const urlOf = ({ page }: Payment) => `${publicUrl}/template-pay/pay/${page}`;
  const shown = (payment: Payment): Answer => ({
    status: 200,
    body: { ...told(payment), payUrl: urlOf(payment) },
  });
  const answer = (ctx: Context, call: FaultyCall, work: () => Answer) =>
    ctx.get('authorization') === `Bearer ${secretKey}`
      ? answerWithFault(
          ctx,
          faults.take(call),
          { broken: refused(500), tooMany: refused(429) },
          timers,
          work,
        )
      : write(ctx, refused(401));

  router.post('/template-pay/payments', async (ctx) => {
    const asked = await readText(ctx);
    await answer(ctx, 'create', () => {
      const { data: wish } = wishShape.safeParse(parseJson(asked));
      const minor = minorOf(wish?.amount);
      const id = ctx.get('idempotency-key');
      if (wish === undefined || minor === undefined || id === '') return refused(400);
      // The key makes a payment once: whoever repeats the request gets the one there is, and nobody another one.
      const payment = payments.find(id) ?? payments.make({ ...wish, id, asked, minor });
      return payment.asked === asked ? shown(payment) : refused(409);
    });
  });
  router.get('/template-pay/payments/:id', (ctx) =>
    answer(ctx, 'query', () => {
      const payment = payments.find(ctx.params['id'] ?? '');
      return payment === undefined ? refused(404, 'no-such-payment') : shown(payment);
    }),
  );
  payerPage(router, payments, (payment) => notifier.send([noticeOf(payment, secretKey)]));
  controlRoutes(router, control(payments, secretKey, urlOf, { faults, notifier, timers }));
}

const refused = (status: number, error = 'refused'): Answer => ({ status, body: { error } });
