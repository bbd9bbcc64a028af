import Router from '@koa/router';
import Koa from 'koa';
import { addNotifyRoutes } from '../../src/adapters/http/notify-routes.ts';
import { keys } from '../../src/main/keys.ts';
import { listen } from '../../src/main/listen.ts';
import type { Started } from '../../src/main/running.ts';
import { startProgram } from '../../test/support/kabinet-process.ts';
import type { Payer } from './payers.ts';
import type { BenchPortal } from './portal.ts';

/** Ports of the simulators and of our notification routes. */
export interface SimulatedPorts {
  readonly simulators: number;
  readonly notify: number;
}

export const simulatedEnv = ({ simulators, notify }: SimulatedPorts) => ({
  SIMULATORS_PORT: String(simulators),
  SIMULATORS_URL: `http://127.0.0.1:${simulators}`,
  PUBLIC_URL: `http://127.0.0.1:${notify}`,
});

/**
 * Payments with the Stripe simulator in a process of its own: the session is created there by HTTP, its payer pays, and
 * its notifications come to the portal's own route. Answers what makes one payment, up to its receipt.
 */
export async function startSimulated(
  { container, provider }: BenchPortal,
  payer: Payer,
  ports: SimulatedPorts,
  data: string,
  started: Started,
): Promise<(customer: number, key: string) => Promise<void>> {
  const env = { ...simulatedEnv(ports), KABINET_DATA: data };
  const simulators = await startProgram('simulators', env);
  started.add(() => simulators.stop());
  const state = { moved: 0 };
  const router = new Router();
  addNotifyRoutes(router, {
    takeNotification: container.get(keys.takeNotification),
    providers: [provider.guard.provider],
    count: (_provider, result) => {
      if (result === 'moved') state.moved += 1;
    },
  });
  const app = new Koa();
  app.use(router.routes());
  const serve = app.callback();
  const server = await listen(
    (...given) => void serve(...given),
    '127.0.0.1',
    ports.notify,
    'PORT',
  );
  started.add(() => server.stop());
  const control = `${env.SIMULATORS_URL}/control/stripe/payments`;
  return async (customer, key) => {
    const id = await payer.sent(customer, key);
    const answer = await fetch(`${control}/${id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"outcome":"pay"}',
    });
    if (!answer.ok) throw new Error(`the simulator: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
    if (state.moved === 0) throw new Error('the simulator has told of no payment');
  };
}
