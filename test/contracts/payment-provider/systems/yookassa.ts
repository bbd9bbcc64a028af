import { yookassa } from '../../../../src/adapters/payment/yookassa/yookassa.ts';
import { yookassaSimulator } from '../../../../src/adapters/simulators/yookassa/yookassa-simulator.ts';
import type { SystemUnderTest } from '../system.ts';

const shopId = '100500';
const secretKey = 'test_kit';

export const yookassaSystem: SystemUnderTest = {
  code: 'yookassa',
  currencies: ['RUB'],
  traits: [
    ...['hints', 'declines-for-good', 'expires', 'currency', 'net', 'cabinet-refunds'],
    ...['tells-refunds', 'holds-run-out', '429', 'create-call'],
  ] as SystemUnderTest['traits'],
  forgeries: ['source', 'body', 'missing', 'other-shape'],
  misfits: [],
  least: 1_00n,
  install: (router, world, notifyUrl) => {
    yookassaSimulator(router, { shopId, secretKey, notifyUrl }, world);
  },
  provider: (apiUrl) => yookassa({ apiUrl: `${apiUrl}/v3`, shopId, secretKey }),
  wrongKey: (apiUrl) => yookassa({ apiUrl: `${apiUrl}/v3`, shopId, secretKey: 'test_wrong' }),
};
