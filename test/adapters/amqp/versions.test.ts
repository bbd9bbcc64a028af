import assert from 'node:assert/strict';
import { z } from 'zod';
import { messageReader } from '../../../src/adapters/amqp/message-reader.ts';
import { messageWriter } from '../../../src/adapters/amqp/message-writer.ts';
import { places } from '../../../src/adapters/amqp/places.ts';
import {
  type KindOf,
  kindOf,
  type MessageKind,
  messageKinds,
  olderKinds,
} from '../../../src/adapters/amqp/schemas/message-kinds.ts';
import { signFor } from '../../../src/adapters/amqp/signing.ts';
import type { WireMessage } from '../../../src/application/ports/broker.ts';
import { type MessageType, messageTypes } from '../../../src/application/ports/envelope.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { anna, accountChanged, annasAccount, randomness } from '../../support/gateway-world.ts';
import {
  goldenMessages,
  goldenName,
  goldenRing,
  jsonSchemaOf,
} from '../../support/golden-messages.ts';
import {
  breakingInReply,
  breakingInRequest,
  type JsonSchema,
} from '../../support/schema-changes.ts';

const golden = goldenMessages();
const gateway = messageReader(goldenRing('gateway'));
const typeOf = (dataschema: string) => dataschema.split('/')[0] as MessageType;
const versionOf = (dataschema: string) => dataschema.split('/')[1]!.split('.').map(Number);

describe('The messages that were ever sent', () => {
  it('are there for every version that is understood: else run scripts/golden-messages.ts', () => {
    const understood = messageTypes.flatMap((type) => [
      messageKinds[type],
      ...(olderKinds[type] ?? []),
    ]);
    const names = understood.flatMap(({ dataschema, reply }) => [
      goldenName(dataschema, false),
      ...(reply === undefined ? [] : [goldenName(dataschema, true)]),
    ]);

    assert.deepEqual(
      names.filter((name) => !golden.has(name)),
      [],
    );
  });

  for (const [name, { message, data, dataschema, isReply, schema }] of golden) {
    it(`${name} is still read, to the letter`, () => {
      const { kid, sig } = message.headers;
      const read = gateway.read({
        ...message,
        headers: { kid, sig },
        body: Buffer.from(message.body),
      });

      assert.ok(read.ok, read.ok ? '' : read.refusal.why);
      assert.deepEqual(read.value.data, data);
      assert.equal(read.value.dataschema, dataschema);
    });

    it(`${name} has the schema it had: what changes gets a version of its own`, () => {
      const kind = kindOf(typeOf(dataschema), dataschema);

      assert.ok(kind);
      assert.deepEqual(JSON.parse(JSON.stringify(jsonSchemaOf(kind, isReply))), schema);
    });
  }

  it('change within a major only as a receiver of the older minor can bear', () => {
    const breaking = [...golden.values()].flatMap((older) =>
      [...golden.values()].flatMap((newer) => {
        const [major, minor = 0] = versionOf(older.dataschema);
        const [newMajor, newMinor = 0] = versionOf(newer.dataschema);
        const isNext =
          typeOf(older.dataschema) === typeOf(newer.dataschema) &&
          older.isReply === newer.isReply &&
          major === newMajor &&
          newMinor === minor + 1;
        if (!isNext) return [];
        const breaks = older.isReply ? breakingInReply : breakingInRequest;
        return breaks(older.schema, newer.schema);
      }),
    );
    assert.deepEqual(breaking, []);
  });
});

describe('A change of a schema', () => {
  const item = z.strictObject({ id: z.string(), note: z.string().optional() });
  const schema = (of: z.ZodType): JsonSchema => z.toJSONSchema(of, { io: 'input' });
  const older = schema(z.strictObject({ id: z.string(), items: z.array(item) }));

  it('is compatible in an answer where optional fields are added, however deep', () => {
    const more = item.extend({ more: z.string().optional() });
    const newer = z.strictObject({
      id: z.string(),
      items: z.array(more),
      extra: z.number().optional(),
    });

    assert.deepEqual(breakingInReply(older, older), []);
    assert.deepEqual(breakingInReply(older, schema(newer)), []);
    assert.equal(breakingInRequest(older, schema(newer)).length, 1);
    assert.deepEqual(breakingInRequest(older, older), []);
  });

  it('is incompatible in an answer where anything else is touched', () => {
    for (const newer of [
      z.strictObject({ id: z.string() }),
      z.strictObject({ id: z.string(), items: z.array(item), more: z.string() }),
      z.strictObject({ id: z.string().max(3), items: z.array(item) }),
      z.strictObject({ id: z.string().optional(), items: z.array(item) }),
      z.strictObject({ id: z.number(), items: z.array(item) }),
      z.strictObject({ id: z.string(), items: z.array(item).max(5) }),
      z.strictObject({ id: z.string(), items: item }),
      z.strictObject({ id: z.string(), items: z.array(item.omit({ note: true })) }),
      z.object({ id: z.string(), items: z.array(item) }),
    ]) {
      assert.notDeepEqual(breakingInReply(older, schema(newer)), [], JSON.stringify(schema(newer)));
    }
  });
});

describe('Two majors of one type', () => {
  const rings = {
    portal: goldenRing('portal'),
    gateway: goldenRing('gateway'),
    accounting: goldenRing('accounting'),
  };
  const type = 'ledger.read-account';
  /** As it might have been before 1.0: other names in the question, and in the answer. */
  const before: MessageKind = {
    messageClass: 'query',
    dataschema: `${type}/0.9`,
    data: z
      .strictObject({ account: z.string().max(36) })
      .transform(({ account }) => ({ accountId: account })),
    reply: z.strictObject({ kopecks: z.string().max(20) }),
    replyInItsWords: (data) => ({
      kopecks: (data as ReturnType<typeof accountChanged>).balance.minor,
    }),
  };
  const kinds: KindOf = (of, dataschema) =>
    dataschema === before.dataschema ? before : kindOf(of, dataschema);
  const writer = messageWriter(rings.portal, 'portal-1', systemClock, randomness);
  const inside = messageWriter(rings.accounting, 'accounting', systemClock, randomness, kinds);
  const draft = {
    type,
    subject: anna,
    assertion: 'a.b.c',
    data: { accountId: annasAccount },
  } as const;
  const place = places.query(anna);

  /** What a portal of the older release sends. */
  const askedBefore = (): WireMessage => {
    const message = writer.write(draft, place);
    const json = JSON.parse(Buffer.from(message.body).toString()) as object;
    const body = Buffer.from(
      JSON.stringify({ ...json, dataschema: before.dataschema, data: { account: annasAccount } }),
    );
    const { kid, privateKey } = rings.portal.own;
    const sig = signFor(privateKey, { context: 'kabinet-message-1', ...place }, body);
    return { ...message, body, headers: { kid, sig } };
  };

  it('are understood side by side, and answered each in its own words', () => {
    const reader = messageReader(rings.gateway, kinds);
    for (const [question, answer] of [
      [askedBefore(), { kopecks: '-125050' }],
      [writer.write(draft, place), accountChanged()],
    ] as const) {
      const asked = reader.read(question);
      assert.ok(asked.ok);
      assert.deepEqual(asked.value.data, draft.data);
      const reply = inside.reply(
        asked.value,
        { status: 'OK', data: accountChanged() },
        places.replyInside('gateway-1'),
      );
      const answered = reader.read(reply);
      assert.ok(answered.ok);
      assert.equal(answered.value.dataschema, asked.value.dataschema);
      assert.deepEqual(answered.value.data, answer);
      const busy = reader.read(
        inside.reply(asked.value, { status: 'BUSY' }, places.replyInside('gateway-1')),
      );
      assert.deepEqual(busy.ok && busy.value.data, {});
    }
  });

  it('are not understood where only one is known', () => {
    const read = messageReader(rings.gateway).read(askedBefore());

    assert.deepEqual(read, { ok: false, refusal: { why: 'schema' } });
  });
});
