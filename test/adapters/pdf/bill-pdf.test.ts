import assert from 'node:assert/strict';
import fc from 'fast-check';
import { billPdf } from '../../../src/adapters/pdf/bill-pdf.ts';
import { orderPicture } from '../../../src/adapters/pdf/order-picture.ts';
import { pdfPrinter } from '../../../src/adapters/pdf/pdf-printer.ts';
import { codePages } from '../../../src/adapters/system/code-pages.ts';
import { money } from '../../../src/domain/money.ts';
import { readOrder } from '../../../src/domain/payment-order/read-order.ts';
import { billView, givenBill } from './bill-views.ts';
import { pdfJudges } from '../../support/pdf-judges.ts';

const millimetre = 72 / 25.4;

describe('a bill as PDF', () => {
  it('is the same to the byte each time, in a thread of its own too, and another for another bill', async () => {
    const view = await billView();
    const [once, again, english, other] = await Promise.all([
      billPdf(view, 'ru'),
      billPdf(await billView(), 'ru'),
      billPdf(view, 'en'),
      billPdf(await billView({ penalty: money(0n, 'RUB') }), 'ru'),
    ]);
    const printer = pdfPrinter();
    const threaded = await printer.printBill(view, 'ru').finally(() => printer.close());

    assert.deepEqual(once, again);
    assert.deepEqual(new Uint8Array(threaded), once);
    assert.notDeepEqual(once, english);
    assert.notDeepEqual(once, other);
  });

  it('has a picture of 39 mm and more for 300 bytes: half a millimetre a module and white around it', () => {
    const picture = orderPicture(new Uint8Array(300).fill(0x41));
    assert.ok(picture.size >= 38.5 * millimetre, `${picture.size / millimetre} mm`);
  });

  describe('in the eyes of other programs', function () {
    this.timeout(300_000);
    const { place, kept, bytesOf, run } = pdfJudges();
    const drawn = async (...given: Parameters<typeof billPdf>) => {
      return kept('bill.pdf', await billPdf(...given));
    };

    for (const locale of ['ru', 'en'] as const) {
      it(`is sound, tagged and says everything (${locale})`, async () => {
        const file = await drawn(await billView(), locale);

        assert.match(run('qpdf', '--check', file), /No syntax or stream encoding errors/);
        const text = run('pdftotext', '-layout', file, '-').replaceAll('\u00A0', ' ');
        const russian = ['4 891,48 ₽', '7,125 м³ × 43,5712 × 15/31 = 150,22 ₽ (+0,00477)', 'Пени'];
        const english = ['RUB 4,891.48', '7.125 м³ × 43.5712 × 15/31 = 150.22 RUB', 'Penalty'];
        for (const part of [
          ...['bill-2026-10-7000001', '7000001-1', 'Холодная вода', '40702810938000000001'],
          ...['044525225', '30101810400000000225', '770101001', '4891 руб. 48 коп.'],
          ...(locale === 'ru' ? russian : english),
        ]) {
          assert.ok(text.includes(part), part);
        }
        const info = run('pdfinfo', file);
        assert.match(info, /Tagged: +yes/);
        assert.match(info, /Pages: +1\n/);
        assert.match(run('pdfinfo', '-meta', file), /<pdfaid:part>3<.*\n.*<pdfaid:conformance>A</);
        const structure = run('pdfinfo', '-struct', file);
        for (const role of ['Document', 'H1', 'H2', 'Table', 'TH', 'TD', 'Figure']) {
          assert.match(structure, new RegExp(`\\b${role}\\b`));
        }
        const fonts = run('pdffonts', file).trim().split('\n').slice(2);
        assert.equal(fonts.length, 2);
        for (const font of fonts) assert.match(font, /PTSans.* yes yes yes /);
      });
    }

    const names = [
      ['a short name', 'ООО «Дом»'],
      ['a name that leaves no room in UTF-8', `ООО «${'Я'.repeat(120)}»`],
    ] as const;
    for (const [title, payee] of names) {
      it(`has a code that a bank reads to the byte, with ${title}`, async () => {
        const details = (await billView()).transfer!.bank;
        const view = await billView({}, givenBill(), { ...details, payee });
        const file = await drawn(view, 'ru');
        run('pdftoppm', '-r', '150', '-png', '-singlefile', file, place('page'));

        const page = place('page.png');
        const read = bytesOf('zbarimg', '--raw', '--quiet', '--oneshot', '-Sbinary', page);

        assert.deepEqual(new Uint8Array(read), view.transfer!.order);
        const order = readOrder(read, codePages);
        assert.ok(order.ok);
        assert.equal(order.value.codePage, payee.length > 100 ? '1' : '2');
        assert.equal(order.value.fields.Name, payee);
        assert.equal(order.value.fields.Sum, '489148');
      });
    }

    it('goes on over as many pages as it has lines for, and says on each whose it is', async () => {
      const file = await drawn(await billView({}, givenBill(30)), 'ru');

      assert.match(run('pdfinfo', file), /Pages: +3\n/);
      for (const page of ['2', '3']) {
        const text = run('pdftotext', '-f', page, '-l', page, '-layout', file, '-');
        assert.match(text, new RegExp(`Квитанция № bill-2026-10-7000001, лист ${page}`));
      }
      assert.match(run('pdftotext', '-layout', file, '-'), /Дополнительная услуга 30 +299,70/);
    });

    it('has no code and no bank where there is none', async () => {
      const file = await drawn(await billView({ transfer: undefined }), 'ru');
      const text = run('pdftotext', '-layout', file, '-');
      assert.ok(!text.includes('Оплата по реквизитам'));
      assert.doesNotMatch(run('pdfinfo', '-struct', file), /Figure/);
    });

    it('stays sound whatever services and companies are called', async () => {
      const name = fc.string({ unit: 'binary', maxLength: 2_000 });
      const whole = await billView();
      await fc.assert(
        fc.asyncProperty(name, name, fc.nat(40), async (title, formula, count) => {
          const one = { title, amount: money(10n ** 15n, 'RUB'), formulas: [formula, formula] };
          const lines = Array.from({ length: count }, () => one);
          const company = { ...whole.company, legalName: title, name: formula };
          const file = await drawn({ ...whole, lines, company, number: title }, 'ru');
          assert.match(run('qpdf', '--check', file), /No syntax or stream encoding errors/);
        }),
        { numRuns: 15 },
      );
    });
  });
});
