import { z } from 'zod';
import {
  isForGateway,
  type MessageClass,
  type MessageType,
} from '../../application/ports/envelope.ts';
import { envelopeSchema } from './schemas/envelope.ts';
import { emptySchema, isDurable, messageKinds } from './schemas/message-kinds.ts';
import { exchanges } from './topology.ts';

type JsonObject = Readonly<Record<string, unknown>>;
type Zone = 'portal' | 'inside';

/** Where messages of a class are published, how they are addressed there, and who of the two ends does what. */
interface ChannelRow {
  readonly exchange: string;
  readonly keys: string;
  readonly says: Zone | 'gateway';
  readonly hears: Zone | 'gateway';
  readonly messageClass: MessageClass;
}

const subjectShard = 'the shard: crc32(subject) mod 16 in two hexadecimal digits';
const gatewayKey = 'the gateway, gateway-1 to gateway-4';
const channels: readonly ChannelRow[] = [
  row('gw.in.q', `hi or lo, a dot, ${subjectShard}`, 'portal', 'gateway', 'query'),
  row('gw.in.c', subjectShard, 'portal', 'gateway', 'command'),
  row('gw.out', 'the source of the query, portal-1 to portal-4', 'gateway', 'portal', 'reply'),
  row('gw.evt', 'portal', 'gateway', 'portal', 'event'),
  row('core.req', `ledger.q or ledger.c, a dot, ${subjectShard}`, 'gateway', 'inside', 'query'),
  row('core.req', `ledger.q or ledger.c, a dot, ${subjectShard}`, 'gateway', 'inside', 'command'),
  row('core.req', 'gateway.q', 'gateway', 'inside', 'beat'),
  row('core.rep', gatewayKey, 'inside', 'gateway', 'reply'),
  row('core.evt', 'gw', 'inside', 'gateway', 'event'),
  row('core.ctl', gatewayKey, 'inside', 'gateway', 'control'),
];

function row(
  exchange: string,
  keys: string,
  says: ChannelRow['says'],
  hears: ChannelRow['hears'],
  messageClass: MessageClass,
): ChannelRow {
  return { exchange, keys, says, hears, messageClass };
}

/** Describes what is said between portal, gateway and inside as AsyncAPI 3, from the schemas messages are held against. */
export const asyncApi = (version: string): JsonObject => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Kabinet: the line through the gateway',
    version,
    description:
      'Every message is signed by its author, and by the gateway where it was forwarded. Money is whole smallest ' +
      'units as text. docs/gateway-protocol.md says what a schema cannot.',
  },
  defaultContentType: 'application/json',
  servers: { portal: server('portal'), core: server('core') },
  channels: Object.fromEntries(
    [...new Set(channels.map(({ exchange }) => exchange))].map((name) => [name, channelOf(name)]),
  ),
  operations: Object.fromEntries(channels.flatMap(operationsOf)),
  components: {
    messages: Object.fromEntries(
      classes.flatMap((one) => namesOf(one).map((name) => [name, messageOf(name, one)])),
    ),
    securitySchemes: { password: { type: 'userPassword' } },
  },
});

const classes: readonly MessageClass[] = ['query', 'command', 'reply', 'event', 'control', 'beat'];
const types = Object.keys(messageKinds) as MessageType[];

/** Names of the messages of a class: the type, and a word behind it for answers. */
const namesOf = (messageClass: MessageClass): string[] =>
  messageClass === 'reply'
    ? types
        .filter((type) => messageKinds[type].reply !== undefined)
        .flatMap((type) => [`${type}.ok`, `${type}.refused`])
    : types.filter((type) => messageKinds[type].messageClass === messageClass);

const typeOf = (name: string): MessageType =>
  types.find((type) => type === name.replace(/\.(ok|refused)$/, '')) ?? 'ledger.read-account';

const server = (vhost: string): JsonObject => ({
  host: 'broker:5671',
  protocol: 'amqps',
  protocolVersion: '0.9.1',
  pathname: `/${vhost}`,
  security: [{ $ref: '#/components/securitySchemes/password' }],
});

const channelOf = (exchange: string): JsonObject => {
  const rows = channels.filter((one) => one.exchange === exchange);
  const names = rows.flatMap(({ messageClass }) => namesOf(messageClass));
  const known = exchanges.find(({ name }) => name === exchange);
  const vhost = known?.vhost ?? 'core';
  return {
    address: exchange,
    description: `Routing key: ${[...new Set(rows.map(({ keys }) => keys))].join('; or ')}.`,
    servers: [{ $ref: `#/servers/${vhost}` }],
    messages: Object.fromEntries(
      names.map((name) => [name, { $ref: `#/components/messages/${name}` }]),
    ),
    bindings: {
      amqp: {
        is: 'routingKey',
        exchange: {
          name: exchange,
          type: known?.type ?? 'direct',
          durable: true,
          autoDelete: false,
          vhost,
        },
        bindingVersion: '0.3.0',
      },
    },
  };
};

const operationsOf = (of: ChannelRow): (readonly [string, JsonObject])[] =>
  (['says', 'hears'] as const)
    .filter((part) => of[part] !== 'gateway')
    .map((part) => {
      const { exchange, messageClass } = of;
      const zone = of[part];
      const operation = {
        action: part === 'says' ? 'send' : 'receive',
        title: `The ${zone} ${part} each ${messageClass}`,
        channel: { $ref: `#/channels/${exchange}` },
        tags: [{ name: zone }],
        messages: messageRefs(exchange, messageClass),
        bindings: {
          amqp: {
            deliveryMode: isDurable(messageClass) ? 2 : 1,
            mandatory: true,
            ack: true,
            bindingVersion: '0.3.0',
          },
        },
        ...(messageClass === 'query' ? { reply: replyOf(zone) } : {}),
      };
      return [`${zone}-${part}-${messageClass}`, operation] as const;
    });

const replyOf = (zone: ChannelRow['says']): JsonObject => {
  const exchange = zone === 'portal' ? 'gw.out' : 'core.rep';
  return { channel: { $ref: `#/channels/${exchange}` }, messages: messageRefs(exchange, 'reply') };
};

const messageRefs = (exchange: string, messageClass: MessageClass): JsonObject[] =>
  namesOf(messageClass).map((name) => ({ $ref: `#/channels/${exchange}/messages/${name}` }));

const headers = {
  type: 'object',
  properties: {
    kid: { type: 'string', description: 'RFC 7638 thumbprint of the author’s public key' },
    sig: { type: 'string', description: 'Ed25519 signature of the author, base64url' },
    hop: { type: 'string', description: 'The gateway’s record and signature, where it forwarded' },
  },
  required: ['kid', 'sig'],
  additionalProperties: false,
};

const messageOf = (name: string, messageClass: MessageClass): JsonObject => {
  const type = typeOf(name);
  return {
    name,
    title: `${messageClass} ${messageKinds[type].dataschema}`,
    contentType: 'application/json',
    headers,
    payload: {
      schemaFormat: 'application/schema+json;version=draft-07',
      schema: payloadOf(name, type, messageClass),
    },
    correlationId: { location: '$message.payload#/correlationid' },
    bindings: { amqp: { messageType: type, bindingVersion: '0.3.0' } },
  };
};

/** The envelope as it must be for this message. */
const payloadOf = (name: string, type: MessageType, messageClass: MessageClass): JsonObject => {
  const { dataschema, data, reply } = messageKinds[type];
  const isOk = name.endsWith('.ok');
  const envelope = jsonSchema(envelopeSchema) as {
    readonly properties: Readonly<Record<string, JsonObject>>;
    readonly required: readonly string[];
  };
  const special: Readonly<Record<string, boolean>> = {
    assertion: messageClass === 'query' && !isForGateway(type),
    idempotencykey: messageClass === 'command',
    causationid: messageClass === 'command' || messageClass === 'event',
    status: messageClass === 'reply',
    retryAfterMs: messageClass === 'reply' && !isOk,
  };
  const statuses = (envelope.properties['status']?.['enum'] ?? []) as readonly string[];
  const needed = ['assertion', 'idempotencykey', 'status'].filter((field) => special[field]);
  const payload = messageClass === 'reply' ? (isOk ? reply : emptySchema) : data;
  return {
    ...envelope,
    properties: {
      ...Object.fromEntries(
        Object.entries(envelope.properties).filter(([field]) => special[field] !== false),
      ),
      type: { const: type },
      dataschema: { const: dataschema },
      ...(special.status === true
        ? { status: { enum: statuses.filter((status) => (status === 'OK') === isOk) } }
        : {}),
      data: jsonSchema(payload ?? emptySchema),
    },
    required: [...new Set([...envelope.required, 'data', ...needed])],
  };
};

const jsonSchema = (schema: z.ZodType): JsonObject => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return rest;
};

/** The text of `docs/asyncapi.json`, the same every time. */
export const asyncApiText = (version: string): string =>
  `${JSON.stringify(asyncApi(version), undefined, 2)}\n`;
