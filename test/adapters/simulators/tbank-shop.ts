import { createHash } from 'node:crypto';
import { tbankSimulator } from '../../../src/adapters/simulators/tbank/tbank-simulator.ts';
import type { TbankSimulatorSettings } from '../../../src/adapters/simulators/tbank/tbank-simulator.ts';
import { givenSystem } from './running-system.ts';
import type { RunningSystem, ShopNotice } from './running-system.ts';

export const terminalKey = '1650000000000DEMO';
export const password = 'usaf8fw8fsw21g';

type Fields = Record<string, unknown>;

/** A shop with a terminal at the simulated bank. */
export interface TbankShop extends RunningSystem {
  /** Calls the API with the terminal's key and a token. */
  call(method: string, fields?: Fields): Promise<Fields>;
  /** Calls the API with exactly this body. */
  send(method: string, body: string, type?: string): Promise<Response>;
  /** Starts a payment of 1234.50 roubles under the order id `p1`. */
  init(more?: Fields): Promise<Fields>;
  /** Lets payer, bank or forger act on `p1`. */
  order(order: object): Promise<{ status: number; json: Fields }>;
  choose(payment: Fields, choice: string): Promise<Response>;
  stateOf(payment: Fields): Promise<unknown>;
  /** What it was told, oldest first. */
  told(): Promise<Fields[]>;
}

export async function givenTbank(
  settings: Partial<TbankSimulatorSettings> = {},
): Promise<TbankShop> {
  const running = await givenSystem((router, world, notifyUrl) => {
    tbankSimulator(router, { terminalKey, password, notifyUrl, ...settings }, world);
  });
  running.shopBody = 'OK';
  const key = settings.terminalKey ?? terminalKey;

  const send: TbankShop['send'] = (method, body, type = 'application/json') =>
    fetch(`${running.url}/tbank/v2/${method}`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
  const call: TbankShop['call'] = async (method, fields = {}) => {
    const named = { TerminalKey: key, ...fields };
    const answer = await send(method, JSON.stringify({ Token: tokenFor(named), ...named }));
    if (answer.status !== 200) throw new Error(`the bank answered ${answer.status}`);
    return (await answer.json()) as Fields;
  };
  const init: TbankShop['init'] = (more = {}) =>
    call('Init', { Amount: 123_450, OrderId: 'p1', Description: 'Счёт 7000001-1 & <b>', ...more });
  return Object.assign(running, {
    send,
    call,
    init,
    order: (order: object) => running.control('/control/tbank/payments/p1', order),
    choose: (payment: Fields, choice: string) =>
      fetch(String(payment['PaymentURL']), {
        method: 'POST',
        body: new URLSearchParams({ choice }),
        redirect: 'manual',
      }),
    stateOf: async ({ PaymentId }: Fields) => (await call('GetState', { PaymentId }))['Status'],
    told: async () => {
      // What is on its way arrives.
      await running.timers.advance(0);
      return running.notices.map(fieldsOf);
    },
  });
}

export const fieldsOf = ({ body }: ShopNotice): Fields =>
  JSON.parse(body.toString('utf8')) as Fields;

/** Written again here, so that the test does not trust what it tests. */
export function tokenFor(fields: Fields, secret = password): string {
  const all: Fields = { ...fields, Password: secret };
  const hash = createHash('sha256');
  for (const name of Object.keys(all).sort()) {
    const value = all[name];
    if (name === 'Token' || value === undefined || typeof value === 'object') continue;
    hash.update(`${value as string}`);
  }
  return hash.digest('hex');
}
