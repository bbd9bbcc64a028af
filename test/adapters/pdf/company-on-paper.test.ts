import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { draw, type DrawingOrder } from '../../../src/adapters/pdf/drawing-order.ts';
import { readLogo } from '../../../src/adapters/pdf/logo/read-logo.ts';
import { fitted } from '../../../src/adapters/pdf/paper-picture.ts';
import type { Company } from '../../../src/application/ports/receipt-printer.ts';
import type { CompanyLogo, DocumentNote } from '../../../src/application/ports/stationery.ts';
import { givenLogo, jpegFile } from '../../support/given-logo.ts';
import { givenStatement, statementLine, statementView } from '../../support/given-statements.ts';
import { billView, givenBill } from './bill-views.ts';
import { fiscalView, receiptView } from './receipt-views.ts';
import '../../support/fc-runs.ts';
import { pdfJudges } from '../../support/pdf-judges.ts';

const kinds = ['receipt', 'roll', 'bill', 'statement'] as const;
type Kind = (typeof kinds)[number];
type Own = Pick<Company, 'logo' | 'texts'>;

const bill = await billView();
const long = await billView({}, givenBill(2));
/** Each kind of document as a company draws it that has a logo, or texts, of its own. */
function orderOf(kind: Kind, own: Own, size: 'short' | 'full' = 'short'): DrawingOrder {
  const owned = <View extends { readonly company: Company }>(view: View): View => ({
    ...view,
    company: { ...view.company, ...own },
  });
  const locale = 'ru';
  switch (kind) {
    case 'receipt':
    case 'roll': {
      const paper = kind === 'roll' ? 'roll' : 'a4';
      return {
        kind: 'receipt',
        locale,
        paper,
        view: owned(size === 'full' ? fiscalView() : receiptView()),
      };
    }
    case 'bill':
      return { kind, locale, view: owned(size === 'full' ? long : bill) };
    case 'statement': {
      const lines = Array.from({ length: size === 'full' ? 14 : 2 }, (_, n) =>
        statementLine(n, -500n),
      );
      return { kind, locale, view: owned(statementView(givenStatement(lines))) };
    }
  }
}
const noteOf: Readonly<Record<Kind, DocumentNote>> = {
  ...{ receipt: 'receiptNote', roll: 'rollNote', bill: 'billNote', statement: 'statementNote' },
};

describe('the company on its documents', function () {
  this.timeout(300_000);
  const { place, kept, run } = pdfJudges();
  const drawn = async (order: DrawingOrder): Promise<string> => {
    return kept('document.pdf', await draw(order));
  };
  const textOf = (file: string): string => run('pdftotext', file, '-').replaceAll(/\s+/g, ' ');
  const pagesOf = (file: string): number => Number(/Pages: +(\d+)/.exec(run('pdfinfo', file))?.[1]);

  const logos: Readonly<Record<string, CompanyLogo>> = {
    'a square': givenLogo(),
    'a word mark': givenLogo(400, 60),
    'a tall one': givenLogo(30, 300),
    'a JPEG': readLogo(jpegFile()),
  };

  for (const kind of kinds) {
    it(`has the same bytes without a logo and texts as before there were any: ${kind}`, async () => {
      const none = await draw(orderOf(kind, {}));

      assert.deepEqual(await draw(orderOf(kind, { logo: undefined, texts: undefined })), none);
      assert.deepEqual(
        await draw(orderOf(kind, { texts: { en: { [noteOf[kind]]: 'A note' } } })),
        none,
      );
    });

    for (const [name, logo] of Object.entries(logos)) {
      it(`shows ${name} as a logo: sound, tagged, without masks, the same each time: ${kind}`, async () => {
        const order = orderOf(kind, { logo });
        const file = await drawn(order);

        assert.deepEqual(new Uint8Array(readFileSync(file)), new Uint8Array(await draw(order)));
        assert.match(run('qpdf', '--check', file), /No syntax or stream encoding errors/);
        assert.equal(pagesOf(file), 1);
        assert.match(run('pdfinfo', '-meta', file), /<pdfaid:part>3<.*\n.*<pdfaid:conformance>A</);
        const pictures = run('pdfimages', '-list', file).trim().split('\n').slice(2);
        assert.equal(pictures.length, 1);
        const [, , type, , , colours] = pictures[0]!.trim().split(/ +/);
        assert.equal(type, 'image');
        assert.equal(
          colours,
          kind === 'roll' ? (logo.type === 'image/jpeg' ? 'lab' : 'gray') : 'rgb',
        );
        const inside = run('qpdf', '--qdf', '--object-streams=disable', file, '-');
        assert.doesNotMatch(inside, /\/SMask|\/Mask\b|\/CMYK|\/DeviceCMYK/);
        assert.deepEqual(figuresOf(file)[0], 'Тёплый дом');
      });
    }

    it(`shows the logo, and not only carries it: ${kind}`, async () => {
      const file = await drawn(orderOf(kind, { logo: logos['a square'] }));
      const ink = kind === 'roll' ? [0, 0, 0] : [227, 147, 127];
      const count = dotsOf(file).filter((dot) => dot.every((one, n) => one === ink[n])).length;
      assert.ok(count > 1_500, `${String(count)} dots of it`);
    });
  }

  it('is black, grey and white on a roll, whatever its logo is', async () => {
    for (const logo of Object.values(logos)) {
      for (const dot of dotsOf(await drawn(orderOf('roll', { logo })))) {
        assert.ok(Math.max(...dot) - Math.min(...dot) <= 2, dot.join());
      }
    }
  });

  it('keeps the proportions of its logo within what there is room for', () => {
    const side = fc.integer({ min: 1, max: 2_000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const box = { width: 92, height: 56 };
        const size = fitted({ width, height }, box);
        assert.ok(size.width <= 92.000_1 && size.height <= 56.000_1);
        assert.ok(Math.abs(size.width / size.height - width / height) < 1e-6 * (width / height));
      }),
    );
  });

  const sentence = 'Приём граждан: ул. Примерная, 1, по будням с 9:00 до 18:00 — без обеда.';
  const longest = Array.from({ length: 12 }, () => sentence)
    .join(' ')
    .slice(0, 800)
    .trim();
  for (const kind of kinds) {
    it(`ends with the company’s own text, all of it, in the language it is in: ${kind}`, async () => {
      const texts = { ru: { [noteOf[kind]]: longest } };
      const file = await drawn(orderOf(kind, { texts }));

      assert.match(run('qpdf', '--check', file), /No syntax or stream encoding errors/);
      assert.equal(pagesOf(file), 1);
      const text = textOf(file);
      assert.ok(text.includes(longest.replaceAll('\u00A0', ' ')), text);
      const structure = run('pdfinfo', '-struct-text', file);
      assert.match(structure.trim().split('\n').slice(-20).join(' '), /без обеда/);
      const other = orderOf(kind, { texts: { en: texts.ru } });
      assert.doesNotMatch(textOf(await drawn(other)), /без обеда/);
    });

    it(`goes over to another page where this one is full, and is not cut: ${kind}`, async () => {
      const texts = { ru: { [noteOf[kind]]: longest } };
      const file = await drawn(orderOf(kind, { texts, logo: logos['a word mark'] }, 'full'));

      assert.match(run('qpdf', '--check', file), /No syntax or stream encoding errors/);
      assert.ok(textOf(file).includes(longest));
      const pages = pagesOf(file);
      const without = pagesOf(await drawn(orderOf(kind, { logo: logos['a word mark'] }, 'full')));
      const isLonger = kind === 'bill' || kind === 'statement';
      assert.equal(pages - without, isLonger ? 1 : 0);
    });
  }

  it('has its text whole on the next sheet where a receipt fills the first', async () => {
    const name = 'Ъ '.repeat(115);
    const payer = { name, contract: '7000001' };
    const view = fiscalView({ payer, purpose: { ru: name, en: name } });
    const texts = { ru: { receiptNote: longest } };
    const order = { kind: 'receipt', locale: 'ru', paper: 'a4' } as const;
    const company = { ...view.company, logo: logos['a word mark'], texts };
    const file = await drawn({ ...order, view: { ...view, company } });

    assert.equal(pagesOf(file), 2);
    const second = run('pdftotext', '-f', '2', file, '-').replaceAll(/\s+/g, ' ').trim();
    assert.equal(second, longest);
  });

  /** What is read out for each picture, in order. */
  function figuresOf(file: string): readonly string[] {
    const { qpdf } = JSON.parse(run('qpdf', '--json=2', file)) as {
      readonly qpdf: readonly [unknown, Record<string, { value?: Record<string, string> }>];
    };
    return Object.values(qpdf[1])
      .filter(({ value }) => value?.['/S'] === '/Figure')
      .map(({ value }) => (value?.['/Alt'] ?? '').replace(/^u:/, ''));
  }

  function dotsOf(file: string): (readonly [number, number, number])[] {
    run('pdftoppm', '-r', '72', '-singlefile', file, place('page'));
    const picture = readFileSync(place('page.ppm'));
    const [head = ''] = /^P6\s+\d+\s+\d+\s+255\s/.exec(picture.toString('latin1', 0, 40)) ?? [];
    const dots = picture.subarray(head.length);
    return Array.from({ length: Math.floor(dots.length / 3) }, (_, n) => [
      dots[n * 3] ?? 0,
      dots[n * 3 + 1] ?? 0,
      dots[n * 3 + 2] ?? 0,
    ]);
  }
});
