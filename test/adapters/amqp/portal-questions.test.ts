import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { assertionIssuer } from '../../../src/adapters/amqp/assertion/assertion-issuer.ts';
import { messageReader } from '../../../src/adapters/amqp/message-reader.ts';
import { messageWriter } from '../../../src/adapters/amqp/message-writer.ts';
import { openOwnKey } from '../../../src/adapters/amqp/own-key.ts';
import { openPortalQuestions } from '../../../src/adapters/amqp/portal-line.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import type { Broker } from '../../../src/application/ports/broker.ts';
import {
  anna,
  annasAccount,
  asking,
  givenKeyRings,
  randomness,
} from '../../support/gateway-world.ts';

describe('The portal’s questions to a gateway that answers nothing', () => {
  const rings = givenKeyRings();
  after(() => {
    rings.discard();
  });

  it('are under way in a limited number; the next are refused unsigned, while reports of the edge still go', async () => {
    const sent: string[] = [];
    const silent: Broker = {
      publish: ({ type }) => {
        sent.push(type);
        return Promise.resolve('taken');
      },
      consume: () => Promise.resolve(() => Promise.resolve()),
      waiting: () => Promise.resolve(0),
      close: () => Promise.resolve(),
    };
    const questions = await openPortalQuestions({
      broker: silent,
      reader: messageReader(rings.portal),
      writer: messageWriter(rings.portal, 'portal-1', systemClock, randomness),
      assertions: assertionIssuer(
        openOwnKey(rings.directory, 'identity'),
        () => Promise.resolve([annasAccount]),
        systemClock,
      ),
      clock: systemClock,
      instance: 'portal-1',
    });
    const who = asking(anna);
    const outcomes: string[] = [];
    const all = Array.from({ length: 1_000 }, async () => {
      const { outcome } = await questions.readAccount(annasAccount, who);
      outcomes.push(outcome);
    });
    const report = questions.reportEdge({ rows: [], fingerprints: [], documents: [] });
    while (sent.length < 129) await turn();

    assert.equal(sent.filter((type) => type === 'ledger.read-account').length, 128);
    assert.equal(sent.filter((type) => type === 'gateway.report-edge').length, 1);
    assert.deepEqual(
      outcomes,
      Array.from({ length: 868 }, () => 'busy'),
    );

    await questions.close();
    await Promise.all([...all, report]);
    assert.deepEqual(
      outcomes,
      Array.from({ length: 1_000 }, () => 'busy'),
    );
    assert.equal(sent.length, 129, 'who still waited has asked nothing');
  });
});
