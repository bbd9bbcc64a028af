import assert from 'node:assert/strict';
import type { Message } from 'amqplib';
import {
  deliveriesBefore,
  publishOptions,
  wireMessage,
} from '../../../src/adapters/amqp/wire-format.ts';
import type { WireMessage } from '../../../src/application/ports/broker.ts';

const sent: WireMessage = {
  exchange: 'gw.in.c',
  routingKey: '00',
  body: Buffer.from('{}'),
  messageId: 'm',
  correlationId: 'c',
  type: 'ledger.record-payment',
  userId: 'portal',
  headers: { kid: 'k', sig: 's' },
  durable: true,
};

/** What amqplib hands over for a published message, with some properties changed. */
const delivered = (change: Record<string, unknown> = {}): Message => {
  const { persistent, mandatory, ...properties } = publishOptions(sent);
  assert.equal(mandatory, true);
  return {
    content: Buffer.from('{}'),
    fields: { exchange: 'gw.in.c', routingKey: '00', deliveryTag: 1, redelivered: false },
    properties: { ...properties, deliveryMode: persistent === true ? 2 : 1, ...change },
  } as Message;
};

describe('A message on the wire', () => {
  it('comes as it was sent', () => {
    assert.deepEqual(wireMessage(delivered()), sent);
    const again = delivered({ headers: { kid: 'k', sig: 's', 'x-delivery-count': 2 } });
    assert.deepEqual(wireMessage(again), sent);
    assert.equal(deliveriesBefore(again), 2);
    assert.equal(deliveriesBefore(delivered()), 0);
  });

  for (const [what, change] of Object.entries({
    'another content type': { contentType: 'text/plain' },
    compression: { contentEncoding: 'gzip' },
    'an expiry of its own': { expiration: '60000' },
    'a reply address': { replyTo: 'amq.rabbitmq.reply-to' },
    'a priority': { priority: 9 },
    'copies to others': { headers: { kid: 'k', sig: 's', CC: ['00'] } },
  })) {
    it(`is believed by nobody with ${what}`, () => {
      assert.deepEqual(wireMessage(delivered(change)).headers, { kid: '', sig: '' });
    });
  }

  it('is read without a fault when it has nothing at all', () => {
    const none = { headers: undefined, messageId: undefined, userId: undefined, type: undefined };

    const read = wireMessage(delivered({ ...none, correlationId: undefined, deliveryMode: 1 }));

    assert.deepEqual(read.headers, { kid: '', sig: '' });
    assert.equal(read.messageId + read.userId + read.type + read.correlationId, '');
    assert.equal(read.durable, false);
  });
});
