import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readClientBank } from '../../../../src/adapters/books/bank/client-bank-reader.ts';
import { clientBankFile } from '../../../../src/adapters/books/bank/client-bank-writer.ts';
import { windows1251 } from '../../../../src/adapters/books/bank/windows-1251.ts';
import {
  type BankFileItem,
  type BankFileMistake,
  BankFileRefused,
} from '../../../../src/application/ports/bank-file.ts';
import { CannotBeWritten } from '../../../../src/application/ports/statement-form.ts';
import { closingOf } from '../../../../src/domain/bank-statement.ts';
import { all, anyStatement, each, inPieces } from '../../../support/any-statement.ts';
import '../../../support/fc-runs.ts';

const zone = 'Europe/Moscow';
const twoDecimals = fc.constantFrom('RUB', 'USD', 'EUR', 'KZT');
const anyFile = twoDecimals.chain(anyStatement);
type Given = ReturnType<typeof anyFile.generate>['value'];
const written = async ({ statement, movements }: Given): Promise<Buffer> =>
  Buffer.concat(await all(clientBankFile(statement, each(movements), zone)));
const read = (bytes: Uint8Array, size = bytes.length): Promise<BankFileItem[]> =>
  all(readClientBank(inPieces(bytes, Math.max(1, size))));

/** A bank's file by hand: one account, one incoming payment order. */
const lines = (changes: Readonly<Record<string, string | undefined>> = {}): string[] => {
  const value = (key: string, usual: string): string[] => {
    const text = key in changes ? changes[key] : usual;
    return text === undefined ? [] : [`${key.replace(/@.*/, '')}=${text}`];
  };
  return [
    '1CClientBankExchange',
    ...value('ВерсияФормата', '1.03'),
    ...value('Кодировка', 'Windows'),
    ...value('ДатаНачала', '01.11.2026'),
    ...value('ДатаКонца', '30.11.2026'),
    ...value('РасчСчет', '40702810200000000001'),
    'СекцияРасчСчет',
    ...value('ДатаНачала@account', '01.11.2026'),
    ...value('РасчСчет@account', '40702810200000000001'),
    ...value('НачальныйОстаток', '100.00'),
    ...value('ВсегоПоступило', '1 234,56'),
    ...value('ВсегоСписано', '0.00'),
    ...value('КонечныйОстаток', '1334.56'),
    'КонецРасчСчет',
    'СекцияДокумент=Платежное поручение',
    ...value('Номер', '17'),
    ...value('Дата', '12.11.2026'),
    ...value('Сумма', '1234.56'),
    ...value('ПлательщикСчет', '40702810900000000009'),
    ...value('Плательщик1', 'НКО ЮМани'),
    ...value('ПолучательСчет', '40702810200000000001'),
    ...value('ДатаПоступило', '13.11.2026'),
    ...value('НазначениеПлатежа1', 'Перевод принятых платежей'),
    ...value('НазначениеПлатежа2', 'реестр 42 = март'),
    'КонецДокумента',
    'КонецФайла',
  ];
};
const fileOf = (of: readonly string[]): Buffer => windows1251(of.join('\r\n'));

const refusal = async (bytes: Uint8Array): Promise<BankFileRefused> => {
  const error = await read(bytes).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof BankFileRefused, String(error));
  return error;
};

describe('The text exchange between 1C and banks', () => {
  it('comes back as it was written, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, fc.integer({ min: 1, max: 700 }), async (given, size) => {
        const { statement, movements } = given;
        const items = await read(await written(given), size);

        const [account, ...rest] = items;
        const { currency, owner, from, to, turnover } = statement;
        const { opening } = turnover;
        assert.partialDeepStrictEqual(account, {
          ...{ kind: 'account', account: owner.account, currency, from, to },
          ...{ opening, closing: closingOf(turnover) },
        });
        const found = rest.map((item) => (item.kind === 'movement' ? item.movement : item));
        assert.deepEqual(found, movements);
      }),
    );
  });

  it('is windows-1251 with CRLF, and says so', async () => {
    const [given] = fc.sample(anyFile, { numRuns: 1, seed: 1 });
    const text = new TextDecoder('windows-1251').decode(await written(given!));

    assert.match(text, /^1CClientBankExchange\r\nВерсияФормата=1\.03\r\nКодировка=Windows\r\n/);
    assert.doesNotMatch(text, /[^\r]\n/);
    assert.match(text, /КонецФайла\r\n$/);
  });

  it('is refused wherever it is cut off', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFile,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        async (given, share) => {
          const bytes = await written(given);
          const cut = Math.floor((bytes.length - 'КонецФайла\r\n'.length) * share);

          await refusal(bytes.subarray(0, cut));
        },
      ),
    );
  });

  it('writes letters that windows-1251 lacks in likenesses, and never a question mark', () => {
    const text = new TextDecoder('windows-1251').decode(windows1251('Қазақ 10 ₽ é 👍 № «да»?'));

    assert.equal(text, 'Казак 10 руб. e _ № «да»?');
  });

  it('cannot say yen and dinars', async () => {
    for (const currency of ['JPY', 'KWD'] as const) {
      const [given] = fc.sample(anyStatement(currency), { numRuns: 1, seed: 1 });

      await assert.rejects(written(given!), CannotBeWritten);
    }
  });

  it('is read as banks write it: commas, spaces, parts of a purpose, older names, LF, blank lines', async () => {
    const text = `${lines().join('\n\n')}\n`;

    const items = await read(windows1251(text));

    assert.equal(items.length, 2);
    const [account, item] = items;
    assert.ok(account?.kind === 'account' && item?.kind === 'movement');
    assert.equal(account.closing, 133_456n);
    assert.partialDeepStrictEqual(item.movement, {
      ...{ number: '17', day: '2026-11-13', minor: 123_456n, direction: 'in' },
      purpose: 'Перевод принятых платежей реестр 42 = март',
      other: { name: 'НКО ЮМани', account: '40702810900000000009' },
    });
  });

  it('is read in cp866 and in UTF-8 that calls itself Windows, with a mark or without', async () => {
    const cp866 = new Map(
      [...new TextDecoder('ibm866').decode(Uint8Array.from({ length: 256 }, (_, n) => n))].map(
        (letter, byte) => [letter, byte],
      ),
    );
    const dos = lines({ Кодировка: 'DOS' }).join('\r\n');
    const inDos = Buffer.from([...dos].map((letter) => cp866.get(letter) ?? 0));
    const utf8 = Buffer.from(lines().join('\r\n'));

    const wanted = await read(fileOf(lines()));
    assert.deepEqual(await read(inDos), wanted);
    assert.deepEqual(await read(utf8, 7), wanted);
    assert.deepEqual(await read(Buffer.concat([Buffer.from('\uFEFF'), utf8])), wanted);
  });

  it('gives a transfer between two accounts of the file to both', async () => {
    const [first, second] = ['40702810200000000001', '40702810900000000009'];
    const both = lines({ РасчСчет: `${first}\r\nРасчСчет=${second}`, ДатаСписано: '12.11.2026' });

    const items = await read(fileOf(both));

    const found = items.flatMap((item) =>
      item.kind === 'movement' ? [[item.account, item.movement.direction]] : [],
    );
    assert.deepEqual(found, [
      [second, 'out'],
      [first, 'in'],
    ]);
  });

  it('warns of totals that are not those of the documents, as of files cut to some kinds', async () => {
    const more = lines({ ВсегоПоступило: '2000.00', КонечныйОстаток: '2100.00' });

    const items = await read(fileOf(more));

    assert.equal(items.at(-1)?.kind, 'warning');
  });

  const mistakes: readonly (readonly [
    BankFileMistake,
    Readonly<Record<string, string | undefined>>,
  ])[] = [
    ['unknown-version', { ВерсияФормата: '2.00' }],
    ['unknown-version', { ВерсияФормата: undefined }],
    ['unknown-encoding', { Кодировка: 'KOI8' }],
    ['missing', { Номер: undefined }],
    ['missing', { Сумма: '' }],
    ['missing', { 'РасчСчет@account': undefined }],
    ['malformed-date', { Дата: '31.02.2026', ДатаПоступило: undefined }],
    ['malformed-date', { ДатаНачала: '2026-11-01' }],
    ['malformed-amount', { Сумма: '12e3' }],
    ['malformed-amount', { Сумма: '0.00' }],
    ['malformed-amount', { Сумма: '-5.00' }],
    ['too-many-decimals', { Сумма: '1234.567' }],
    ['too-long', { ПлательщикИНН: '1'.repeat(13), ПлательщикСчет: '1'.repeat(35) }],
    ['wrong-currency', { 'РасчСчет@account': '40702999200000000001' }],
    ['foreign-document', { ПолучательСчет: '40702810700000000007' }],
    ['outside-period', { ДатаПоступило: '01.12.2026' }],
    ['does-not-add-up', { КонечныйОстаток: '1334.57' }],
    ['misplaced', { Номер: '17\r\nНомер=18' }],
    ['misplaced', { Дата: '12.11.2026\r\nКонецРасчСчет' }],
    ['misplaced', { Дата: '12.11.2026\r\nСекцияРасчСчет' }],
    ['misplaced', { Дата: '12.11.2026\r\nКонецФайла' }],
    ['too-long', { НазначениеПлатежа1: 'я'.repeat(1_001) }],
    ['too-long', { НазначениеПлатежа1: 'я'.repeat(20_000) }],
  ];
  for (const [mistake, changes] of mistakes) {
    const what = Object.entries(changes).map(
      ([key, value]) => `${key}=${(value ?? 'none').slice(0, 30)}`,
    );
    it(`refuses ${mistake}: ${what.join(', ').replaceAll('\r\n', ' ⏎ ')}`, async () => {
      const error = await refusal(fileOf(lines(changes)));

      assert.equal(error.mistake, mistake);
      assert.ok(error.line >= 1 && error.line <= 40);
      assert.match(error.message, new RegExp(`^line ${String(error.line)}: .`));
    });
  }

  it('refuses what is something else, and what comes after the end', async () => {
    assert.equal((await refusal(Buffer.from('Дата;Сумма\r\n'))).mistake, 'not-this-format');
    assert.equal((await refusal(Buffer.from(''))).mistake, 'not-this-format');
    const more = [...lines(), 'Номер=1'];
    assert.equal((await refusal(fileOf(more))).mistake, 'misplaced');
    const torn = Buffer.concat([Buffer.from(lines().join('\n').repeat(40)), Buffer.from([0xff])]);
    assert.match((await refusal(torn)).message, /^line \d+: /);
  });
});
