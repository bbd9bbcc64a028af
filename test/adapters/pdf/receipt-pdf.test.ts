import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { receiptPdf } from '../../../src/adapters/pdf/receipt-pdf.ts';
import { receiptRollPdf } from '../../../src/adapters/pdf/receipt-roll-pdf.ts';
import { money } from '../../../src/domain/money.ts';
import { fiscalView, receiptView, refundedView, refundView } from './receipt-views.ts';
import { pdfJudges } from '../../support/pdf-judges.ts';

describe('a receipt as PDF', () => {
  it('is the same to the byte each time, and another for another receipt or language', async () => {
    const [once, again, english, other] = await Promise.all([
      receiptPdf(receiptView(), 'ru'),
      receiptPdf(receiptView(), 'ru'),
      receiptPdf(receiptView(), 'en'),
      receiptPdf(receiptView({ amount: money(1n, 'RUB') }), 'ru'),
    ]);

    assert.deepEqual(once, again);
    assert.notDeepEqual(once, english);
    assert.notDeepEqual(once, other);
    assert.ok(once.length < 100_000, `${once.length} bytes`);
  });

  describe('in the eyes of other programs', function () {
    this.timeout(300_000);
    const { place, kept, run } = pdfJudges();
    const drawn = async (...given: Parameters<typeof receiptPdf>) => {
      return kept('receipt.pdf', await receiptPdf(...given));
    };

    for (const locale of ['ru', 'en'] as const) {
      it(`is sound, tagged and says everything (${locale})`, async () => {
        const file = await drawn(receiptView(), locale);

        assert.match(run('qpdf', '--check', file), /No syntax or stream encoding errors/);
        const text = run('pdftotext', '-layout', file, '-').replaceAll('\u00A0', ' ');
        for (const part of [
          'R-2026-7000001-0001',
          '7KQ2-9XAB-04TV-MZ3H',
          'Петрова Анна Сергеевна',
          'ООО «Управляющая компания „Тёплый дом“»',
          locale === 'ru' ? '1 234,50 ₽' : 'RUB 1,234.50',
          locale === 'ru'
            ? 'двести тридцать четыре рубля 50 копеек'
            : 'thirty-four roubles 50 kopecks',
        ]) {
          assert.ok(text.includes(part), part);
        }
        const info = run('pdfinfo', file);
        assert.match(info, /Tagged: +yes/);
        assert.match(info, /Pages: +1\n/);
        assert.match(run('pdfinfo', '-meta', file), /<pdfaid:part>3<.*\n.*<pdfaid:conformance>A</);
        const structure = run('pdfinfo', '-struct', file);
        for (const role of ['Document', 'H1', 'Table', 'TH', 'TD', 'Figure']) {
          assert.match(structure, new RegExp(`\\b${role}\\b`));
        }
      });
    }

    it('carries its fonts and its JSON', async () => {
      const file = await drawn(receiptView(), 'ru');

      const fonts = run('pdffonts', file).trim().split('\n').slice(2);
      assert.equal(fonts.length, 2);
      for (const font of fonts) assert.match(font, /PTSans.* yes yes yes /);
      run('pdfdetach', '-saveall', '-o', place('.'), file);
      const attached = readFileSync(place('receipt.json'), 'utf8');
      assert.equal(attached, receiptView().document);
    });

    it('has a code a phone can read from paper', async () => {
      const file = await drawn(receiptView(), 'en');
      run('pdftoppm', '-r', '150', '-png', '-singlefile', file, place('page'));

      const read = run('zbarimg', '--raw', '--quiet', place('page.png'));

      assert.equal(read.trim(), receiptView().sealedUrl);
    });

    it('tells a refund, and what was paid back of a payment', async () => {
      const refund = run('pdftotext', '-layout', await drawn(refundView(), 'ru'), '-');
      const payment = run('pdftotext', '-layout', await drawn(refundedView(), 'ru'), '-');

      assert.match(refund, /Квитанция о возврате/);
      assert.match(refund, /Возврат по квитанции/);
      assert.match(payment, /ВОЗВРАЩЕНО ЧАСТИЧНО/);
      assert.match(payment, /R-2026-7000001-0003/);
    });

    it('fits a till’s roll: 80 mm wide, one page, as long as it is', async () => {
      const file = place('roll.pdf');
      const draw = async () => writeFileSync(file, await receiptRollPdf(refundedView(), 'ru'));
      await draw();
      const once = readFileSync(file);
      await draw();

      assert.ok(once.equals(readFileSync(file)), 'the same to the byte');
      assert.match(run('qpdf', '--check', file), /No syntax or stream encoding errors/);
      const info = run('pdfinfo', file);
      assert.match(info, /Page size: +226\.8 x \d+/);
      assert.match(info, /Pages: +1\n/);
      assert.match(info, /Tagged: +yes/);
      const text = run('pdftotext', '-layout', file, '-');
      for (const part of ['R-2026-7000001-0001', 'ВОЗВРАЩЕНО ЧАСТИЧНО', '7KQ2-9XAB-04TV-MZ3H']) {
        assert.ok(text.includes(part), part);
      }
      // 203 dots an inch: what the usual thermal head prints.
      run('pdftoppm', '-r', '203', '-mono', '-singlefile', file, place('roll'));
      const read = run('zbarimg', '--raw', '--quiet', place('roll.pbm'));
      assert.equal(read.trim(), refundedView().sealedUrl);
    });

    it('shows the fiscal receipt of the same money, its QR beside ours, on both papers', async () => {
      const [fiscalQr, ours] = [fiscalView().fiscal!.qr, fiscalView().sealedUrl];
      const roll = place('fiscal-roll.pdf');
      writeFileSync(roll, await receiptRollPdf(fiscalView(), 'en'));
      for (const file of [await drawn(fiscalView(), 'ru'), roll]) {
        assert.match(run('qpdf', '--check', file), /No syntax or stream encoding errors/);
        assert.match(run('pdfinfo', file), /Pages: +1\n/);
        assert.match(run('pdftotext', '-layout', file, '-'), /9999078900001234/);
        run('pdftoppm', '-r', '203', '-png', '-singlefile', file, place('fiscal'));
        const read = run('zbarimg', '--raw', '--quiet', place('fiscal.png'));
        assert.deepEqual(read.trim().split('\n').toSorted(), [ours, fiscalQr].toSorted());
      }
    });

    it('stays sound and on one page whatever people are called', async () => {
      const name = fc.string({ unit: 'binary', maxLength: 2_000 });
      await fc.assert(
        fc.asyncProperty(name, name, fc.bigInt(0n, 10n ** 15n), async (payer, purpose, minor) => {
          const file = await drawn(
            receiptView({
              payer: { name: payer, contract: '7000001' },
              purpose: { ru: purpose, en: purpose },
              amount: money(minor, 'RUB'),
            }),
            'ru',
          );
          assert.match(run('qpdf', '--check', file), /No syntax or stream encoding errors/);
          assert.match(run('pdfinfo', file), /Pages: +1\n/);
        }),
        { numRuns: 20 },
      );
    });
  });
});
