import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitFor } from './processes.ts';

/** A place on the way to Tryton where a call stops: before Tryton has it, or with Tryton's answer in hand. */
export interface Stop {
  readonly method: string;
  readonly when: 'before' | 'after';
}

/** A way to Tryton on which the next call of a method can be held for ever, as a program is when it dies. */
export interface TrytonGate {
  readonly url: string;
  /** Holds the next such call. */
  hold(stop: Stop): void;
  /** Waits until it is held. */
  held(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a way to the Tryton at `target`. */
export async function openTrytonGate(target: string): Promise<TrytonGate> {
  let stop: Stop | undefined;
  let isHeld = false;
  const stopsAt = (method: string, when: Stop['when']): boolean => {
    if (stop?.method !== method || stop.when !== when) return false;
    stop = undefined;
    isHeld = true;
    return true;
  };
  const server = createServer((request, response) => {
    const pass = async (): Promise<void> => {
      const body = await textOf(request);
      const { method } = JSON.parse(body) as { method: string };
      if (stopsAt(method, 'before')) return;
      const headers: Record<string, string> = { 'content-type': 'application/json' };
      const { authorization } = request.headers;
      if (authorization !== undefined) headers['authorization'] = authorization;
      const answer = await fetch(target + (request.url ?? ''), { method: 'POST', headers, body });
      const text = await answer.text();
      if (stopsAt(method, 'after')) return;
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
    };
    pass().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    hold: (next) => {
      stop = next;
      isHeld = false;
    },
    held: () => waitFor('the call to be held', () => isHeld),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
