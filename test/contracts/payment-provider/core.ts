import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Router } from '@koa/router';
import Koa from 'koa';
import { addNotifyRoutes } from '../../../src/adapters/http/notify-routes.ts';
import { guarded } from '../../../src/adapters/payment/guarded.ts';
import { type VirtualTimers } from '../../../src/adapters/simulators/virtual-timers.ts';
import { cryptoRandomness } from '../../../src/adapters/system/crypto-randomness.ts';
import { rememberMethod, tokenOf } from '../../../src/application/autopay/remember-method.ts';
import { answerQuestion } from '../../../src/application/payments/answer-question.ts';
import { cancelPayment } from '../../../src/application/payments/cancel-payment.ts';
import { capturePayment } from '../../../src/application/payments/capture-payment.ts';
import {
  lookAtDuePayments,
  lookAtPayment,
} from '../../../src/application/payments/look-at-payments.ts';
import { releasePayment } from '../../../src/application/payments/release-payment.ts';
import { sendDuePayments, sendPayment } from '../../../src/application/payments/send-payment.ts';
import { settlePayment } from '../../../src/application/payments/settle-payment.ts';
import { startPayment } from '../../../src/application/payments/start-payment.ts';
import { takeNotification } from '../../../src/application/payments/take-notification.ts';
import { takeProof } from '../../../src/application/payments/take-proof.ts';
import { requestRefund } from '../../../src/application/refunds/request-refund.ts';
import { sendDueRefunds, sendRefund } from '../../../src/application/refunds/send-refund.ts';
import type { Clock } from '../../../src/application/ports/clock.ts';
import type { PaymentProvider } from '../../../src/application/ports/payment-provider.ts';
import type { PaymentMethod } from '../../../src/domain/payment-limits.ts';
import { instant } from '../../../src/domain/time.ts';
import { facing } from '../../support/given-paying.ts';
import { secrets } from '../../support/given.ts';
import { broken } from '../../support/interleaved.ts';
import type { PortalStores } from '../../support/portal-stores.ts';
import type { SystemUnderTest } from './system.ts';

const mostMinor = 90_000_000n;

/** A method for each currency of the system, taken at once and held. */
function methodsOf({ code, currencies, least }: SystemUnderTest): PaymentMethod[] {
  const routes = currencies.map((currency) => ({
    provider: code,
    min: { minor: least, currency },
    max: { minor: mostMinor, currency },
  }));
  const method = { title: { ru: '', en: '' }, marks: [], speed: 'at-once' as const };
  return [
    { ...method, code: 'pay', routes },
    { ...method, code: 'hold', routes: routes.map((route) => ({ ...route, holds: true })) },
  ];
}

export type Core = ReturnType<typeof coreOf>;

/** The portal's payments over the stores and one provider, as src/main plugs them. */
export function coreOf(
  stores: PortalStores,
  system: SystemUnderTest,
  plain: PaymentProvider,
  clock: Clock,
) {
  const randomness = cryptoRandomness();
  const guard = guarded(plain, clock);
  const { provider } = guard;
  const providers = [provider];
  const { payments, accounts, desk, refunds, savedMethods } = stores;
  const settle = settlePayment(payments, randomness, clock, 'Europe/Moscow');
  const take = takeProof(
    settle,
    rememberMethod(savedMethods, secrets, randomness, clock),
    randomness,
  );
  const sending = { providers, facing, tokenOf: tokenOf(savedMethods, secrets) };
  const looking = { providers, settle, take };
  const sendBack = sendRefund(desk, refunds, providers, settle);
  const offer = { methods: methodsOf(system), providers };
  const question = answerQuestion(payments, desk, clock);
  return {
    provider,
    isAvailable: guard.isAvailable,
    settle,
    takeProof: take,
    start: startPayment(payments, accounts, offer, randomness, clock),
    send: sendPayment(payments, settle, sending, clock),
    sendDue: sendDuePayments(payments, settle, sending, clock),
    lookDue: lookAtDuePayments(payments, looking, clock),
    lookAt: lookAtPayment(payments, looking, clock),
    cancel: cancelPayment(payments, providers, settle),
    capture: capturePayment(desk, providers, settle),
    release: releasePayment(desk, providers, settle),
    refund: requestRefund(settle, providers, limitless, sendBack, randomness),
    sendDueRefunds: sendDueRefunds(refunds, sendBack, clock),
    take: takeNotification(payments, take, question, secrets, clock),
    /** The same while the database is down. */
    takeWithoutDatabase: takeNotification(
      broken(payments, 'apply', 'park', 'locate'),
      takeProof(
        settlePayment(broken(payments, 'apply'), randomness, clock, 'Europe/Moscow'),
        async () => undefined,
        randomness,
      ),
      question,
      secrets,
      clock,
    ),
  };
}

/** In the kit one person may pay anything back. */
const limitless = (['RUB', 'USD', 'EUR', 'KZT', 'JPY', 'KWD'] as const).map((currency) => ({
  minor: 10n ** 15n,
  currency,
}));

/** A server on loopback whose answers can be changed while it runs. */
export async function listening(): Promise<{
  readonly url: string;
  serve(listener: RequestListener): void;
  close(): Promise<void>;
}> {
  let listener: RequestListener = (_request, response) => response.writeHead(503).end();
  const server = createServer((request, response) => {
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    serve: (next) => {
      listener = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The portal's own notification routes over a core, on HTTP. */
export function notifyApp(
  core: () => Pick<Core, 'take' | 'provider'>,
  count: (result: string) => void,
  proxies = 0,
): RequestListener {
  const router = new Router();
  const { code } = core().provider;
  const now = {
    takeNotification: ((...given) => core().take(...given)) as Core['take'],
    providers: [core().provider],
    count: (_provider: string, result: string) => {
      count(result);
    },
  };
  addNotifyRoutes(router, now);
  const app = new Koa({ proxy: proxies > 0, maxIpsCount: proxies });
  app.silent = true;
  app.use(router.routes());
  const serve = app.callback();
  void code;
  return (request, response) => void serve(request, response);
}

/** The simulators' clock is everybody's. */
export const clockOf = (timers: VirtualTimers): Clock => ({ now: () => instant(timers.now()) });
