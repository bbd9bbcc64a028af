import { yookassaSimulator } from '../../../src/adapters/simulators/yookassa/yookassa-simulator.ts';
import type { YookassaSimulatorSettings } from '../../../src/adapters/simulators/yookassa/yookassa-simulator.ts';
import { givenSystem } from './running-system.ts';
import type { RunningSystem, ShopNotice } from './running-system.ts';

export const shopId = '100500';
export const secretKey = 'test_secret_1';
/** As published for that pair. */
export const authorization = 'Basic MTAwNTAwOnRlc3Rfc2VjcmV0XzE=';
export const returnUrl = 'https://shop.example/payments/p1?tab=1';

type Fields = Record<string, unknown>;

/** What the API answered. */
export interface Answered {
  readonly status: number;
  readonly json: Fields;
}

/** A shop at the simulated YooKassa. */
export interface YookassaShop extends RunningSystem {
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answered>;
  get(path: string, headers?: Record<string, string>): Promise<Answered>;
  /** Starts a payment of 1234.50 roubles that the shop keeps as `p1`. */
  create(more?: Fields): Promise<Fields>;
  /** Lets payer, bank or forger act on `p1`. */
  order(order: object, paymentId?: string): Promise<{ status: number; json: Fields }>;
  choose(payment: Fields, choice: string): Promise<Response>;
  look(payment: Fields): Promise<Fields>;
  /** What it was told, oldest first. */
  told(): Promise<Fields[]>;
}

let keys = 0;
/** A key nobody has used. */
export const newKey = (): string => `key-${(keys += 1)}`;

export const wish = (more: Fields = {}): Fields => ({
  amount: { value: '1234.50', currency: 'RUB' },
  capture: true,
  confirmation: { type: 'redirect', return_url: returnUrl },
  description: 'Счёт 7000001-1 & <b>',
  metadata: { payment_id: 'p1' },
  ...more,
});

export const roubles = (value: string): Fields => ({ value, currency: 'RUB' });

export async function givenYookassa(
  settings: Partial<YookassaSimulatorSettings> = {},
): Promise<YookassaShop> {
  const running = await givenSystem((router, world, notifyUrl) => {
    yookassaSimulator(router, { shopId, secretKey, notifyUrl, ...settings }, world);
  });
  const { secretKey: key = secretKey } = settings;
  const basic = `Basic ${Buffer.from(`${shopId}:${key}`).toString('base64')}`;
  const answered = async (answer: Response): Promise<Answered> => ({
    status: answer.status,
    json: JSON.parse((await answer.text()) || '{}') as Fields,
  });
  const get: YookassaShop['get'] = async (path, headers = {}) =>
    answered(
      await fetch(`${running.url}/v3${path}`, { headers: { authorization: basic, ...headers } }),
    );
  const post: YookassaShop['post'] = async (path, body, headers = {}) =>
    answered(
      await fetch(`${running.url}/v3${path}`, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: {
          authorization: basic,
          'content-type': 'application/json',
          'idempotence-key': newKey(),
          ...headers,
        },
      }),
    );
  return Object.assign(running, {
    get,
    post,
    create: async (more: Fields = {}) => {
      const { status, json } = await post('/payments', wish(more));
      if (status !== 200) throw new Error(`it answered ${status}: ${JSON.stringify(json)}`);
      return json;
    },
    order: (order: object, paymentId = 'p1') =>
      running.control(`/control/yookassa/payments/${paymentId}`, order),
    choose: ({ id }: Fields, choice: string) =>
      fetch(`${running.url}/yookassa/pay/${String(id)}`, {
        method: 'POST',
        body: new URLSearchParams({ choice }),
        redirect: 'manual',
      }),
    look: async ({ id }: Fields) => (await get(`/payments/${String(id)}`)).json,
    told: async () => {
      // What is on its way arrives.
      await running.timers.advance(0);
      return running.notices.map(fieldsOf);
    },
  });
}

export const fieldsOf = ({ body }: ShopNotice): Fields =>
  JSON.parse(body.toString('utf8')) as Fields;

/** The event of a notification, and the state of its object. */
export const eventAndStatus = (told: Fields): [unknown, unknown] => [
  told['event'],
  (told['object'] as Fields)['status'],
];
