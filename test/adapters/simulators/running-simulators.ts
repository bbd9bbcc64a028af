import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { simulatorsApp } from '../../../src/adapters/simulators/simulators-app.ts';

export const stripeKey = 'sk_test_simulated';
export const webhookSecret = 'whsec_test';
export const vonage = { apiKey: 'abcd1234', apiSecret: 'vonage-secret' };
export const fiscal = { token: 'fiscal-secret', timeZone: 'Europe/Moscow' };

export interface Notice {
  readonly body: string;
  readonly signature: string;
}

/** The simulators on a free port, and a shop that writes down every notification it is sent. */
export interface Running {
  readonly url: string;
  readonly port: number;
  readonly shopUrl: string;
  readonly notices: Notice[];
  /** What the shop answers to notifications, first come first served; 200 afterwards. */
  readonly shopAnswers: number[];
  post(path: string, body: unknown): Promise<{ status: number; json: Record<string, unknown> }>;
  get(path: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export async function givenSimulators(): Promise<Running> {
  const notices: Notice[] = [];
  const shopAnswers: number[] = [];
  const shop = await listening((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      notices.push({ body, signature: String(request.headers['stripe-signature'] ?? '') });
      response.writeHead(shopAnswers.shift() ?? 200).end();
    });
  });
  const shopUrl = `http://127.0.0.1:${portOf(shop)}`;

  let answer: RequestListener = () => undefined;
  const server = await listening((request, response) => answer(request, response));
  const url = `http://127.0.0.1:${portOf(server)}`;
  const simulators = simulatorsApp({
    publicUrl: url,
    stripe: { secretKey: stripeKey, webhookSecret, webhookUrl: shopUrl, livemode: false },
    vonage,
    fiscal,
  });
  const serve = simulators.app.callback();
  answer = (request, response) => {
    void serve(request, response);
  };

  return {
    url,
    port: portOf(server),
    shopUrl,
    notices,
    shopAnswers,
    post: async (path, body) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(url + path, { method: 'POST', body: text, headers });
      return { status: response.status, json: (await response.json()) as Record<string, unknown> };
    },
    get: async (path) => (await (await fetch(url + path)).json()) as Record<string, unknown>,
    close: async () => {
      await simulators.close();
      for (const each of [server, shop]) {
        each.closeAllConnections();
        await new Promise((resolve) => each.close(resolve));
      }
    },
  };
}

/** Waits until it is so, 5 s at most. */
export async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('it did not come to be within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function listening(answer: RequestListener): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
