import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { companyCsv } from '../../../src/adapters/books/company-csv.ts';
import { readPhone } from '../../../src/adapters/books/phone-in-file.ts';
import { RejectedCsv } from '../../../src/adapters/books/rejected-csv.ts';
import { utf8Only } from '../../../src/adapters/books/utf8-gate.ts';
import { FileRefused, type RawRow } from '../../../src/application/ports/company-books.ts';
import '../../support/fc-runs.ts';

const header = 'number,contract,currency,opened_on,title';

describe('A company’s CSV file', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-csv-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const read = async (content: string | Buffer): Promise<RawRow[]> => {
    const path = join(folder, 'accounts.csv');
    writeFileSync(path, content);
    const rows: RawRow[] = [];
    for await (const batch of companyCsv('accounts', path).rows()) rows.push(...batch);
    return rows;
  };
  const refuses = (content: string | Buffer, sentence: RegExp) =>
    assert.rejects(read(content), (error) => {
      assert.ok(error instanceof FileRefused);
      assert.match(error.message, sentence);
      return true;
    });

  it('is read with its mark, quotes, line breaks, blank lines and mixed line ends', async () => {
    const rows = await read(
      `\uFEFF${header}\r\n1,C,RUB,d,"a ""b"",\nc"\r\n\r\n2,C,RUB,d,е\n3,C,RUB,d,last`,
    );

    assert.deepEqual(
      rows.map(({ line, cells }) => [line, cells[0], cells[4]]),
      [
        [2, '1', 'a "b",\nc'],
        [5, '2', 'е'],
        [6, '3', 'last'],
      ],
    );
    assert.equal(rows[0]?.text, '1,C,RUB,d,"a ""b"",\nc"');
  });

  it('may have its columns in any order', async () => {
    const [row] = await read('title,number,contract,currency,opened_on\nT,N,C,RUB,D\n');

    assert.deepEqual(row?.cells, ['N', 'C', 'RUB', 'D', 'T']);
  });

  it('keeps a row with too few or too many cells for the rules to refuse', async () => {
    const rows = await read(`${header}\n1,C\n1,C,RUB,d,t,more\n`);

    assert.deepEqual(
      rows.map(({ cells }) => cells.length),
      [2, 6],
    );
  });

  it('with a header alone has no rows', async () => {
    assert.deepEqual(await read(`${header}\n`), []);
  });

  it('is refused without a header, with an unknown, a missing or a doubled column', async () => {
    await refuses('', /is empty/);
    await refuses('number,contract,currency,opened_on,title,vat\n', /unknown column "vat"/);
    await refuses('number,contract,currency,opened_on\n', /missing column "title"/);
    await refuses(`${header},title\n`, /column "title" twice/);
    await refuses('number;contract;currency;opened_on;title\n', /unknown column/);
  });

  it('is refused when quotes do not match, and when it is not there', async () => {
    await refuses(`${header}\n1,C,RUB,d,"open\n`, /is no CSV: Quote Not Closed/);
    await refuses(`${header}\n1,C,RUB,d,a"b\n`, /is no CSV/);
    const missing = companyCsv('accounts', join(folder, 'nowhere.csv')).rows();
    await assert.rejects(missing[Symbol.asyncIterator]().next(), /there is no file nowhere\.csv/);
  });

  it('is refused with the line when it is not UTF-8', async () => {
    const cp1251 = Buffer.from([0xca, 0xe2, 0xe0, 0xf0]);
    const text = Buffer.from(`${header}\n1,C,RUB,d,Дом\n2,C,RUB,d,`);
    await refuses(Buffer.concat([text, cp1251]), /accounts\.csv is not UTF-8: look at line 3/);
    await refuses(Buffer.from(header, 'utf16le'), /UTF-8|column/);
  });

  it('tells how many bytes were read', async () => {
    const path = join(folder, 'counted.csv');
    writeFileSync(path, `${header}\n`);
    let bytes = 0;
    const source = companyCsv('accounts', path, (count) => {
      bytes += count;
    });
    for await (const batch of source.rows()) assert.fail(String(batch.length));
    assert.equal(bytes, header.length + 1);
  });
});

describe('The gate for UTF-8', () => {
  const through = async (chunks: readonly Buffer[]): Promise<Buffer> => {
    const passed: Buffer[] = [];
    async function* source() {
      yield* chunks;
    }
    for await (const chunk of utf8Only(source(), 'f')) passed.push(chunk);
    return Buffer.concat(passed);
  };
  const cut = (bytes: Buffer, size: number): Buffer[] =>
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
      bytes.subarray(n * size, (n + 1) * size),
    );

  it('lets any text through, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 5 }),
        async (text, size) => {
          const bytes = Buffer.from(text);
          assert.deepEqual(await through(cut(bytes, size)), bytes);
        },
      ),
    );
  });

  it('refuses whatever a strict decoder refuses, wherever it is cut', async () => {
    const anyBytes = fc.uint8Array({ min: 0x70, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(anyBytes, fc.integer({ min: 1, max: 5 }), async (array, size) => {
        const bytes = Buffer.from(array);
        const isText = Buffer.from(bytes.toString()).equals(bytes);
        const passes = await through(cut(bytes, size)).then(
          () => true,
          () => false,
        );
        assert.equal(passes, isText);
      }),
    );
  });
});

describe('A phone number in a file', () => {
  it('is read as people write it', () => {
    assert.equal(readPhone('8 (999) 000-00-01'), '+79990000001');
    assert.equal(readPhone('+7 999 000 00 01'), '+79990000001');
    assert.equal(readPhone('+44 20 7946 0958'), '+442079460958');
  });

  it('is refused when nobody can be called at it', () => {
    for (const text of [
      '',
      '123',
      'call me',
      '+7 999',
      `+7${'9'.repeat(50)}`,
      '+79990000001 ext. 5',
    ]) {
      assert.equal(readPhone(text), undefined, text);
    }
  });
});

describe('The list of rejected rows', () => {
  it('is written only if there is something, with every row readable again', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'kabinet-csv-')), 'rejected.csv');
    const empty = new RejectedCsv(`${path}.none`);
    await empty.close();
    assert.throws(() => readFileSync(empty.path));

    const list = new RejectedCsv(path);
    const row = { file: 'f.csv', line: 7, column: undefined, reason: 'is bad', text: 'a,"b"\nc' };
    for (let n = 0; n < 5_000; n += 1) await list.add(row);
    await list.close();

    const text = readFileSync(path, 'utf8');
    assert.ok(text.startsWith('file,line,column,reason,row\r\nf.csv,7,,is bad,"a,""b""\nc"\r\n'));
    assert.equal(text.match(/is bad/g)?.length, 5_000);
  });
});
