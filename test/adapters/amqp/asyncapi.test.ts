import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { asyncApi, asyncApiText } from '../../../src/adapters/amqp/asyncapi.ts';
import { messageKinds } from '../../../src/adapters/amqp/schemas/message-kinds.ts';
import { messageTypes } from '../../../src/application/ports/envelope.ts';
import { version } from '../../../src/main/version.ts';
import { goldenMessages } from '../../support/golden-messages.ts';

const published = createRequire(import.meta.url)(
  '@asyncapi/specs/schemas/3.0.0-without-$id.json',
) as object;
const committed = new URL('../../../docs/asyncapi.json', import.meta.url);

interface Document {
  readonly channels: Readonly<Record<string, { readonly messages: object }>>;
  readonly operations: Readonly<Record<string, { readonly action: string }>>;
  readonly components: {
    readonly messages: Readonly<Record<string, { readonly payload: { readonly schema: object } }>>;
  };
}
const document = asyncApi(version) as unknown as Document;
const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const checker = () =>
  new Ajv({
    unknownFormats: 'ignore',
    schemaId: 'auto',
    formats: { uuid: isUuid, 'iso-4217': /^[A-Z]{3}$/ },
  });

describe('The AsyncAPI document', () => {
  it('is the committed one: else run npm run asyncapi', () => {
    assert.equal(readFileSync(committed, 'utf8'), asyncApiText(version));
  });

  it('is one by the published schema of AsyncAPI 3', () => {
    const validate = checker().compile(published);

    assert.ok(validate(JSON.parse(asyncApiText(version))), JSON.stringify(validate.errors));
    assert.ok(!validate({ ...document, operations: { odd: { action: 'shout' } } }));
  });

  it('refers only to what is in it', () => {
    const text = asyncApiText(version);
    const refs = [...text.matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, path = '']) => path);
    const whole = JSON.parse(text) as Record<string, unknown>;
    for (const ref of refs) {
      const found = ref
        .split('/')
        .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], whole);
      assert.ok(found, ref);
    }
    assert.ok(refs.length > 20);
  });

  it('names every type, and what both ends say and hear', () => {
    const names = Object.keys(document.components.messages);

    for (const type of messageTypes)
      assert.ok(
        names.some((name) => name.startsWith(type)),
        type,
      );
    assert.deepEqual(Object.keys(document.operations).toSorted(), [
      'inside-hears-beat',
      'inside-hears-command',
      'inside-hears-query',
      'inside-says-control',
      'inside-says-event',
      'inside-says-reply',
      'portal-hears-event',
      'portal-hears-reply',
      'portal-says-command',
      'portal-says-query',
    ]);
  });

  it('describes the messages that are really sent, and no others: of two majors the newer', () => {
    const kinds = new Set(Object.values(messageKinds).map((kind) => kind.dataschema));
    for (const [name, { message, isReply, dataschema }] of goldenMessages()) {
      const described = document.components.messages[`${message.type}${isReply ? '.ok' : ''}`];
      assert.ok(described, name);
      const validate = checker().compile(described.payload.schema);
      const body = JSON.parse(message.body) as Record<string, unknown>;
      const isNewest = kinds.has(dataschema);
      assert.equal(validate(body), isNewest, `${name}: ${JSON.stringify(validate.errors)}`);
      assert.ok(!validate({ ...body, more: 1 }));
      assert.ok(!validate({ ...body, data: { more: 1 } }));
      assert.ok(!validate({ ...body, dataschema: `${message.type}/9.0` }));
    }
  });
});
