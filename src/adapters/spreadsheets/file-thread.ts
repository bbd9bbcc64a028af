import { Worker } from 'node:worker_threads';
import { Outage, TooBusy } from '../../application/ports/outage.ts';
import type { FileOrder } from './file-order.ts';

const mostWaiting = 20;
/** About how long a full line takes. */
const retryAfterMs = 10_000;
const usualLongestMs = 20_000;
const usualWorker = new URL('./file-worker.ts', import.meta.url);

/**
 * Writes files in a thread each, one after the other, so that the server goes on answering. At most 20 are in hand;
 * beyond them it throws TooBusy. A thread that breaks down, or takes longer than 20 s, costs its own file (Outage).
 */
export function fileThread(workerFile: URL = usualWorker, longestMs = usualLongestMs) {
  let inHand = 0;
  let last: Promise<unknown> = Promise.resolve();
  return async (order: FileOrder): Promise<Uint8Array> => {
    if (inHand >= mostWaiting) throw new TooBusy('too many files at once', retryAfterMs);
    inHand += 1;
    const turn = last.then(() => writtenApart(workerFile, order, longestMs));
    last = turn.catch(() => undefined);
    return turn.finally(() => {
      inHand -= 1;
    });
  };
}

const writtenApart = (file: URL, order: FileOrder, longestMs: number): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(file, {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    const timer = setTimeout(() => {
      reject(new Outage('writing a file took too long'));
      void worker.terminate();
    }, longestMs);
    worker.on('message', (bytes: Uint8Array) => resolve(bytes));
    worker.on('error', (cause) => reject(new Outage('a file’s thread broke down', { cause })));
    worker.on('exit', () => {
      clearTimeout(timer);
      reject(new Outage('a file’s thread ended without it'));
    });
  });
