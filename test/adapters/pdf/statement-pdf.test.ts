import assert from 'node:assert/strict';
import { pdfPrinter } from '../../../src/adapters/pdf/pdf-printer.ts';
import { statementPdf } from '../../../src/adapters/pdf/statement-pdf.ts';
import { numberText } from '../../../src/application/amount-text.ts';
import type { StatementPeriod } from '../../../src/domain/statement.ts';
import { givenStatement, statementLine, statementView } from '../../support/given-statements.ts';
import { pdfJudges } from '../../support/pdf-judges.ts';

const many = (count: number) =>
  givenStatement(
    Array.from({ length: count }, (_, n) =>
      statementLine((n * 3_000) / count, BigInt(n + 1) * (n % 3 === 0 ? 7n : -5n)),
    ),
  );

describe('a statement as PDF', function () {
  this.timeout(60_000);

  it('is the same to the byte each time, and another in another language', async () => {
    const [once, again, english] = await Promise.all([
      statementPdf(statementView(), 'ru'),
      statementPdf(statementView(), 'ru'),
      statementPdf(statementView(), 'en'),
    ]);

    assert.deepEqual(once, again);
    assert.notDeepEqual(once, english);
  });

  it('is drawn in the thread as it would be here', async () => {
    const printer = pdfPrinter();
    try {
      const drawn = await printer.printStatement(statementView(), 'en');
      assert.deepEqual(drawn, await statementPdf(statementView(), 'en'));
    } finally {
      await printer.close();
    }
  });

  describe('in the eyes of other programs', function () {
    this.timeout(300_000);
    const { kept, run } = pdfJudges();
    const drawn = async (...given: Parameters<typeof statementPdf>) => {
      return kept('statement.pdf', await statementPdf(...given));
    };
    const pagesOf = (file: string) =>
      run('pdftotext', '-layout', file, '-').replaceAll('\u00A0', ' ').split('\f').slice(0, -1);

    for (const [locale, parts] of [
      [
        'ru',
        ['Выписка по лицевому счёту', 'с 1 октября 2026 г. по 31 октября 2026 г.', '−744,75 ₽'],
      ],
      ['en', ['Account statement', '1 October 2026 to 31 October 2026', 'RUB −744.75']],
    ] as const) {
      it(`is sound, tagged, embeds its fonts and says everything (${locale})`, async () => {
        const file = await drawn(statementView(), locale);

        assert.match(run('qpdf', '--check', file), /No syntax or stream encoding errors/);
        const info = run('pdfinfo', file);
        assert.match(info, /Tagged: +yes/);
        assert.match(info, /Pages: +1\n/);
        assert.match(run('pdfinfo', '-meta', file), /<pdfaid:part>3<.*\n.*<pdfaid:conformance>A</);
        const fonts = run('pdffonts', file).trim().split('\n').slice(2);
        assert.equal(fonts.length, 2);
        for (const font of fonts) assert.match(font, / yes yes yes /);
        const [text = ''] = pagesOf(file);
        for (const part of [...parts, 'Петрова Анна Сергеевна', '40817-001', 'ООО «Ромашка»']) {
          assert.ok(text.includes(part) || text.includes(part.replace('RUB −', '−RUB ')), part);
        }
        const structure = run('pdfinfo', '-struct-text', file);
        for (const role of ['Document', 'H1', 'Table', 'TR', 'TH', 'TD']) {
          assert.match(structure, new RegExp(`\\b${role}\\b`));
        }
        // Where the page ends is no content.
        assert.doesNotMatch(structure, /Страница|Page 1/);
      });
    }

    it('leads from the opening to the closing balance, line by line', async () => {
      const [text = ''] = pagesOf(await drawn(statementView(), 'ru'));
      const lines = text.split('\n').map((line) => line.trim().split(/ {2,}/));
      const at = (start: string) => lines.find(([first]) => first === start)?.slice(1);

      assert.deepEqual(at('01.10.2026 12:15'), [
        'Начислено за содержание жилья',
        '1 734,50',
        '−2 234,50',
      ]);
      assert.deepEqual(at('10.10.2026 12:15'), ['Оплата банковской картой', '1 500,00', '−734,50']);
      assert.deepEqual(at('30.10.2026 12:15'), ['Пени за октябрь', '10,25', '−744,75']);
      const closing = lines.filter(([first]) => first === 'Исходящий остаток').at(-1);
      assert.deepEqual(closing?.slice(1), ['1 500,00', '1 744,75', '−744,75']);
    });

    it('goes on over pages that repeat the heads and say which page they are', async () => {
      const statement = many(100);
      const pages = pagesOf(await drawn(statementView(statement), 'ru'));

      assert.ok(pages.length > 3);
      pages.forEach((page, n) => {
        assert.match(page, /Дата и время +Операция +Поступило +Списано +Остаток/);
        assert.ok(page.includes(`Страница ${String(n + 1)} из ${String(pages.length)}`));
      });
      const text = pages.join('\n');
      assert.equal(text.match(/^ *\d\d\.10\.2026 \d\d:\d\d/gm)?.length, 100);
      assert.match(pages.at(-1) ?? '', /\d\d\.10\.2026 \d\d:\d\d[^]*Исходящий остаток/);
    });

    it('has its heads read once, however many pages show them', async () => {
      const headsOf = async (count: number): Promise<number> => {
        const inside = run('qpdf', '--json=2', await drawn(statementView(many(count)), 'ru'));
        return inside.match(/"\/S": "\/TH"/g)?.length ?? 0;
      };

      const heads = await headsOf(1);
      assert.ok(heads >= 5);
      assert.equal(await headsOf(100), heads);
    });

    for (const count of [0, 1, 17, 18, 19, 20, 21, 22, 23, 24, 25]) {
      it(`has the last operation above the closing balance (${String(count)} operations)`, async () => {
        const pages = pagesOf(await drawn(statementView(many(count)), 'ru'));

        const last = pages.at(-1) ?? '';
        assert.match(last, /Исходящий остаток[^]*действителен без подписи/);
        const expected = count === 0 ? /операций не было/ : /\d\d\.10\.2026 \d\d:\d\d/;
        assert.match(last, expected);
      });
    }

    it('shrinks a sum that is wider than its column, and cuts nothing', async () => {
      const statement = givenStatement(
        [statementLine(1, -99_999_999_999_999_999n, { currency: 'KWD' })],
        'KWD',
        0n,
      );
      const [text = ''] = pagesOf(await drawn(statementView(statement), 'ru'));

      const whole = numberText(statement.spent, 'ru').replaceAll('\u00A0', ' ');
      assert.ok(text.includes(`${whole}`), text);
    });

    it('says that a period has not ended', async () => {
      const statement = many(1);
      const period = { ...statement.period, to: '2026-11-28' } as StatementPeriod;
      const [open = ''] = pagesOf(await drawn(statementView({ ...statement, period }), 'en'));
      const [ended = ''] = pagesOf(await drawn(statementView(statement), 'en'));

      assert.match(open, /The period has not ended yet/);
      assert.doesNotMatch(ended, /has not ended/);
    });

    it('holds three thousand operations', async () => {
      const file = await drawn(statementView(many(3_000)), 'ru');

      assert.match(run('qpdf', '--check', file), /No syntax or stream encoding errors/);
      const text = run('pdftotext', '-layout', file, '-');
      assert.equal(text.match(/^ *\d\d\.10\.2026 \d\d:\d\d/gm)?.length, 3_000);
    });
  });
});
