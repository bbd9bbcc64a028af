import { Worker } from 'node:worker_threads';
import type { BillPrinter } from '../../application/ports/bill-printer.ts';
import { Outage, TooBusy } from '../../application/ports/outage.ts';
import type { ReceiptPrinter } from '../../application/ports/receipt-printer.ts';
import type { StatementPrinter } from '../../application/ports/statement-files.ts';
import type { DrawingOrder } from './drawing-order.ts';
import type { Drawing } from './drawing-worker.ts';

const mostWaiting = 200;
/** About how long a full line takes. */
const retryAfterMs = 5_000;
const longestDrawingMs = 10_000;
const usualWorker = new URL('./drawing-worker.ts', import.meta.url);

/** A printer with a thread of its own, which must be ended. */
export interface PdfPrinter extends ReceiptPrinter, StatementPrinter, BillPrinter {
  close(): Promise<void>;
}

interface Waiting {
  readonly order: DrawingOrder;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Draws documents in a worker thread, one after the other, so that the server goes on answering. At most 200 wait;
 * beyond them it throws TooBusy. A thread that breaks down, or draws longer than 10 s, costs the document it was at
 * (Outage) and is replaced with the next one.
 */
export function pdfPrinter(workerFile: URL = usualWorker): PdfPrinter {
  const { take, close } = drawingThread(workerFile);
  return {
    print: (view, locale, paper = 'a4') => take({ kind: 'receipt', view, locale, paper }),
    printStatement: (view, locale) => take({ kind: 'statement', view, locale }),
    printBill: (view, locale) => take({ kind: 'bill', view, locale }),
    close,
  };
}

function drawingThread(workerFile: URL) {
  const waiting: Waiting[] = [];
  let worker: Worker | undefined;
  let drawing: Waiting | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const finish = (end: (done: Waiting) => void) => {
    const done = drawing;
    drawing = undefined;
    clearTimeout(timer);
    if (done !== undefined) end(done);
    // An idle thread keeps no program from ending.
    if (waiting.length === 0) worker?.unref();
    else drawNext();
  };
  const breakDown = (broken: Worker, why: string, cause?: unknown) => {
    if (worker !== broken) return;
    worker = undefined;
    void broken.terminate();
    finish(({ reject }) => reject(new Outage(why, { cause })));
  };
  const openWorker = () => {
    const opened = new Worker(workerFile, { resourceLimits: { maxOldGenerationSizeMb: 256 } });
    opened.on('message', (answer: Drawing) => {
      if (worker === opened) finish((done) => settle(done, answer));
    });
    opened.on('error', (error) => breakDown(opened, 'the drawing thread broke down', error));
    opened.on('exit', () => breakDown(opened, 'the drawing thread ended'));
    return opened;
  };
  const drawNext = () => {
    drawing = waiting.shift();
    if (drawing === undefined) return;
    const current = (worker ??= openWorker());
    current.ref();
    timer = setTimeout(() => breakDown(current, 'drawing took too long'), longestDrawingMs);
    current.postMessage(drawing.order);
  };

  const take = (order: DrawingOrder): Promise<Uint8Array> => {
    if (isClosed) return Promise.reject(new Outage('the printer is closed'));
    if (waiting.length >= mostWaiting) {
      return Promise.reject(new TooBusy('too many documents at once', retryAfterMs));
    }
    return new Promise((resolve, reject) => {
      waiting.push({ order, resolve, reject });
      if (drawing === undefined) drawNext();
    });
  };

  return {
    take,
    close: async () => {
      isClosed = true;
      const left = waiting.splice(0);
      for (const { reject } of left) reject(new Outage('the printer is closed'));
      const last = worker;
      if (last !== undefined) breakDown(last, 'the printer is closed');
      await last?.terminate();
    },
  };
}

function settle({ resolve, reject }: Waiting, answer: Drawing): void {
  if ('bytes' in answer) resolve(answer.bytes);
  else reject(new Error(`a document could not be drawn: ${answer.trouble}`));
}
