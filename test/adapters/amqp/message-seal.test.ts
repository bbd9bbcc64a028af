import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { forwarder } from '../../../src/adapters/amqp/hop.ts';
import { messageReader } from '../../../src/adapters/amqp/message-reader.ts';
import { type Draft, messageWriter } from '../../../src/adapters/amqp/message-writer.ts';
import { type Place, places } from '../../../src/adapters/amqp/places.ts';
import { signFor } from '../../../src/adapters/amqp/signing.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import type { WireMessage } from '../../../src/application/ports/broker.ts';
import { nobody } from '../../../src/application/ports/envelope.ts';
import type { MessageReader } from '../../../src/application/ports/message-reader.ts';
import { fcRuns } from '../../support/fc-runs.ts';
import {
  accountChanged,
  anna,
  annasAccount,
  boris,
  givenKeyRings,
  randomness,
  recordPayment,
} from '../../support/gateway-world.ts';

const rings = givenKeyRings();
after(() => {
  rings.discard();
});

const writer = messageWriter(rings.portal, 'portal-1', systemClock, randomness);
const insideWriter = messageWriter(rings.accounting, 'accounting', systemClock, randomness);
const gatewayWriter = messageWriter(rings.gateway, 'gateway', systemClock, randomness);
const forward = forwarder(rings.gateway, 'gateway-1', systemClock);
const gateway = messageReader(rings.gateway);
const inside = messageReader(rings.accounting);
const portal = messageReader(rings.portal);

const command: Draft = {
  type: 'ledger.record-payment',
  subject: anna,
  data: recordPayment(),
  idempotencyKey: randomness.id(),
};
const question = {
  type: 'ledger.read-account',
  subject: anna,
  assertion: 'not.looked.at',
  data: { accountId: annasAccount },
} as const;
const sent = (): WireMessage => writer.write(command, places.command(anna));
const whyNot = (reader: MessageReader, message: WireMessage): string => {
  const read = reader.read(message);
  return read.ok ? 'read' : read.refusal.why;
};
const openQuestion = () => {
  const read = gateway.read(writer.write(question, places.query(anna)));
  assert.ok(read.ok);
  return read.value;
};

describe('A sealed message', () => {
  it('opens at the gateway as it was written, with all the gateway needs to judge it', () => {
    const read = gateway.read(sent());

    assert.ok(read.ok);
    assert.deepEqual(read.value.data, command.data);
    assert.equal(read.value.source, 'portal');
    assert.equal(read.value.messageClass, 'command');
    assert.equal(read.value.idempotencyKey, command.idempotencyKey);
    assert.equal(read.value.correlationId, read.value.id);
  });

  it('opens no more when any of its bytes is another', () => {
    const message = sent();
    fc.assert(
      fc.property(fc.nat(message.body.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const body = Uint8Array.from(message.body);
        body[at]! ^= by;
        assert.equal(whyNot(gateway, { ...message, body }), 'signature');
      }),
      fcRuns,
    );
  });

  it('opens no more when any character of its signature or key id is another', () => {
    const message = sent();
    const { kid, sig } = message.headers;
    const changed = (text: string, at: number) =>
      text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    for (let at = 0; at < sig.length; at += 1) {
      const headers = { kid, sig: changed(sig, at) };
      assert.equal(whyNot(gateway, { ...message, headers }), 'signature');
    }
    for (let at = 0; at < kid.length; at += 1) {
      const headers = { kid: changed(kid, at), sig };
      assert.equal(whyNot(gateway, { ...message, headers }), 'key');
    }
  });

  it('opens no more when it is moved, renamed or cut', () => {
    const message = sent();
    for (const change of [
      { exchange: 'gw.in.q' },
      { routingKey: '0e' },
      { exchange: 'gw.in.', routingKey: `c${message.routingKey}` },
      { body: message.body.subarray(1) },
    ]) {
      assert.equal(whyNot(gateway, { ...message, ...change }), 'signature');
    }
    for (const change of [
      { messageId: randomness.id() },
      { correlationId: randomness.id() },
      { type: 'ledger.read-account' },
      { userId: 'connector' },
    ]) {
      assert.equal(whyNot(gateway, { ...message, ...change }), 'properties');
    }
  });

  it('is believed only of its own shard, class and author', () => {
    const shard = sent().routingKey === '00' ? '01' : '00';
    const wrongShard = { exchange: 'gw.in.c', routingKey: shard };
    assert.equal(whyNot(gateway, writer.write(command, wrongShard)), 'route');
    assert.equal(whyNot(gateway, writer.write(command, places.query(anna))), 'route');
    assert.equal(whyNot(gateway, writer.write(question, places.command(anna))), 'route');
    const event: Draft = {
      type: 'ledger.account-changed',
      subject: anna,
      data: accountChanged(),
    };
    assert.equal(whyNot(gateway, insideWriter.write(event, places.eventInside)), 'read');
    assert.equal(whyNot(gateway, writer.write(event, places.eventInside)), 'route');
    const ofBoris = { ...event, subject: boris };
    assert.equal(whyNot(gateway, insideWriter.write(ofBoris, places.eventInside)), 'route');
  });
});

describe('A message of a wrong form', () => {
  const signed = (json: unknown, place: Place = places.command(anna)): WireMessage => {
    const body = Buffer.from(typeof json === 'string' ? json : JSON.stringify(json));
    const context = 'kabinet-message-1';
    const { kid, privateKey } = rings.portal.own;
    return {
      ...sent(),
      ...place,
      body,
      headers: { kid, sig: signFor(privateKey, { context, ...place }, body) },
    };
  };
  const template = JSON.parse(Buffer.from(sent().body).toString()) as Record<string, unknown>;
  const withFields = (fields: Record<string, unknown>): WireMessage => {
    const json = { ...template, ...fields };
    const { id, correlationid, type } = json as Record<string, string>;
    const message = signed(json);
    return { ...message, messageId: id!, correlationId: correlationid!, type: type! };
  };

  it('is refused although it is signed', () => {
    assert.equal(whyNot(gateway, withFields({})), 'read');
    assert.equal(whyNot(gateway, signed('{"a":1,"a":2}')), 'json');
    for (const fields of [
      { specversion: '2.0' },
      { more: 1 },
      { nonce: 'short' },
      { subject: 'anna' },
      { type: 'ledger.drop' },
      { dataschema: 'ledger.record-payment/3.0' },
      { time: 'yesterday' },
      { expirytime: template['time'] },
      { expirytime: '2099-01-01T00:00:00.000Z' },
      { idempotencykey: undefined },
      { assertion: 'not.looked.at' },
      { retryAfterMs: 5 },
      { causationid: 'the last one' },
      { status: 'OK' },
      { data: {} },
      { data: { ...recordPayment(), more: 1 } },
      { data: recordPayment({ amount: { minor: '0', currency: 'RUB' } }) },
      { data: recordPayment({ amount: { minor: '-5', currency: 'RUB' } }) },
      { data: recordPayment({ amount: { minor: '12.50', currency: 'RUB' } }) },
      { data: recordPayment({ amount: { minor: '5', currency: 'XXX' } }) },
      { data: recordPayment({ provider: 'x'.repeat(65) }) },
    ]) {
      assert.equal(whyNot(gateway, withFields(fields)), 'schema', JSON.stringify(fields));
    }
  });

  it('is refused when it says to come from somebody else', () => {
    assert.equal(whyNot(gateway, withFields({ source: 'accounting' })), 'route');
    assert.equal(whyNot(gateway, withFields({ source: 'portal-2' })), 'read');
  });
});

describe('A forwarded message', () => {
  const arrived = () => forward(sent(), places.commandInside(anna));

  it('opens inside by the author’s signature and the gateway’s', () => {
    const read = inside.read(arrived());

    assert.ok(read.ok);
    assert.deepEqual(read.value.data, command.data);
    assert.equal(arrived().userId, 'gateway');
  });

  it('does not open without the gateway’s record, or with that of another message', () => {
    const message = arrived();
    const { kid, sig } = message.headers;
    assert.equal(whyNot(inside, { ...message, headers: { kid, sig } }), 'properties');
    const bare = writer.write(command, places.commandInside(anna));
    assert.equal(whyNot(inside, bare), 'route');
    const { hop } = arrived().headers;
    assert.equal(whyNot(inside, { ...message, headers: { kid, sig, hop: hop! } }), 'hop');
  });

  it('does not open when any character of the gateway’s record is another', () => {
    const message = arrived();
    const { kid, sig, hop = '' } = message.headers;
    for (let at = 0; at < hop.length; at += 1) {
      const other = hop.slice(0, at) + (hop[at] === 'A' ? 'B' : 'A') + hop.slice(at + 1);
      const headers = { kid, sig, hop: other };
      assert.equal(whyNot(inside, { ...message, headers }), 'hop', `character ${String(at)}`);
    }
    const long = { kid, sig, hop: 'A'.repeat(5_000) };
    assert.equal(whyNot(inside, { ...message, headers: long }), 'hop');
  });

  it('does not open when somebody but the gateway wrote the record', () => {
    const forged = forwarder(
      rings.portal,
      'gateway-1',
      systemClock,
    )(sent(), places.commandInside(anna));

    assert.equal(whyNot(inside, { ...forged, userId: 'gateway' }), 'hop');
  });

  it('does not open when its author’s key is not one of ours', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const stranger = messageWriter(
      { ...rings.portal, own: { source: 'portal', kid: 'stranger', privateKey } },
      'portal-1',
      systemClock,
      randomness,
    );

    assert.equal(whyNot(gateway, stranger.write(command, places.command(anna))), 'key');
  });
});

describe('A reply', () => {
  it('comes from the inside through the gateway', () => {
    const answer = { status: 'OK', data: accountChanged() } as const;
    const reply = insideWriter.reply(openQuestion(), answer, places.replyInside('gateway-1'));

    assert.equal(whyNot(gateway, reply), 'read');
    assert.equal(whyNot(portal, forward(reply, places.reply('portal-1'))), 'read');
  });

  it('comes from the gateway itself only when it refuses', () => {
    const place = places.reply('portal-1');
    const busy = gatewayWriter.reply(openQuestion(), { status: 'BUSY', retryAfterMs: 5 }, place);
    const made = { status: 'OK', data: accountChanged() } as const;

    assert.equal(whyNot(portal, busy), 'read');
    assert.equal(whyNot(portal, gatewayWriter.reply(openQuestion(), made, place)), 'route');
  });

  it('carries nothing unless it is an answer', () => {
    const place = places.replyInside('gateway-1');
    const withMore = { status: 'NOT_FOUND', data: accountChanged() } as const;

    assert.equal(whyNot(gateway, insideWriter.reply(openQuestion(), withMore, place)), 'schema');
  });
});

describe('An answer of the gateway itself', () => {
  it('is believed with content only where the gateway itself was asked', () => {
    const draft = {
      type: 'gateway.report-edge',
      subject: nobody,
      data: { rows: [], fingerprints: [], documents: [] },
    } as const;
    const read = gateway.read(writer.write(draft, places.patientQuery(nobody)));
    assert.ok(read.ok);
    const toPortal = places.reply('portal-1');
    const measures = gatewayWriter.reply(
      read.value,
      { status: 'OK', data: { measures: [] } },
      toPortal,
    );
    const figures = gatewayWriter.reply(
      openQuestion(),
      { status: 'OK', data: accountChanged() },
      toPortal,
    );

    assert.equal(whyNot(portal, measures), 'read');
    assert.equal(whyNot(portal, figures), 'route');
    assert.equal(whyNot(gateway, gatewayWriter.write(draft, places.patientQuery(nobody))), 'route');
  });
});
