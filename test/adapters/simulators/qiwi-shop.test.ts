import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { noticeSignature } from '../../../src/adapters/simulators/qiwi/notices/notice-signature.ts';
import { qiwiSimulator } from '../../../src/adapters/simulators/qiwi/qiwi-simulator.ts';
import type { QiwiSimulatorSettings } from '../../../src/adapters/simulators/qiwi/qiwi-simulator.ts';
import { givenSystem } from './running-system.ts';
import type { RunningSystem, ShopNotice } from './running-system.ts';

export const siteId = '23044';
export const secretKey = 'eyJ2ZXJzaW9uIjoicmVzdF92MyJ9';
export const MINUTE = 60_000;

export type Json = Record<string, unknown>;
export interface Reply {
  readonly status: number;
  readonly json: Json;
}

/** A shop with a site at the simulated QIWI. */
export interface QiwiShop extends RunningSystem {
  /** Calls the API with the secret key. */
  call(method: string, path: string, body?: unknown, headers?: HeadersInit): Promise<Reply>;
  /** Writes out the bill `p1` of 100 roubles. */
  bill(more?: Json, id?: string): Promise<Reply>;
  /** Lets payer or forger act on `p1`. */
  order(order: object): Promise<Reply>;
  choose(payUrl: unknown, choice: string, more?: string): Promise<Response>;
  stateOf(id?: string): Promise<unknown>;
  /** What it was told, oldest first. */
  told(): Promise<Json[]>;
}

export async function givenQiwi(settings: Partial<QiwiSimulatorSettings> = {}): Promise<QiwiShop> {
  const running = await givenSystem((router, world, notifyUrl) => {
    qiwiSimulator(router, { siteId, secretKey, notifyUrl, ...settings }, world);
  });
  running.shopBody = '{"error":"0"}';

  const call: QiwiShop['call'] = async (method, path, body, headers = {}) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${running.url}/partner/bill/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secretKey}`,
        accept: 'application/json',
        'content-type': 'application/json;charset=UTF-8',
        ...headers,
      },
      ...sent,
    });
    return { status: answer.status, json: (await answer.json()) as Json };
  };
  return Object.assign(running, {
    call,
    bill: (more: Json = {}, id = 'p1') => call('PUT', `/bills/${id}`, { ...goodBill, ...more }),
    order: (order: object) => running.control('/control/qiwi/payments/p1', order),
    choose: (payUrl: unknown, choice: string, more = '') =>
      fetch(String(payUrl) + more, {
        method: 'POST',
        body: new URLSearchParams({ choice }),
        redirect: 'manual',
      }),
    stateOf: async (id = 'p1') => statusIn((await call('GET', `/bills/${id}`)).json),
    told: async () => {
      // What is on its way arrives.
      await running.timers.advance(0);
      return running.notices.map(billIn);
    },
  });
}

export const goodBill: Json = {
  amount: { currency: 'RUB', value: '100.00' },
  expirationDateTime: '2026-03-11T12:30:00+03:00',
  comment: 'Счёт 7000001-1 & <b>',
};

export const billIn = ({ body }: ShopNotice): Json =>
  (JSON.parse(body.toString('utf8')) as { bill: Json }).bill;

export const statusIn = (bill: Json): unknown => (bill['status'] as Json)['value'];

export const amountIn = (bill: Json): unknown => (bill['amount'] as Json)['value'];

/** Written again here, so that the tests do not trust what they test. */
export function signatureFor(bill: Json, value = '100.00', key = secretKey): string {
  const { currency } = bill['amount'] as { currency: string };
  const { billId, siteId: site } = bill as { billId: string; siteId: string };
  const message = `${currency}|${value}|${billId}|${site}|${String(statusIn(bill))}`;
  return createHmac('sha256', key).update(message).digest('hex');
}

describe('the signature of QIWI, by the published example', () => {
  const published = '07e0ebb10916d97760c196034105d010607a6c6b7d72bfa1c3451448ac484a3b';
  const key = 'test-merchant-secret-for-signature-check';

  it('is what the example says, here and in the tests', () => {
    const values = { currency: 'RUB', value: '1.00', billId: 'test_bill' };
    assert.equal(noticeSignature({ ...values, siteId: 'test', status: 'PAID' }, key), published);
    const bill = {
      siteId: 'test',
      billId: 'test_bill',
      amount: { value: 1, currency: 'RUB' },
      status: { value: 'PAID' },
    };
    assert.equal(signatureFor(bill, '1.00', key), published);
  });
});
