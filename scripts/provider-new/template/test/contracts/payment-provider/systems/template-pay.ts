import {
  templatePay,
  type TemplatePaySettings,
} from '../../../../src/adapters/payment/template-pay/template-pay.ts';
import { templatePaySimulator } from '../../../../src/adapters/simulators/template-pay/template-pay-simulator.ts';
import type { SystemUnderTest } from '../../../../../../../test/contracts/payment-provider/system.ts';

const secretKey = 'kit-secret';
const settings = (url: string, key: string, ...retiredKeys: string[]): TemplatePaySettings => ({
  ...{ apiUrl: `${url}/template-pay`, secretKey: key, retiredKeys, mode: 'test' },
});

export const templatePaySystem: SystemUnderTest = {
  code: 'template-pay',
  currencies: ['RUB'],
  // What its protocol has. A word left out marks its cases as not its business; a word too many turns them red.
  traits: [
    ...(['signed', 'raw-bytes', 'currency', 'rotation', '429', 'create-call'] as const),
    ...(['declines-for-good', 'expires'] as const),
  ],
  forgeries: ['signature', 'secret', 'unsigned', 'body', 'other-shape'],
  misfits: ['amount', 'currency'],
  least: 1n,
  install: (router, world, notifyUrl) => {
    templatePaySimulator(router, { secretKey, notifyUrl }, world);
  },
  provider: (url) => templatePay(settings(url, secretKey)),
  wrongKey: (url) => templatePay(settings(url, 'wrong')),
  rotating: (url) => ({
    both: templatePay(settings(url, 'new', secretKey)),
    retired: templatePay(settings(url, 'new')),
  }),
};
