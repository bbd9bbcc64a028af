import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { messageReader } from '../../../src/adapters/amqp/message-reader.ts';
import { places } from '../../../src/adapters/amqp/places.ts';
import { signFor } from '../../../src/adapters/amqp/signing.ts';
import { maxBodyBytes } from '../../../src/adapters/amqp/strict-json.ts';
import type { WireMessage } from '../../../src/application/ports/broker.ts';
import { everyMessage } from '../../support/every-message.ts';
import { anna, givenKeyRings } from '../../support/gateway-world.ts';

const rings = givenKeyRings();
after(() => {
  rings.discard();
});
const reader = messageReader(rings.gateway);
const { message } = everyMessage(rings).find(({ name }) => name === 'payment')!;
const text = Buffer.from(message.body).toString();
const json = JSON.parse(text) as Record<string, unknown>;

/** Signed by the portal’s own key: the worst a portal that was taken over can send. */
const signed = (body: string | Uint8Array): WireMessage => {
  const bytes = Buffer.from(body);
  const { kid, privateKey } = rings.portal.own;
  const place = places.command(anna);
  const sig = signFor(privateKey, { context: 'kabinet-message-1', ...place }, bytes);
  return { ...message, body: bytes, headers: { kid, sig } };
};
const withData = (data: string): string =>
  text.replace(JSON.stringify(json['data']), () => data).slice(0, 10 * maxBodyBytes);
const withField = (name: string, value: unknown): string =>
  JSON.stringify({ ...json, [name]: value });
const fill = (part: string, size = maxBodyBytes - 1_000): string =>
  part.repeat(Math.ceil(size / part.length));

const regexBomb = (pattern: string): string => fill(pattern, 60_000);
const hostile: Readonly<Record<string, readonly string[]>> = {
  depth: [17, 1_000, 5_000, 30_000].flatMap((depth) => [
    withData('['.repeat(depth) + ']'.repeat(depth)),
    withData('{"a":'.repeat(depth) + '1' + '}'.repeat(depth)),
    '['.repeat(depth),
  ]),
  size: [
    withData(`"${'x'.repeat(maxBodyBytes)}"`),
    withData(`"${'x'.repeat(16 * maxBodyBytes)}"`),
    fill(' ', maxBodyBytes + 1),
    `${text}${fill(' ')}${fill(' ')}`,
  ],
  'duplicate keys': [
    `{"id":"${String(json['id'])}",${text.slice(1)}`,
    `${text.slice(0, -1)},"data":{}}`,
    `${text.slice(0, -1)},"\\u0064ata":{}}`,
    withData('{"a":1,"a":1}'),
    withData(`{${Array.from({ length: 6_000 }, (_, n) => `"${String(n % 5_999)}":1`).join()}}`),
  ],
  prototypes: [
    `${text.slice(0, -1)},"__proto__":{"status":"OK"}}`,
    `${text.slice(0, -1)},"\\u005f_proto__":{}}`,
    withData('{"__proto__":{"amount":1}}'),
    withData('{"constructor":{"prototype":{"a":1}}}'),
    `${text.slice(0, -1)},"toString":1}`,
  ],
  numbers: [
    '1e400',
    '-1e400',
    '9007199254740993',
    '1'.repeat(60_000),
    '1.0',
    '0.1',
    '1E2',
    '-',
    '01',
    '0x10',
    'NaN',
    'Infinity',
  ].map((number) => `${text.slice(0, -1)},"retryAfterMs":${number}}`),
  'text of no character': [
    withData('"\\ud800"'),
    withData('{"\\udc00":1}'),
    withData('"\u0000"'),
    `\ufeff${text}`,
  ],
  'patterns that take long': [
    ...['id', 'source', 'nonce', 'subject', 'idempotencykey', 'time', 'assertion'].flatMap((name) =>
      ['a', 'a-', '-1', '0', '2026-', ' ', '.', 'a.'].map((part) =>
        withField(name, regexBomb(part)),
      ),
    ),
    ...['1', '0', '-1'].map((part) =>
      withData(
        JSON.stringify({
          ...(json['data'] as object),
          amount: { minor: regexBomb(part), currency: 'RUB' },
        }),
      ),
    ),
  ],
  'structure without end': [
    fill('"\\"'),
    `"${fill('\\')}`,
    `["${fill('\\\\"')}`,
    fill('[]'),
    fill('{},'),
    `[${fill('"",')}""]`,
    withData(`[${fill('{},')}{}]`),
    withData(`{${Array.from({ length: 6_000 }, (_, n) => `"${String(n)}":1`).join()}}`),
    fill('-'),
    fill('1e'),
    '',
    ' ',
    'null',
    '[]',
    '"text"',
  ],
};

describe('A portal that sends what should bring a parser down', () => {
  it('is refused every time, and the gateway goes on in between', async () => {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const rounds = 3;
    let count = 0;
    let refused = 0;
    let longestMs = 0;
    delay.enable();
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, bodies] of Object.entries(hostile)) {
        for (const body of bodies) {
          const bomb = signed(body);
          await turn();
          const began = performance.now();
          const read = reader.read(bomb);
          longestMs = Math.max(longestMs, performance.now() - began);
          count += 1;
          if (read.ok) assert.fail(`${name}: ${body.slice(0, 80)}`);
          assert.ok(['json', 'schema'].includes(read.refusal.why), `${name}: ${read.refusal.why}`);
          refused += 1;
        }
      }
    }
    delay.disable();
    console.log(
      `      ${String(refused)} of ${String(count)} refused; the slowest took ${longestMs.toFixed(1)} ms, ` +
        `the loop was late by ${(delay.max / 1e6).toFixed(1)} ms at most`,
    );

    assert.equal(refused, count);
    assert.ok(count >= 100 * rounds);
    assert.ok(reader.read(message).ok);
    assert.equal(Object.getPrototypeOf({}), Object.prototype);
  });

  it('is refused whatever bytes it signs that are no UTF-8', () => {
    for (const bytes of [
      [0xff],
      [0xc0, 0x80],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xc3],
    ]) {
      const body = Buffer.from(withData('"?"'));
      const at = body.indexOf('"?"') + 1;
      const broken = Buffer.concat([
        body.subarray(0, at),
        Buffer.from(bytes),
        body.subarray(at + 1),
      ]);
      const read = reader.read(signed(broken));
      assert.deepEqual(read, { ok: false, refusal: { why: 'json' } });
    }
  });
});
