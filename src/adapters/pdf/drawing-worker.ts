import { parentPort } from 'node:worker_threads';
import { draw, type DrawingOrder } from './drawing-order.ts';

export type Drawing = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly trouble: string };

// The other end is pdf-printer.ts, which sends one order at a time.
parentPort?.on('message', (order: DrawingOrder) => {
  draw(order).then(
    (bytes) => {
      const own = new Uint8Array(bytes);
      parentPort?.postMessage({ bytes: own } satisfies Drawing, [own.buffer]);
    },
    (error: unknown) => {
      const trouble = error instanceof Error ? (error.stack ?? error.message) : String(error);
      parentPort?.postMessage({ trouble } satisfies Drawing);
    },
  );
});
