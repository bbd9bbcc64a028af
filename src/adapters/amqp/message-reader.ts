import type { WireMessage } from '../../application/ports/broker.ts';
import {
  type Envelope,
  isForGateway,
  type MessageClass,
} from '../../application/ports/envelope.ts';
import type { MessageReader, Unreadable } from '../../application/ports/message-reader.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import { instant } from '../../domain/time.ts';
import { type Carried, carriedFrom } from './hop.ts';
import type { KeyRing } from './key-ring.ts';
import { belongsTo, mayBeHeard } from './places.ts';
import { type EnvelopeJson, envelopeSchema } from './schemas/envelope.ts';
import {
  emptySchema,
  isDurable,
  type KindOf,
  kindOf,
  lifetimeMs,
  type MessageKind,
} from './schemas/message-kinds.ts';
import { isSignedFor } from './signing.ts';
import { isInstanceOf, type Source, userOf } from './sources.ts';
import { parseStrictJson } from './strict-json.ts';

type Opened<Value> = Result<Value, Unreadable>;
const no = (why: Unreadable['why']): Opened<never> => refused({ why });

/** Reads messages by the keys of a ring; cheap checks first, and nothing is parsed that nobody signed. */
export const messageReader = (keys: KeyRing, kinds: KindOf = kindOf): MessageReader => ({
  read: (message) => {
    const said = whoSaidItWhere(keys, message);
    if (!said.ok) return said;

    const parsed = parseStrictJson(message.body);
    if (parsed === undefined) return no('json');
    const json = envelopeSchema.safeParse(parsed.value);
    if (!json.success) return no('schema');
    if (!agreesWithProperties(json.data, message)) return no('properties');

    const envelope = toEnvelope(json.data, kinds, said.value.forwardedFrom?.gateway);
    if (envelope === undefined) return no('schema');
    if (isDurable(envelope.messageClass) !== message.durable) return no('properties');
    return isInPlace(envelope, message, said.value) ? ok(envelope) : no('route');
  },
});

interface Said {
  readonly author: Source;
  readonly forwardedFrom: Carried | undefined;
}

const whoSaidItWhere = (keys: KeyRing, message: WireMessage): Opened<Said> => {
  const author = keys.find(message.headers.kid);
  // Who signs customers in says nothing else.
  if (author === undefined || author.source === 'identity') return no('key');

  const isForwarded = message.headers.hop !== undefined;
  const forwardedFrom = isForwarded ? carriedFrom(keys, message) : undefined;
  if (isForwarded && forwardedFrom === undefined) return no('hop');
  if (message.userId !== userOf[isForwarded ? 'gateway' : author.source]) return no('properties');

  const { exchange, routingKey } = forwardedFrom ?? message;
  const place = { context: 'kabinet-message-1', exchange, routingKey } as const;
  const { sig } = message.headers;
  if (!isSignedFor(author.publicKey, place, message.body, sig)) return no('signature');
  return ok({ author: author.source, forwardedFrom });
};

const agreesWithProperties = (json: EnvelopeJson, message: WireMessage): boolean =>
  json.id === message.messageId &&
  json.correlationid === message.correlationId &&
  json.type === message.type;

const isInPlace = (envelope: Envelope, message: WireMessage, said: Said): boolean => {
  const { messageClass, subject } = envelope;
  const { author, forwardedFrom } = said;
  const saidAt = forwardedFrom?.exchange;
  return (
    isInstanceOf(author, envelope.source) &&
    // The gateway answers for itself only that it will not, or what was asked of itself.
    (author !== 'gateway' || envelope.status !== 'OK' || isForGateway(envelope.type)) &&
    mayBeHeard(message.exchange, { author, messageClass, saidAt }) &&
    belongsTo(message, messageClass, subject) &&
    (forwardedFrom === undefined || belongsTo(forwardedFrom, messageClass, subject)) &&
    isAbout(subject, envelope.data)
  );
};

/** What carries a customer's id carries the subject's. */
const isAbout = (subject: string, data: unknown): boolean =>
  typeof data !== 'object' ||
  data === null ||
  !('customerId' in data) ||
  data.customerId === subject;

const toEnvelope = (
  json: EnvelopeJson,
  kinds: KindOf,
  carriedBy: string | undefined,
): Envelope | undefined => {
  const kind = kinds(json.type, json.dataschema);
  if (kind === undefined) return undefined;
  const messageClass = json.status === undefined ? kind.messageClass : 'reply';
  const data = payloadSchema(kind, json)?.safeParse(json.data);
  if (data?.success !== true) return undefined;

  // The schema has held both against what a time looks like.
  const issuedAt = instant(Date.parse(json.time));
  const expiresAt = instant(Date.parse(json.expirytime));
  const lifeMs = expiresAt - issuedAt;
  if (lifeMs <= 0 || lifeMs > lifetimeMs[messageClass]) return undefined;
  if (!hasFieldsOf(messageClass, json)) return undefined;
  return {
    id: json.id,
    source: json.source,
    type: json.type,
    dataschema: json.dataschema,
    messageClass,
    issuedAt,
    expiresAt,
    nonce: json.nonce,
    subject: json.subject as CustomerId,
    correlationId: json.correlationid,
    ...(json.causationid !== undefined && { causationId: json.causationid }),
    assertionToken: json.assertion,
    assertion: undefined,
    idempotencyKey: json.idempotencykey,
    status: json.status,
    retryAfterMs: json.retryAfterMs,
    data: data.data,
    carriedBy,
  };
};

const payloadSchema = (kind: MessageKind, json: EnvelopeJson) => {
  if (json.status === undefined) return kind.data;
  if (kind.reply === undefined) return undefined;
  return json.status === 'OK' ? kind.reply : emptySchema;
};

/** The key is for commands alone, who asks is for queries alone, the wait goes with an answer, the cause with what lasts. */
const hasFieldsOf = (messageClass: MessageClass, json: EnvelopeJson): boolean =>
  (json.idempotencykey !== undefined) === (messageClass === 'command') &&
  (json.assertion !== undefined) === (messageClass === 'query' && !isForGateway(json.type)) &&
  (json.retryAfterMs === undefined || messageClass === 'reply') &&
  (json.causationid === undefined || messageClass === 'command' || messageClass === 'event');
