import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { z } from 'zod';
import { readSettings } from '../../../src/adapters/settings/settings-file.ts';
import '../../support/fc-runs.ts';

const shape = z.strictObject({
  name: z.string().min(3).max(5).optional(),
  role: z.enum(['first', 'second']).optional(),
  port: z.int().min(1).max(65_535).optional(),
  share: z.number().positive().lt(1).optional(),
  isOn: z.boolean().optional(),
  code: z
    .string()
    .regex(/^[a-z]+$/)
    .optional(),
  hour: z
    .string()
    .regex(/^\d\d$/, 'is no hour like 22')
    .optional(),
  mail: z.email().optional(),
  id: z.uuid().optional(),
  list: z
    .array(z.strictObject({ of: z.string() }))
    .min(1)
    .max(2)
    .optional(),
  table: z.record(z.string(), z.number()).optional(),
  way: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('a') }),
      z.strictObject({ kind: z.literal('b') }),
    ])
    .optional(),
});

describe('A file of settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-settings-'));
  const path = join(folder, 'settings.json');
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const read = (content: unknown) => {
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return readSettings(path, shape);
  };
  const sentenceFor = (content: unknown): string => {
    try {
      read(content);
    } catch (error) {
      assert.ok(error instanceof Error);
      return error.message;
    }
    return assert.fail('it was taken');
  };

  it('is read as its schema says, also with a mark of byte order before it', () => {
    const settings = { name: 'anna', list: [{ of: 'x' }], way: { kind: 'b' } };
    assert.deepEqual(read(settings), settings);
    assert.deepEqual(read(`\uFEFF${JSON.stringify(settings)}`), settings);
  });

  const mistakes: readonly (readonly [unknown, string])[] = [
    [[], 'the file takes an object, not a list'],
    [null, 'the file takes an object, not null'],
    [
      { colour: 1, weight: 2 },
      'the file knows no "colour", "weight": take it out or mend its name',
    ],
    [{ name: 7 }, 'name takes a text, not a number'],
    [{ name: 'x' }, 'name takes at least 3 characters'],
    [{ name: 'xxxxxx' }, 'name takes at most 5 characters'],
    [{ role: 'boss' }, 'role takes "first" or "second"'],
    [{ port: '80' }, 'port takes a number, not a text'],
    [{ port: 1.5 }, 'port takes a whole number, not a number'],
    [{ port: 0 }, 'port takes at least 1'],
    [{ port: 65_536 }, 'port takes at most 65535'],
    [{ share: 0 }, 'share takes more than 0'],
    [{ share: 1 }, 'share takes less than 1'],
    [{ isOn: 'yes' }, 'isOn takes true or false, not a text'],
    [{ code: 'A1' }, 'code has to match /^[a-z]+$/'],
    [{ hour: 'ten' }, 'hour is no hour like 22'],
    [{ list: {} }, 'list takes a list, not an object'],
    [{ list: [] }, 'list takes at least 1 of them'],
    [{ list: [{ of: 'x' }, {}] }, 'list.1.of is missing: it takes a text'],
    [{ list: [{ of: 'x', from: 'y' }] }, 'list.0 knows no "from": take it out or mend its name'],
    [{ table: { a: 1, b: 'x' } }, 'table.b takes a number, not a text'],
    [{ way: { kind: 'c' } }, 'way.kind is of no kind that is known'],
    [{ way: {} }, 'way.kind is of no kind that is known'],
  ];
  for (const [content, sentence] of mistakes) {
    it(`says that ${sentence}`, () => {
      assert.equal(sentenceFor(content), `${path}: ${sentence}`);
    });
  }

  it('says what form an address and an id have', () => {
    assert.match(sentenceFor({ mail: 'anna' }), /: mail (is no email|has to match \/)/);
    assert.match(sentenceFor({ id: '7' }), /: id (is no uuid|has to match \/)/);
  });

  it('says where it is no JSON, and why it cannot be read', () => {
    const lines: readonly (readonly [string, number])[] = [
      ['{\n  "name": anna\n}', 2],
      ['{\n  "name": "anna"\n  "role": "first"\n}', 3],
      ['{\n  "name": "anna",\n}', 3],
      ["{\n\n  'name': 1 }", 3],
      ['[1] x', 1],
      ['STRIPE=1', 1],
    ];
    for (const [text, line] of lines) {
      assert.equal(sentenceFor(text), `${path} is no JSON: mend line ${String(line)}`);
    }
    for (const text of ['', '{', '{"name": "an', '[1,\n']) {
      assert.equal(sentenceFor(text), `${path} is no JSON: it ends too early`, text);
    }
    const none = join(folder, 'none.json');
    assert.throws(
      () => readSettings(none, shape),
      new Error(`${none} cannot be read: it is not there`),
    );
    assert.throws(
      () => readSettings(folder, shape),
      new Error(`${folder} cannot be read: it is a folder`),
    );
  });

  it('is refused in one sentence that repeats no value: it may be a secret in the wrong place', () => {
    const secret = 'sk_live_51Hq8example';
    const places = Object.keys(shape.shape);
    const value = fc.oneof(
      fc.constant(secret),
      fc.constant([secret]),
      fc.constant({ kind: secret, of: secret }),
      fc.constant([{ of: [secret] }]),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), value, fc.boolean(), (place, wrong, isCut) => {
        const text = JSON.stringify({ [place]: wrong });
        // What a schema of texts takes is no mistake.
        if (!isCut && shape.safeParse(JSON.parse(text)).success) return;

        const sentence = sentenceFor(isCut ? text.slice(0, -1) : text);

        assert.ok(!sentence.includes(secret), sentence);
        assert.doesNotMatch(sentence, /\n|\.$/);
        assert.ok(sentence.startsWith(path));
      }),
    );
  });
});
