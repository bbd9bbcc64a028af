import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FileOrder } from '../../../src/adapters/spreadsheets/file-order.ts';
import { writeFile } from '../../../src/adapters/spreadsheets/file-order.ts';
import { fileThread } from '../../../src/adapters/spreadsheets/file-thread.ts';
import { spreadsheetFiles } from '../../../src/adapters/spreadsheets/spreadsheet-files.ts';
import { Outage, TooBusy } from '../../../src/application/ports/outage.ts';
import { operationsView, statementLine } from '../../support/given-statements.ts';

const lines = (count: number) =>
  Array.from({ length: count }, (_, n) => statementLine(n / 4, BigInt(n - 5)));
const order = (count: number): FileOrder => ({
  kind: 'operations',
  view: operationsView(lines(count)),
  form: 'csv',
  locale: 'ru',
});

describe('A thread that writes files', function () {
  this.timeout(30_000);
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kabinet-thread-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const worker = (code: string): URL => {
    const file = join(folder, 'worker.mjs');
    writeFileSync(file, code);
    return pathToFileURL(file);
  };

  it('writes the same file as would be written here', async () => {
    assert.deepEqual(await fileThread()(order(3)), new Uint8Array(await writeFile(order(3))));
  });

  it('is there for long files only', async () => {
    const sizes: number[] = [];
    const files = spreadsheetFiles(async (long) => {
      sizes.push(long.kind === 'operations' ? long.view.operations.length : 0);
      return new Uint8Array();
    });

    await files.operations(operationsView(lines(500)), 'csv', 'ru');
    await files.operations(operationsView(lines(501)), 'csv', 'ru');

    assert.deepEqual(sizes, [501]);
  });

  it('that breaks down, ends or hangs costs its own file', async () => {
    for (const code of ['throw new Error("no")', 'process.exit(0)', 'setInterval(() => {}, 1e3)']) {
      const write = fileThread(worker(code), 1_500);
      await assert.rejects(write(order(1)), Outage);
    }
  });

  it('takes no more than twenty at once, and goes on after them', async () => {
    const write = fileThread(
      worker(
        `import { parentPort } from 'node:worker_threads'; parentPort.postMessage(new Uint8Array(1));`,
      ),
    );
    const taken = Array.from({ length: 20 }, () => write(order(1)));

    await assert.rejects(write(order(1)), TooBusy);
    await Promise.all(taken);
    assert.equal((await write(order(1))).length, 1);
  });
});
