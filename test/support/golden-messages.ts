import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeyRing, KnownKey } from '../../src/adapters/amqp/key-ring.ts';
import { keyId } from '../../src/adapters/amqp/signing.ts';
import type { MessageKind } from '../../src/adapters/amqp/schemas/message-kinds.ts';
import { type Source, sources } from '../../src/adapters/amqp/sources.ts';

export const goldenFolder = join(import.meta.dirname, '../adapters/amqp/golden');

/** A message as it was once sent, the schema it was held against, and what was read from it. */
const goldenSchema = z.strictObject({
  dataschema: z.string(),
  isReply: z.boolean(),
  /** JSON Schema of `data`, of the version at the time. */
  schema: z.record(z.string(), z.unknown()),
  message: z.strictObject({
    exchange: z.string(),
    routingKey: z.string(),
    body: z.string(),
    messageId: z.string(),
    correlationId: z.string(),
    type: z.string(),
    userId: z.string(),
    headers: z.strictObject({ kid: z.string(), sig: z.string(), hop: z.string().optional() }),
    durable: z.boolean(),
  }),
  data: z.unknown(),
});
export type Golden = z.infer<typeof goldenSchema>;

/** What is kept, by file name. */
export const goldenMessages = (): ReadonlyMap<string, Golden> =>
  new Map(
    readdirSync(goldenFolder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [
        name,
        goldenSchema.parse(JSON.parse(readFileSync(join(goldenFolder, name), 'utf8'))),
      ]),
  );

export const goldenName = (dataschema: string, isReply: boolean): string =>
  `${dataschema.replace('/', '-')}${isReply ? '-reply' : ''}.json`;

/** The JSON Schema of what a kind takes, or of what answers it. */
export const jsonSchemaOf = (kind: MessageKind, isReply: boolean): Record<string, unknown> =>
  z.toJSONSchema((isReply ? kind.reply : kind.data) ?? z.never(), { io: 'input' });

/** Keys that everybody may know: only these messages are signed with them. Each seed is one byte, 32 times. */
const privateKeyOf = (source: Source): KeyObject => {
  const seed = Buffer.alloc(32, sources.indexOf(source) + 1);
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  return createPrivateKey({ key: Buffer.concat([prefix, seed]), format: 'der', type: 'pkcs8' });
};

/** The ring of a source with those keys. */
export const goldenRing = (source: Source): KeyRing => {
  const known = new Map<string, KnownKey>(
    sources.map((one) => {
      const publicKey = createPublicKey(privateKeyOf(one));
      return [keyId(publicKey), { source: one, publicKey }];
    }),
  );
  const privateKey = privateKeyOf(source);
  return {
    own: { source, kid: keyId(createPublicKey(privateKey)), privateKey },
    find: (kid) => known.get(kid),
    take: () => false,
  };
};
