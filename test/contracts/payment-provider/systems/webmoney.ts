import {
  webmoney,
  type WebmoneySettings,
} from '../../../../src/adapters/payment/webmoney/webmoney.ts';
import { webmoneySimulator } from '../../../../src/adapters/simulators/webmoney/webmoney-simulator.ts';
import type { SystemUnderTest } from '../system.ts';

const wmid = '123456789012';
const purse = 'Z123456789012';
const secretKey = 'kit-secret';
const settings = (apiUrl: string, ...secretKeys: string[]): WebmoneySettings => ({
  wmid,
  purse,
  secretKeys,
  hashMethod: 'sha256',
  mode: 'test',
  formUrl: `${apiUrl}/lmi/payment_utf.asp`,
  statusUrl: `${apiUrl}/conf/xml/XMLTransGet.asp`,
  keeperUrl: apiUrl,
  // Unsigned, so that a payer may edit the form: the kit wants to see it.
  secretKeyX20: undefined,
  refunds: { certificate: undefined },
});

export const webmoneySystem: SystemUnderTest = {
  code: 'webmoney',
  currencies: ['USD'],
  traits: ['signed', 'asks-first', 'payer-form', 'rotation'],
  forgeries: ['signature', 'secret', 'unsigned', 'weak', 'shift', 'other-shape'],
  misfits: ['amount', 'currency', 'payee', 'mode'],
  spellings: ['lower-case', 'no-hash2', 'refused:doubled'],
  least: 1n,
  install: (router, world, notifyUrl) => {
    const urls = { successUrl: 'https://shop.example/yes', failUrl: 'https://shop.example/no' };
    const facts = { wmid, purse, secretKey, notifyUrl, isTest: true, showsCertificate: true };
    webmoneySimulator(router, { ...facts, ...urls }, world);
  },
  provider: (apiUrl) => webmoney(settings(apiUrl, secretKey)),
  rotating: (apiUrl) => ({
    both: webmoney(settings(apiUrl, 'new', secretKey)),
    retired: webmoney(settings(apiUrl, 'new')),
  }),
};
