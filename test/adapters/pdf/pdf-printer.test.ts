import assert from 'node:assert/strict';
import { pdfPrinter, type PdfPrinter } from '../../../src/adapters/pdf/pdf-printer.ts';
import { receiptPdf } from '../../../src/adapters/pdf/receipt-pdf.ts';
import { Outage, TooBusy } from '../../../src/application/ports/outage.ts';
import { receiptView } from './receipt-views.ts';

const worker = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);
const listen = `import { parentPort } from 'node:worker_threads';`;

describe('the printer', function () {
  this.timeout(30_000);
  let printer: PdfPrinter;
  const given = (file?: URL) => (printer = pdfPrinter(file));
  afterEach(() => printer.close());

  it('draws in its thread what is drawn here, many at once in any language', async () => {
    given();
    const locales = ['ru', 'en', 'ru', 'en', 'ru'] as const;

    const drawn = await Promise.all(locales.map((one) => printer.print(receiptView(), one)));

    const here = {
      ru: await receiptPdf(receiptView(), 'ru'),
      en: await receiptPdf(receiptView(), 'en'),
    };
    for (const [n, locale] of locales.entries()) assert.deepEqual(drawn[n], here[locale]);
  });

  it('leaves this thread free to answer others', async () => {
    given();
    await printer.print(receiptView(), 'ru');
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 5);

    await Promise.all(Array.from({ length: 5 }, () => printer.print(receiptView(), 'ru')));
    clearInterval(ticking);

    assert.ok(ticks > 5, `${ticks} ticks`);
  });

  it('goes on with a new thread when one breaks down', async () => {
    given(
      worker(`${listen} let n = 0; parentPort.on('message', ({ locale }) => {
      if (locale === 'ru') throw new Error('broken');
      parentPort.postMessage({ bytes: new Uint8Array([1]) });
    });`),
    );

    const drawn = await Promise.allSettled([
      printer.print(receiptView(), 'en'),
      printer.print(receiptView(), 'ru'),
      printer.print(receiptView(), 'en'),
    ]);

    assert.deepEqual(
      drawn.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.ok(drawn[1]?.status === 'rejected' && drawn[1].reason instanceof Outage);
    assert.deepEqual(await printer.print(receiptView(), 'en'), new Uint8Array([1]));
  });

  it('says when a receipt cannot be drawn, and draws the next', async () => {
    given();
    const odd = { ...receiptView(), issuedAt: NaN } as unknown as ReturnType<typeof receiptView>;

    await assert.rejects(printer.print(odd, 'ru'), /could not be drawn/);

    assert.ok((await printer.print(receiptView(), 'ru')).length > 1_000);
  });

  it('lets only so many wait, and nobody after the end', async () => {
    given(worker(`${listen} parentPort.on('message', () => undefined);`));
    const crowd = Array.from({ length: 202 }, () => printer.print(receiptView(), 'ru'));
    const outcomes = Promise.allSettled(crowd);

    await assert.rejects(crowd.at(-1) ?? Promise.resolve(), TooBusy);
    await printer.close();

    const ended = (await outcomes).filter(
      (each) => each.status === 'rejected' && each.reason instanceof Outage,
    );
    assert.equal(ended.length, 201);
    await assert.rejects(printer.print(receiptView(), 'ru'), Outage);
  });
});
