import assert from 'node:assert/strict';
import type { WireMessage } from '../../../src/application/ports/broker.ts';
import { messageTypes } from '../../../src/application/ports/envelope.ts';
import { everyMessage, type Sample } from '../../support/every-message.ts';
import { givenKeyRings } from '../../support/gateway-world.ts';

const rings = givenKeyRings();
after(() => {
  rings.discard();
});
const samples = everyMessage(rings);

const otherText = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);

/** The text with each of its characters another, one more, one less, and none. */
const otherTexts = (text: string): string[] => [
  ...Array.from(text, (_, at) => otherText(text, at)),
  `${text}A`,
  `A${text}`,
  ...(text === '' ? [] : [text.slice(1), text.slice(0, -1), '']),
];

/** The bytes with one bit of each byte turned: every bit has its turn, byte after byte. */
function* otherBodies(body: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < body.length; at += 1) {
    for (const mask of [1 << (at % 8), 0xff]) {
      const other = Uint8Array.from(body);
      other[at]! ^= mask;
      yield other;
    }
  }
  for (const other of [body.subarray(1), body.subarray(0, -1), new Uint8Array()]) yield other;
  yield Buffer.concat([body, Buffer.from(' ')]);
  yield Buffer.concat([Buffer.from('\ufeff'), body]);
}

function* mutationsOf(message: WireMessage): Generator<WireMessage> {
  for (const body of otherBodies(message.body)) yield { ...message, body };
  const named = ['exchange', 'routingKey', 'messageId', 'correlationId', 'type', 'userId'] as const;
  for (const name of named) {
    for (const text of otherTexts(message[name])) yield { ...message, [name]: text };
  }
  const { headers } = message;
  for (const name of ['kid', 'sig', 'hop'] as const) {
    const text = headers[name];
    if (text === undefined) yield { ...message, headers: { ...headers, hop: '' } };
    else {
      for (const other of otherTexts(text)) {
        yield { ...message, headers: { ...headers, [name]: other } };
      }
    }
  }
  const { kid, sig, hop } = headers;
  if (hop !== undefined) yield { ...message, headers: { kid, sig } };
  yield { ...message, durable: !message.durable };
}

describe('A message of any kind', function () {
  this.timeout(60_000);
  const read = ({ reader }: Sample, message: WireMessage) => reader.read(message).ok;

  it('is read as it was written', () => {
    const unread = samples.filter((sample) => !read(sample, sample.message));

    assert.deepEqual(
      unread.map(({ name }) => name),
      [],
    );
    assert.deepEqual(new Set(samples.map(({ type }) => type)), new Set(messageTypes));
  });

  it('is not believed with any byte or property another', () => {
    let count = 0;
    for (const sample of samples) {
      for (const mutation of mutationsOf(sample.message)) {
        count += 1;
        if (read(sample, mutation)) assert.fail(`${sample.name}: ${JSON.stringify(mutation)}`);
      }
    }
    console.log(
      `      ${String(count)} mutations of ${String(samples.length)} messages, none believed`,
    );
    assert.ok(count > 10_000);
  });

  it('is not believed where another one was meant', () => {
    let count = 0;
    for (const sample of samples) {
      for (const other of samples) {
        if (other === sample) continue;
        const { exchange, routingKey } = other.message;
        const isSamePlace =
          exchange === sample.message.exchange && routingKey === sample.message.routingKey;
        const moved = { ...sample.message, exchange, routingKey };
        if (!isSamePlace) {
          count += 1;
          assert.ok(!read(sample, moved), `${sample.name} at ${exchange}`);
        }
        const { headers, body } = sample.message;
        // Forwarded, it is the same message still.
        if (Buffer.compare(body, other.message.body) === 0) continue;
        assert.ok(!read(other, { ...other.message, body }), `${sample.name} in ${other.name}`);
        assert.ok(!read(other, { ...other.message, headers }));
      }
    }
    assert.ok(count > 100);
  });
});
