import type { Message, Options } from 'amqplib';
import type { WireMessage } from '../../application/ports/broker.ts';

const contentType = 'application/json';
/** Headers our writers set, and the one a quorum queue adds. */
const knownHeaders = new Set(['kid', 'sig', 'hop', 'x-delivery-count']);

/** A message's properties as they are published. `mandatory`: what no queue takes comes back instead of vanishing. */
export const publishOptions = (message: WireMessage): Options.Publish => ({
  messageId: message.messageId,
  correlationId: message.correlationId,
  type: message.type,
  userId: message.userId,
  contentType,
  persistent: message.durable,
  mandatory: true,
  headers: { ...message.headers },
});

/**
 * A delivered message. One with properties our writers never set comes without its signature, so that no reader
 * believes it and the gateway counts it as forged.
 */
export const wireMessage = ({ fields, properties, content }: Message): WireMessage => {
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  const hop = text(headers['hop']);
  return {
    exchange: fields.exchange,
    routingKey: fields.routingKey,
    body: content,
    messageId: text(properties.messageId) ?? '',
    correlationId: text(properties.correlationId) ?? '',
    type: text(properties.type) ?? '',
    userId: text(properties.userId) ?? '',
    headers: isPlain(properties, headers)
      ? {
          kid: text(headers['kid']) ?? '',
          sig: text(headers['sig']) ?? '',
          ...(hop === undefined ? {} : { hop }),
        }
      : { kid: '', sig: '' },
    durable: properties.deliveryMode === 2,
  };
};

/** How often a message of a quorum queue came before. */
export const deliveriesBefore = ({ properties }: Message): number => {
  const count: unknown = properties.headers?.['x-delivery-count'];
  return typeof count === 'number' ? count : 0;
};

const isPlain = (
  properties: Message['properties'],
  headers: Readonly<Record<string, unknown>>,
): boolean =>
  properties.contentType === contentType &&
  properties.contentEncoding === undefined &&
  properties.expiration === undefined &&
  properties.replyTo === undefined &&
  properties.priority === undefined &&
  properties.appId === undefined &&
  Object.keys(headers).every((name) => knownHeaders.has(name));

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
