import {
  yoomoneyQuickpay,
  type YoomoneyQuickpaySettings,
} from '../../../../src/adapters/payment/yoomoney-quickpay/yoomoney-quickpay.ts';
import { yoomoneyQuickpaySimulator } from '../../../../src/adapters/simulators/yoomoney-quickpay/yoomoney-quickpay-simulator.ts';
import type { SystemUnderTest } from '../system.ts';

const receiver = '41001000000001';
const settings = (apiUrl: string, ...secrets: string[]): YoomoneyQuickpaySettings => ({
  ...{ formUrl: `${apiUrl}/quickpay/confirm`, receiver, secrets },
  ...{ paymentType: 'PC', acceptsSha1: false, mode: 'test' },
});

export const yoomoneyQuickpaySystem: SystemUnderTest = {
  code: 'yoomoney-quickpay',
  currencies: ['RUB'],
  traits: ['signed', 'payer-form', 'rotation', 'net', 'no-description'],
  forgeries: ['signature', 'secret', 'unsigned', 'body', 'doubled', 'sha1', 'legacy'],
  misfits: ['amount', 'currency'],
  least: 2_00n,
  install: (router, world, notifyUrl) => {
    yoomoneyQuickpaySimulator(router, { receiver, secret: 'kit', notifyUrl }, world);
  },
  provider: (apiUrl) => yoomoneyQuickpay(settings(apiUrl, 'kit')),
  rotating: (apiUrl) => ({
    both: yoomoneyQuickpay(settings(apiUrl, 'new', 'kit')),
    retired: yoomoneyQuickpay(settings(apiUrl, 'new')),
  }),
};
