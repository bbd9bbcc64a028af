import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCamt } from '../../src/adapters/books/bank/camt-reader.ts';
import { camtFile } from '../../src/adapters/books/bank/camt-writer.ts';
import { readClientBank } from '../../src/adapters/books/bank/client-bank-reader.ts';
import { clientBankFile } from '../../src/adapters/books/bank/client-bank-writer.ts';
import type { ReadBankFile } from '../../src/application/ports/bank-file.ts';
import type { StatementForm } from '../../src/application/ports/statement-form.ts';
import {
  type BankMovement,
  type BankStatement,
  unknownParty,
} from '../../src/domain/bank-statement.ts';
import { type CalendarDay, instant } from '../../src/domain/time.ts';
import { dice } from '../payments/payers.ts';

/** What one size of one format took; memory is the most the process ever held. */
export interface Taken {
  readonly writeMs: number;
  readonly readMs: number;
  /** The same bytes read from the same file by nobody who looks at them. */
  readonly bareMs: number;
  readonly bytes: number;
  readonly peakMiB: number;
}
export const formats = ['1c', 'camt.053'] as const;
export type Format = (typeof formats)[number];

const forms: Readonly<Record<Format, readonly [StatementForm, ReadBankFile]>> = {
  '1c': [(head, movements) => clientBankFile(head, movements, 'Europe/Moscow'), readClientBank],
  'camt.053': [(head, movements) => camtFile('camt.053', head, movements), readCamt],
};
const day = '2026-11-12' as CalendarDay;
const minorOf = (drawn: number): bigint => BigInt(drawn);

function* movements(count: number, seed: number): Generator<BankMovement> {
  const draw = dice(seed, 1_000_000);
  for (let n = 0; n < count; n += 1) {
    yield {
      ...{ number: String(n), day, minor: minorOf(draw()), direction: n % 3 === 0 ? 'out' : 'in' },
      other: { ...unknownParty, name: `Плательщик ${String(n)}`, account: '40702810900000000009' },
      purpose: `Оплата по лицевому счёту ${String(n)}, без НДС`,
    };
  }
}
async function* each(count: number, seed: number): AsyncGenerator<BankMovement> {
  yield* movements(count, seed);
}

const headOf = (count: number, seed: number): BankStatement => {
  let [received, spent] = [0n, 0n];
  for (const { direction, minor } of movements(count, seed)) {
    if (direction === 'in') received += minor;
    else spent += minor;
  }
  const owner = { ...unknownParty, name: 'ООО «Свет»', account: '40702810200000000001' };
  const turnover = { opening: 0n, received, spent };
  return { id: '1', madeAt: instant(0), currency: 'RUB', owner, from: day, to: day, turnover };
};

async function measure(format: Format, count: number, seed: number): Promise<Taken> {
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-bench-'));
  try {
    const path = join(folder, 'statement');
    const [form, read] = forms[format];
    const head = headOf(count, seed);
    const writeMs = await timed(async () => {
      const file = createWriteStream(path);
      for await (const bytes of form(head, each(count, seed))) {
        if (!file.write(bytes)) await once(file, 'drain');
      }
      file.end();
      await once(file, 'close');
    });
    let found = 0;
    const readMs = await timed(async () => {
      for await (const item of read(createReadStream(path)))
        if (item.kind === 'movement') found += 1;
    });
    if (found !== count) throw new Error(`${String(found)} of ${String(count)} were read`);
    const bareMs = await timed(async () => {
      for await (const chunk of createReadStream(path)) void chunk;
    });
    const peakMiB = process.resourceUsage().maxRSS / 1_024;
    return { writeMs, readMs, bareMs, bytes: statSync(path).size, peakMiB };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const [format, count, seed] = process.argv.slice(2);
if (process.send !== undefined && format !== undefined) {
  process.send(await measure(format as Format, Number(count), Number(seed)));
}
