import { createHmac } from 'node:crypto';
import { stripe } from '../../../../src/adapters/payment/stripe/stripe.ts';
import type { RawRequest } from '../../../../src/application/ports/payment-provider.ts';
import {
  givenSimulators,
  stripeKey,
  until,
  webhookSecret,
  type Notice,
} from '../../simulators/running-simulators.ts';
import type { Fault, HarnessMaker } from './payment-harness.ts';

const faultNames: Readonly<Record<Fault, string>> = {
  'hang-after-effect': 'hang-after-effect',
  'hang-before-effect': 'hang-before-effect',
  'cut-after-effect': 'reset-after-effect',
  'cut-before-effect': 'reset-before-effect',
  '500-after-effect': '500-after-effect',
  '500-before-effect': '500-before-effect',
  '429': '429',
};

/** Stripe's adapter and the simulated acquirer. */
export const stripeHarness: HarnessMaker = {
  name: 'stripe',
  currencies: ['RUB', 'USD', 'EUR', 'KZT', 'JPY', 'KWD'],
  given: async () => {
    const running = await givenSimulators();
    const settings = {
      apiUrl: running.url,
      secretKey: stripeKey,
      webhookSecrets: ['whsec_retired', webhookSecret],
      mode: 'test',
    } as const;
    const order = async (id: string, body: object, atLeast: number) => {
      const before = running.notices.length;
      const { status } = await running.post(`/control/stripe/payments/${id}`, body);
      if (status !== 200) throw new Error(`the simulator answered ${status}`);
      await until(() => running.notices.length >= before + atLeast);
      return running.notices.slice(before).map(asRequest);
    };
    return {
      provider: stripe(settings),
      unreachable: stripe({ ...settings, apiUrl: 'http://127.0.0.1:1' }),
      wrongKey: stripe({ ...settings, secretKey: 'sk_test_wrong' }),
      secrets: [stripeKey, webhookSecret],
      made: async (id) => {
        const { items } = (await running.get('/control/stripe/requests')) as {
          items: { paymentId: string; sessions: number }[];
        };
        return items.find(({ paymentId }) => paymentId === id)?.sessions ?? 0;
      },
      fault: async (fault, times) => {
        await fetch(`${running.url}/control/stripe/next`, { method: 'DELETE' });
        const next = { fault: faultNames[fault], delayMs: 5_000, times };
        if (times > 0) await running.post('/control/stripe/next', next);
      },
      act: (id, outcome) => order(id, { outcome }, 1),
      forged: async (id, how) => {
        const [first] = await order(id, { outcome: 'pay', forge: how }, 1);
        if (first === undefined) throw new Error('nothing was forged');
        return first;
      },
      signedAt: ({ body }, ms) => ({ headers: { 'stripe-signature': signed(body, ms) }, body }),
      close: () => running.close(),
    };
  },
};

/** Written again here, so that the test does not trust what it tests. */
function signed(body: Uint8Array, ms: number): string {
  const stamp = Math.floor(ms / 1_000);
  const hex = createHmac('sha256', webhookSecret).update(`${stamp}.`).update(body).digest('hex');
  return `t=${stamp},v1=${hex}`;
}

function asRequest({ body, signature }: Notice): RawRequest {
  const headers = signature === '' ? {} : { 'stripe-signature': signature };
  return { headers, body: Buffer.from(body, 'utf8') };
}
