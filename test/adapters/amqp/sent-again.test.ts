import assert from 'node:assert/strict';
import { messageReader } from '../../../src/adapters/amqp/message-reader.ts';
import { type Draft, messageWriter } from '../../../src/adapters/amqp/message-writer.ts';
import { places } from '../../../src/adapters/amqp/places.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import {
  anna,
  annasAccount,
  givenKeyRings,
  randomness,
  recordPayment,
} from '../../support/gateway-world.ts';

const rings = givenKeyRings();
after(() => {
  rings.discard();
});
const writer = messageWriter(rings.portal, 'portal-1', systemClock, randomness);
const gateway = messageReader(rings.gateway);
const command: Draft = {
  type: 'ledger.record-payment',
  subject: anna,
  data: recordPayment(),
  idempotencyKey: randomness.id(),
};

describe('A message that is sent again', () => {
  it('names the one that could not be done, where it is a command', () => {
    const causationId = randomness.id();

    const again = gateway.read(writer.write({ ...command, causationId }, places.command(anna)));
    const first = gateway.read(writer.write(command, places.command(anna)));

    assert.ok(again.ok && first.ok);
    assert.equal(again.value.causationId, causationId);
    assert.notEqual(again.value.id, causationId);
    assert.ok(!('causationId' in first.value));
  });

  it('is no query: nobody waits for it', () => {
    const asked: Draft = {
      ...{ type: 'ledger.read-account', subject: anna, assertion: 'not.looked.at' },
      data: { accountId: annasAccount },
    };
    const again = { ...asked, causationId: randomness.id() };

    assert.ok(gateway.read(writer.write(asked, places.query(anna))).ok);
    assert.deepEqual(gateway.read(writer.write(again, places.query(anna))), {
      ok: false,
      refusal: { why: 'schema' },
    });
  });
});
