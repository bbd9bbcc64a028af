import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { toReceiptJson } from '../../src/adapters/http/receipt-to-json.ts';
import { draw } from '../../src/adapters/pdf/drawing-order.ts';
import { qrPicture } from '../../src/adapters/pdf/qr-squares.ts';
import type { ReceiptView } from '../../src/application/ports/receipt-printer.ts';
import type { CompanyTexts } from '../../src/application/ports/stationery.ts';
import type { Locale } from '../../src/domain/locale.ts';
import { money } from '../../src/domain/money.ts';
import {
  fiscalView,
  receiptView,
  refundedView,
  refundView,
} from '../adapters/pdf/receipt-views.ts';
import { ensurePackage } from '../support/debian-package.ts';
import { demoInChromium, type DemoBrowser, type Device } from '../support/demo-browser.ts';
import { payByHand, signInByHand } from '../support/journey.ts';
import { bare, differenceOnPaper, saidOnPage, slipTexts } from '../support/receipt-on-paper.ts';
import { skipUnless } from '../support/skips.ts';

const textsFile = join(import.meta.dirname, '../../deploy/texts.example.json');
const ownTexts = JSON.parse(readFileSync(textsFile, 'utf8')) as CompanyTexts;
const papers = ['a4', 'roll'] as const;
const locales = ['ru', 'en'] as const;

/** What another program reads from a PDF, in the order in which it was written. */
const readPaper = (pdf: Uint8Array): string =>
  execFileSync('pdftotext', ['-raw', '-', '-'], { input: pdf, encoding: 'utf8' });

describe('a receipt’s page and its paper', function () {
  this.timeout(300_000);
  let demo: DemoBrowser | undefined;
  let device: Device;
  let paymentId = '';
  before(async function () {
    skipUnless(this, await ensurePackage('poppler-utils', '/usr/bin/pdftotext'));
    demo = await demoInChromium(this, { COMPANY_TEXTS_FILE: textsFile });
    device = await demo.open('light', 1280);
    await signInByHand(device.page, demo.place, async () => undefined);
    paymentId = await payByHand(device.page, async () => undefined);
  });
  after(() => demo?.close());

  const opened = async (path: string, locale: Locale): Promise<Page> => {
    const { page } = device;
    await page.evaluate((chosen) => localStorage.setItem('kabinet.locale', chosen), locale);
    await page.goto(`${demo!.place.portalUrl}${path}`);
    await page.locator('article').waitFor();
    return page;
  };
  const agree = (page: string | undefined, paper: string, locale: string) =>
    assert.equal(page, undefined, `${locale}, ${paper}: ${page ?? ''}`);

  for (const locale of locales) {
    it(`say the same of a payment just made, value by value (${locale})`, async () => {
      const page = await opened(`/payments/${paymentId}`, locale);
      const slip = await slipTexts(page);

      for (const paper of papers) {
        const address = `/api/payments/${paymentId}/receipt.pdf?locale=${locale}&paper=${paper}`;
        const pdf = await page.request.get(`${demo!.place.portalUrl}${address}`);
        const text = readPaper(await pdf.body());
        const said = saidOnPage(slip, 'payment', locale, paper);
        // The company has a text of its own for rolls, which no page shows.
        const own = { what: 'text of the roll', text: ownTexts[locale]?.rollNote ?? '' };
        agree(differenceOnPaper(paper === 'roll' ? [...said, own] : said, text), paper, locale);
      }
    });

    for (const [name, view] of Object.entries(views())) {
      it(`say the same of ${name} (${locale})`, async () => {
        const json = JSON.stringify(toReceiptJson(view, qrPicture));
        const route = /\/api\/(payments|refunds)\/[^/]+\/receipt$/;
        await device.page.route(route, (asked) =>
          asked.fulfill({ contentType: 'application/json', body: json }),
        );
        const page = await opened(
          view.kind === 'payment' ? `/payments/${paymentId}` : `/refunds/${paymentId}`,
          locale,
        );
        await page.getByText(view.number).first().waitFor();
        const slip = await slipTexts(page);
        await device.page.unroute(route);

        for (const paper of papers) {
          const text = readPaper(await draw({ kind: 'receipt', view, locale, paper }));
          agree(differenceOnPaper(saidOnPage(slip, view.kind, locale, paper), text), paper, locale);
        }
      });
    }
  }

  it('stay on one sheet when the page is printed, with a logo and a text of the company’s own', async () => {
    const page = await opened(`/payments/${paymentId}`, 'ru');
    const [top, bottom, left, right] = ['12mm', '12mm', '12mm', '12mm'];
    const pdf = await page.pdf({ format: 'A4', margin: { top, bottom, left, right } });
    const text = readPaper(pdf);

    assert.ok(bare(text).includes(bare(ownTexts.ru?.receiptNote ?? '?')), text);
    assert.equal(text.split('\f').length - 1, 1);
    assert.ok(
      await page.locator('article img').evaluate((logo: HTMLImageElement) => logo.complete),
    );
  });

  it('are told apart by any value that only one of them has', async () => {
    const slip = await slipTexts(await opened(`/payments/${paymentId}`, 'ru'));
    const said = saidOnPage(slip, 'payment', 'ru', 'a4');
    const paper = said.map(({ text }) => text).join('\n');
    assert.equal(differenceOnPaper(said, paper), undefined);

    said.forEach(({ what, text }, n) => {
      const other = said.with(n, { what, text: `${text}1` });
      assert.match(differenceOnPaper(other, paper) ?? '', /the page says/, what);
      assert.notEqual(differenceOnPaper(said, paper.replace(text, '')), undefined, what);
    });
    assert.match(differenceOnPaper(said.slice(0, -1), paper) ?? '', /only the paper says/);
    assert.deepEqual(device.complaints, []);
  });
});

/** Receipts with everything that one can have, of the company the demo is. */
function views(): Readonly<Record<string, ReceiptView>> {
  const of = (view: ReceiptView): ReceiptView => ({
    ...view,
    company: { ...view.company, name: 'Ромашка' },
  });
  return {
    'a payment by card': of(receiptView()),
    'a payment with a fee': of(
      receiptView({ fee: money(1_000n, 'RUB'), total: money(124_450n, 'RUB') }),
    ),
    'a payment with a fiscal receipt': of(fiscalView()),
    'a payment of which parts were paid back': of(refundedView()),
    'a refund': of(refundView()),
  };
}
