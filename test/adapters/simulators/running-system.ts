import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Router } from '@koa/router';
import Koa from 'koa';
import { VirtualTimers } from '../../../src/adapters/simulators/virtual-timers.ts';
import type { World } from '../../../src/adapters/simulators/world.ts';

/** A notification as the shop got it: header names in lower case, the body byte by byte. */
export interface ShopNotice {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** One simulated payment system on a free port, on a clock moved by hand, and a shop that writes down what it is told. */
export interface RunningSystem {
  readonly url: string;
  readonly shopUrl: string;
  readonly timers: VirtualTimers;
  readonly notices: ShopNotice[];
  /** What the shop answers, first come first served; then 200 and `shopBody`. */
  readonly shopAnswers: { readonly status: number; readonly body?: string }[];
  shopBody: string;
  /** `POST` with a JSON body to the control routes. */
  control(path: string, body: object): Promise<{ status: number; json: Record<string, unknown> }>;
  close(): Promise<void>;
}

/** Runs one system: `install` puts its routes on the router. */
export async function givenSystem(
  install: (router: Router, world: World, shopUrl: string) => void,
  startMs: number = Date.UTC(2026, 2, 11, 9),
): Promise<RunningSystem> {
  const notices: ShopNotice[] = [];
  const shopAnswers: { readonly status: number; readonly body?: string }[] = [];
  const timers = new VirtualTimers(startMs);
  const shop = await listening((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      notices.push({ headers: request.headers, body: Buffer.concat(chunks) });
      const { status, body } = shopAnswers.shift() ?? { status: 200 };
      response.writeHead(status).end(body ?? running.shopBody);
    });
  });
  let serve: RequestListener = () => undefined;
  const server = await listening((request, response) => serve(request, response));
  const url = addressOf(server);
  const router = new Router();
  install(router, { publicUrl: url, timers }, addressOf(shop));
  const app = new Koa();
  app.silent = true;
  app.use(router.routes());
  const callback = app.callback();
  serve = (request, response) => void callback(request, response);

  const running: RunningSystem = {
    url,
    shopUrl: addressOf(shop),
    timers,
    notices,
    shopAnswers,
    shopBody: '',
    control: async (path, body) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(url + path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers,
      });
      const text = await answer.text();
      return { status: answer.status, json: JSON.parse(text) as Record<string, unknown> };
    },
    close: async () => {
      timers.stop();
      for (const each of [server, shop]) {
        each.closeAllConnections();
        await new Promise((resolve) => each.close(resolve));
      }
    },
  };
  return running;
}

async function listening(answer: RequestListener): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const addressOf = (server: Server): string =>
  `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
