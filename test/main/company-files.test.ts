import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { printableText } from '../../src/adapters/pdf/printable-text.ts';
import { logoFromFile, openCompany, textsFromFile } from '../../src/main/company-files.ts';
import { readConfig } from '../../src/main/config.ts';
import { jpegFile, plainPng } from '../support/given-logo.ts';
import '../support/fc-runs.ts';

const example = join(import.meta.dirname, '../../deploy/texts.example.json');

describe('The files of a company', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-company-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const written = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  /** One sentence that begins with the file. */
  const refuses = (path: string, act: () => unknown, end: RegExp) => {
    assert.throws(act, ({ message }: Error) => {
      assert.ok(message.startsWith(path), message);
      assert.match(message.slice(path.length), end);
      assert.doesNotMatch(message, /\n|\.$/);
      return true;
    });
  };

  describe('with its logo', () => {
    it('is read as PNG or JPEG, whatever the file is called', () => {
      const png = logoFromFile(written('logo.dat', plainPng(20, 10, [0, 0, 0, 255])));
      const jpeg = logoFromFile(written('logo.png', jpegFile()));

      assert.deepEqual([png.type, png.width, png.height], ['image/png', 20, 10]);
      assert.equal(jpeg.type, 'image/jpeg');
    });

    it('is refused with the file, what is wrong and what to do', () => {
      const refused = (path: string, end: RegExp) => refuses(path, () => logoFromFile(path), end);

      refused(join(folder, 'none.png'), /^ cannot be read: it is not there$/);
      mkdirSync(join(folder, 'folder'));
      refused(join(folder, 'folder'), /^ cannot be read: it is a folder$/);
      refused(written('a', 'GIF89a'), /^ is no picture that is known: save it as PNG or JPEG$/);
      refused(written('b', new Uint8Array(600_000)), /^ is larger than 256 KiB: save it smaller$/);
      refused(written('c', plainPng(2_400, 1, [0, 0, 0, 255])), /^ is 2400 × 1 dots: save it with/);
    });

    it('is the demo company’s own where nothing is set, and none for a company that has none', () => {
      const path = written('own.png', plainPng(20, 10, [0, 0, 0, 255]));
      const logoOf = (env: Record<string, string>) => openCompany(readConfig(env)).logo;

      assert.equal(logoOf({})?.width, 240);
      assert.equal(logoOf({ COMPANY_NAME: 'Связь' }), undefined);
      assert.equal(logoOf({ COMPANY_LOGO_FILE: path })?.width, 20);
      assert.equal(logoOf({ COMPANY_NAME: 'Связь', COMPANY_LOGO_FILE: path })?.width, 20);
      assert.equal(openCompany(readConfig({})).name, 'Ромашка');
    });
  });

  describe('with its own texts', () => {
    const textsOf = (content: unknown) =>
      textsFromFile(written('texts.json', JSON.stringify(content)));

    it('are what the file says, in the languages it says it in', () => {
      assert.deepEqual(textsOf({}), {});
      assert.deepEqual(textsOf({ ru: { rollNote: 'Спасибо!' } }), { ru: { rollNote: 'Спасибо!' } });
      const company = openCompany(readConfig({ COMPANY_TEXTS_FILE: example }));
      for (const locale of ['ru', 'en'] as const) {
        assert.deepEqual(Object.keys(company.texts?.[locale] ?? {}).toSorted(), [
          ...['billNote', 'receiptNote', 'rollNote', 'statementNote'],
        ]);
      }
      assert.equal(openCompany(readConfig({})).texts, undefined);
    });

    it('may be written with letters and their marks apart, as some editors do', () => {
      const apart = 'Ёжик идёт в чай'.normalize('NFD');
      assert.equal(textsOf({ ru: { billNote: apart } }).ru?.billNote, 'Ёжик идёт в чай');
    });

    it('are refused with the place and the reason', () => {
      const refused = (content: unknown, end: RegExp) => {
        refuses(join(folder, 'texts.json'), () => textsOf(content), end);
      };

      refused({ ru: { billNotes: 'x' } }, /^: ru knows no "billNotes": take it out or mend/);
      refused({ de: {} }, /^: the file knows no "de": take it out/);
      refused([], /^: the file takes an object, not a list$/);
      refused({ en: { rollNote: 5 } }, /^: en\.rollNote takes a text, not a number$/);
      refused({ en: { rollNote: '' } }, /^: en\.rollNote takes at least 1 characters$/);
      refused(
        { en: { rollNote: 'x'.repeat(801) } },
        /^: en\.rollNote takes at most 800 characters$/,
      );
      refused(
        { ru: { billNote: 'Ура 🎉' } },
        /^: ru\.billNote has .*, U\+1F389 at 5: take it out$/,
      );
      refused({ ru: { billNote: 'a\nb' } }, /^: ru\.billNote has .*, U\+000A at 2: take it out$/);
      const path = written('broken.json', '{ "ru": { "rollNote": "x" }');
      refuses(path, () => textsFromFile(path), /^ is no JSON: it ends too early$/);
      const none = join(folder, 'none.json');
      refuses(none, () => textsFromFile(none), /^ cannot be read: it is not there$/);
    });

    it('are taken exactly when documents print every character of them as it is', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), (text) => {
          const isPrinted = printableText(text.normalize()) === text.normalize();
          const read = () => textsOf({ en: { receiptNote: text } });
          if (isPrinted) assert.deepEqual(read(), { en: { receiptNote: text.normalize() } });
          else assert.throws(read, /en\.receiptNote/);
        }),
      );
    });
  });
});
