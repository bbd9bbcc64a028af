import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimsSchema } from '../../../src/adapters/amqp/assertion/claims.ts';
import { envelopeSchema } from '../../../src/adapters/amqp/schemas/envelope.ts';
import { lifetimeMs, messageKinds } from '../../../src/adapters/amqp/schemas/message-kinds.ts';
import { signFor } from '../../../src/adapters/amqp/signing.ts';
import { permissions, queues } from '../../../src/adapters/amqp/topology.ts';
import { day, minute, second } from '../../../src/domain/time.ts';

const home = join(import.meta.dirname, '../../..');
const text = readFileSync(join(home, 'docs/gateway-protocol.md'), 'utf8');
/** The cells of the line that starts with this word. */
const row = (word: string): string[] =>
  (text.split('\n').find((line) => line.startsWith(`| \`${word}\``)) ?? '')
    .split('|')
    .map((cell) => cell.trim());

describe('The description of the protocol', () => {
  it('has an example of the signed bytes that is right', () => {
    const hex = [...text.matchAll(/^([0-9a-f]{16}) ([0-9a-f]+)$/gm)];
    const parts = hex.map(([, length = '', part = '']) => {
      const bytes = Buffer.from(part, 'hex');
      assert.equal(Buffer.from(length, 'hex').readBigUInt64LE(), BigInt(bytes.length));
      return bytes;
    });
    assert.equal(parts.length, 4);
    const [context, exchange, routingKey, body] = parts.map(String);
    const d = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A';
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' });
    assert.equal(context, 'kabinet-message-1');
    const place = { context, exchange: exchange!, routingKey: routingKey! } as const;

    const signature = signFor(key, place, Buffer.from(body!));

    assert.equal(/^sig (\S+)$/m.exec(text)?.[1], signature);
  });

  it('names every type with its class and life, every field, status, claim and queue', () => {
    const lives: Readonly<Record<number, string>> = {
      [3 * second]: '3 s',
      [7 * day]: '7 days',
      [minute]: 'a minute',
      [10 * second]: '10 s',
    };
    for (const [type, { messageClass }] of Object.entries(messageKinds)) {
      const [, , itsClass, , life] = row(type);
      assert.equal(itsClass, messageClass, type);
      assert.equal(life, lives[lifetimeMs[messageClass]], type);
    }
    const { options } = envelopeSchema.shape.status.unwrap();
    for (const name of [...Object.keys(envelopeSchema.shape), ...options]) {
      assert.ok(row(name).length > 2, name);
    }
    for (const name of Object.keys(claimsSchema.shape))
      assert.ok(text.includes(`\`${name}\``), name);
    const read = new RegExp(permissions.find(({ user }) => user === 'connector')?.read ?? '');
    for (const { name } of queues.filter((one) => one.vhost === 'core' && read.test(one.name))) {
      assert.ok(text.includes(name.replace(/\.0[1-9a-e]$/, '.00')), name);
    }
  });

  it('names only files that exist', () => {
    const paths = [...text.matchAll(/`((?:docs|deploy|test)\/[^`]+)`/g)].map(
      ([, path = '']) => path,
    );

    assert.deepEqual(
      paths.filter((path) => !existsSync(join(home, path))),
      [],
    );
    assert.ok(paths.length >= 4);
  });
});
