import { tbank } from '../../../../src/adapters/payment/tbank/tbank.ts';
import { tbankSimulator } from '../../../../src/adapters/simulators/tbank/tbank-simulator.ts';
import type { SystemUnderTest } from '../system.ts';

const terminalKey = 'KitDEMO';
const settings = (url: string, ...passwords: [string, ...string[]]) => ({
  apiUrl: `${url}/tbank/v2`,
  terminalKey,
  passwords,
});

export const tbankSystem: SystemUnderTest = {
  code: 'tbank',
  currencies: ['RUB'],
  traits: [
    // No 'cabinet-refunds': of one in part the bank tells a sum whose meaning it does not say.
    ...['signed', 'declines-open', 'expires', 'tells-refunds', 'rotation', '429', 'create-call'],
  ] as SystemUnderTest['traits'],
  forgeries: ['signature', 'secret', 'unsigned', 'other-shape'],
  // A digit moved from one value to the next is truly signed: values are not separated.
  misfits: ['amount', 'payee', 'mode', 'shift'],
  least: 1_00n,
  install: (router, world, notifyUrl) => {
    tbankSimulator(router, { terminalKey, password: 'kit', notifyUrl }, world);
  },
  provider: (url) => tbank(settings(url, 'kit')),
  wrongKey: (url) => tbank(settings(url, 'wrong')),
  rotating: (url) => ({
    both: tbank(settings(url, 'new', 'kit')),
    retired: tbank(settings(url, 'new')),
  }),
};
