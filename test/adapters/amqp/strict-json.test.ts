import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maxBodyBytes, maxDepth, parseStrictJson } from '../../../src/adapters/amqp/strict-json.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const anyKey = fc.string({ unit: 'grapheme' }).map((text) => (text === '__proto__' ? 'p' : text));
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: maxDepth - 2 },
    fc.oneof(fc.maxSafeInteger(), fc.string({ unit: 'grapheme' }), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(anyKey, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe('Strict JSON', () => {
  it('reads everything plain as the ordinary parser does, however it is spaced and escaped', () => {
    const escaped = (text: string) =>
      text.replaceAll(
        /[^\x20-\x7e\n]/g,
        (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    fc.assert(
      fc.property(anyValue, fc.nat(3), fc.boolean(), (value, indent, isEscaped) => {
        const plain = JSON.stringify(value, undefined, indent);
        const text = isEscaped ? escaped(plain) : plain;
        fc.pre(Buffer.byteLength(text) <= maxBodyBytes);
        assert.deepEqual(parseStrictJson(bytes(text)), { value: JSON.parse(text) as unknown });
      }),
      fcRuns,
    );
  });

  it('never throws, whatever the bytes, and never reads what the ordinary parser does not', () => {
    const anyText = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\u0129-+.eE tnfalsr') });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), anyText.map(bytes)), (body) => {
        const read = parseStrictJson(body);
        if (read !== undefined) {
          assert.deepEqual(read.value, JSON.parse(Buffer.from(body).toString()));
        }
      }),
      { ...fcRuns, numRuns: fcRuns.numRuns * 5 },
    );
  });

  for (const [what, text] of Object.entries({
    'the same key twice': '{"a":1,"a":2}',
    'the same key twice, once escaped': '{"a":1,"\\u0061":2}',
    'the same key twice, far inside': '[{"x":{"b":[1],"c":2,"b":3}}]',
    'a prototype': '{"__proto__":{"admin":true}}',
    'an escaped prototype': '{"\\u005f_proto__":{}}',
    'a fraction': '{"a":1.5}',
    'an exponent': '{"a":1e400}',
    'a whole number that loses digits': '{"a":9007199254740993}',
    'a half character': '{"a":"\\ud800"}',
    'two values': '{} {}',
    'a byte order mark': '\ufeff{}',
    'an unfinished string': '{"a',
    'an unfinished string after a backslash': '"\\"',
    'a comment': '{/*x*/}',
    nothing: '',
  })) {
    it(`refuses ${what}`, () => {
      assert.equal(parseStrictJson(bytes(text)), undefined);
    });
  }

  it('lets one key stand in different objects, and text look like anything', () => {
    const text = '[{"a":{"a":1}},{"a":"{\\"a\\":1,\\\\"},["a","a",":",","]]';

    assert.deepEqual(parseStrictJson(bytes(text)), { value: JSON.parse(text) as unknown });
  });

  it('refuses bytes that are no UTF-8', () => {
    assert.equal(parseStrictJson(Buffer.from([0x22, 0xc3, 0x28, 0x22])), undefined);
    assert.equal(parseStrictJson(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])), undefined);
  });

  it('reads down to its depth and no deeper, up to its size and no more', () => {
    assert.ok(parseStrictJson(bytes(nested(maxDepth))));
    assert.equal(parseStrictJson(bytes(nested(maxDepth + 1))), undefined);
    const longest = `"${'a'.repeat(maxBodyBytes - 2)}"`;
    assert.ok(parseStrictJson(bytes(longest)));
    assert.equal(parseStrictJson(bytes(`${longest} `)), undefined);
  });

  it('is not held up by a body made to be slow', () => {
    const began = performance.now();
    for (const text of ['\\'.repeat(60_000), `"${'\\\\'.repeat(30_000)}`, '"'.repeat(60_000)]) {
      parseStrictJson(bytes(text));
      parseStrictJson(bytes(`"${'\\"'.repeat(30_000)}`));
    }

    assert.ok(performance.now() - began < 1_000);
  });
});
