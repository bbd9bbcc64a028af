import { parentPort, workerData } from 'node:worker_threads';
import { writeFile, type FileOrder } from './file-order.ts';

// The other end is file-thread.ts; a thread writes one file and ends.
const bytes = new Uint8Array(await writeFile(workerData as FileOrder));
parentPort?.postMessage(bytes, [bytes.buffer]);
