import { qiwi, type QiwiSettings } from '../../../../src/adapters/payment/qiwi/qiwi.ts';
import { qiwiSimulator } from '../../../../src/adapters/simulators/qiwi/qiwi-simulator.ts';
import type { SystemUnderTest } from '../system.ts';

const siteId = 'kit';
const secretKey = 'kit-secret';
const settings = (url: string, key: string, ...retiredKeys: string[]): QiwiSettings => ({
  ...{ apiUrl: `${url}/partner/bill/v1`, siteId, secretKey: key, retiredKeys, mode: 'test' },
});

export const qiwiSystem: SystemUnderTest = {
  code: 'qiwi',
  currencies: ['RUB'],
  traits: ['signed', 'currency', 'expires', 'declines-open', 'rotation', '429', 'create-call'],
  forgeries: ['signature', 'secret', 'unsigned', 'other-shape'],
  misfits: ['amount', 'currency', 'payee'],
  least: 1_00n,
  install: (router, world, notifyUrl) => {
    qiwiSimulator(router, { siteId, secretKey, notifyUrl }, world);
  },
  provider: (url) => qiwi(settings(url, secretKey)),
  wrongKey: (url) => qiwi(settings(url, 'wrong')),
  rotating: (url) => ({
    both: qiwi(settings(url, 'new', secretKey)),
    retired: qiwi(settings(url, 'new')),
  }),
};
