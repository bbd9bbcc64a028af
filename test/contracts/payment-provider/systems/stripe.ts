import { stripe } from '../../../../src/adapters/payment/stripe/stripe.ts';
import { stripeSimulator } from '../../../../src/adapters/simulators/stripe/stripe-simulator.ts';
import type { SystemUnderTest } from '../system.ts';

const [secretKey, secret] = ['sk_test_kit', 'whsec_kit'];
const settings = (apiUrl: string, ...webhookSecrets: string[]) =>
  ({ apiUrl, secretKey, webhookSecrets, mode: 'test' }) as const;

export const stripeSystem: SystemUnderTest = {
  code: 'stripe',
  currencies: ['RUB', 'USD', 'JPY', 'KWD'],
  traits: [
    ...['signed', 'timed', 'raw-bytes', 'declines-open', 'expires', 'currency'],
    ...['cabinet-refunds', 'tells-refunds', 'refund-fails', 'disputes', 'holds-run-out'],
    ...['rotation', '429', 'create-call'],
  ] as SystemUnderTest['traits'],
  forgeries: ['signature', 'secret', 'unsigned', 'body', 'old', 'future', 'other-shape'],
  misfits: ['amount', 'currency', 'mode'],
  least: 1n,
  install: (router, world, webhookUrl) => {
    const told = { secretKey, webhookSecret: secret, webhookUrl, livemode: false };
    stripeSimulator(router, told, world);
  },
  provider: (apiUrl) => stripe(settings(apiUrl, secret)),
  wrongKey: (apiUrl) => stripe({ ...settings(apiUrl, secret), secretKey: 'sk_test_wrong' }),
  rotating: (apiUrl) => ({
    both: stripe(settings(apiUrl, 'whsec_new', secret)),
    retired: stripe(settings(apiUrl, 'whsec_new')),
  }),
};
