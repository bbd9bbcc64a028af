import { parseArgs } from 'node:util';
import PDFDocument from 'pdfkit';
import { pdfPrinter } from '../src/adapters/pdf/pdf-printer.ts';
import { documentFonts } from '../src/adapters/pdf/document-fonts.ts';
import { money } from '../src/domain/money.ts';
import type { Paper, ReceiptView } from '../src/application/ports/receipt-printer.ts';
import { amountInWords } from '../src/adapters/pdf/amount-in-words.ts';
import { receiptView } from '../test/adapters/pdf/receipt-views.ts';

const help = `Usage: npm run bench -- receipts [--rounds N] [--count N] [--seed N]

Receipts as PDF, drawn in the printer's thread one after the other as a portal does: PDFs per second, median and 99th
percentile of one. The bare limit is pdfkit with the same two fonts and one line of text in this thread, untagged and
without attachment: below it nobody gets with this package.

  --rounds N   rounds, of which the median is printed (5)
  --count N    receipts a round (200)
  --seed N     seed of the sums (1)
  --help       this text`;

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    rounds: { type: 'string', default: '5' },
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

/** Figures of one round: milliseconds of each document, in the order they were drawn. */
type Round = readonly number[];

const quantile = (numbers: readonly number[], part: number): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
};
const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

function bareDocument(): Promise<void> {
  return new Promise((resolve) => {
    const doc = new PDFDocument({ size: 'A4' });
    doc.registerFont('regular', documentFonts.regular);
    doc.registerFont('bold', documentFonts.bold);
    doc.font('regular').text('Квитанция').font('bold').text('1 234,50 ₽');
    doc.on('data', () => undefined);
    doc.on('end', resolve);
    doc.end();
  });
}

async function timed(count: number, draw: (n: number) => Promise<unknown>): Promise<Round> {
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    await draw(n);
    times.push(performance.now() - began);
  }
  return times;
}

/** Another sum each time, so that nothing can be drawn from memory. */
function views(count: number, seed: number): readonly ReceiptView[] {
  let state = BigInt(seed);
  return Array.from({ length: count }, () => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n;
    const amount = money(state >> 34n, 'RUB');
    return receiptView({ amount, amountInWords: amountInWords.inWords(amount) });
  });
}

async function bench(): Promise<void> {
  const count = Number(values.count);
  const rounds = Number(values.rounds);
  const receipts = views(count, Number(values.seed));
  const printer = pdfPrinter();
  const drawing = (paper: Paper) => (n: number) => printer.print(receipts[n]!, 'ru', paper);
  const subjects = {
    'a receipt, A4': drawing('a4'),
    'a receipt, 80 mm': drawing('roll'),
    'bare pdfkit': bareDocument,
  };
  const taken = new Map<string, Round[]>();
  try {
    // Code is compiled and fonts are read before anything counts.
    for (const draw of Object.values(subjects)) await timed(20, draw);
    for (let round = 0; round < rounds; round += 1) {
      console.error(`round ${String(round + 1)} of ${String(rounds)}`);
      for (const [name, draw] of Object.entries(subjects)) {
        taken.set(name, [...(taken.get(name) ?? []), await timed(count, draw)]);
      }
    }
    const size = (await printer.print(receipts[0]!, 'ru')).length;
    console.log(
      `Node ${process.version}, seed ${values.seed}, ${String(rounds)} rounds of ${String(count)}`,
    );
    console.log(`one receipt on A4 has ${(size / 1024).toFixed(1)} KiB\n`);
  } finally {
    await printer.close();
  }
  print(taken);
}

function print(taken: ReadonlyMap<string, readonly Round[]>): void {
  const bare = taken.get('bare pdfkit') ?? [];
  console.log('                    PDFs/s   p50 ms   p99 ms   time to bare');
  for (const [name, rounds] of taken) {
    const of = (pick: (round: Round) => number): number => median(rounds.map(pick));
    const sum = (round: Round): number => round.reduce((all, ms) => all + ms, 0);
    const ratios = rounds.map((round, n) => sum(round) / sum(bare[n] ?? []));
    const cells = [
      name.padEnd(17),
      of((round) => (round.length * 1_000) / sum(round))
        .toFixed(0)
        .padStart(9),
      of((round) => quantile(round, 0.5))
        .toFixed(1)
        .padStart(9),
      of((round) => quantile(round, 0.99))
        .toFixed(1)
        .padStart(9),
      median(ratios).toFixed(2).padStart(15),
    ];
    console.log(cells.join(''));
  }
}

if (values.help) console.log(help);
else await bench();
