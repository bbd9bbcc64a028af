import assert from 'node:assert/strict';
import { detectorOf } from '../../../src/application/gateway/admit-message.ts';
import { answerRefusal } from '../../../src/application/gateway/answer-refusal.ts';
import { vouchForQuery } from '../../../src/application/gateway/vouch-for-query.ts';
import type { AssertionTrouble } from '../../../src/application/ports/customer-assertions.ts';
import type { CustomerAssertion, Envelope } from '../../../src/application/ports/envelope.ts';
import { ok, refused, type Result } from '../../../src/domain/result.ts';
import { later, second } from '../../../src/domain/time.ts';
import { noon, stoppedClock } from '../../support/given.ts';
import { anna, annasAccount, boris, randomness } from '../../support/gateway-world.ts';

const asserted: CustomerAssertion = {
  customerId: anna,
  sessionId: 'session',
  level: 'second-step',
  authenticatedAt: noon,
  accounts: [annasAccount],
  subnet: '192.0.2.0/24',
};
const query: Envelope = {
  id: randomness.id(),
  source: 'portal-1',
  type: 'ledger.read-account',
  dataschema: 'ledger.read-account/1.0',
  messageClass: 'query',
  issuedAt: noon,
  expiresAt: later(noon, 3 * second),
  nonce: 'nonce',
  subject: anna,
  correlationId: randomness.id(),
  assertionToken: 'token',
  assertion: undefined,
  idempotencyKey: undefined,
  status: undefined,
  retryAfterMs: undefined,
  carriedBy: undefined,
  data: { accountId: annasAccount },
};
const vouch = (read: Result<CustomerAssertion, AssertionTrouble> = ok(asserted)) =>
  vouchForQuery({ read: () => Promise.resolve(read) }, stoppedClock());

describe('VouchForQuery', () => {
  it('puts what was asserted on the query', async () => {
    assert.deepEqual(await vouch()(query), ok({ ...query, assertion: asserted }));
    const other = { ...query, data: {} };
    assert.deepEqual(await vouch()(other), ok({ ...other, assertion: asserted }));
  });

  it('asks nobody about a command: no customer need be present', async () => {
    const command: Envelope = { ...query, messageClass: 'command', assertionToken: undefined };

    assert.deepEqual(await vouch(refused('forged'))(command), ok(command));
  });

  it('refuses a query for another customer or account than asserted, as one for a foreign object', async () => {
    const refusal = { reason: 'foreign-object' } as const;
    for (const other of [
      { ...query, subject: boris },
      { ...query, data: { accountId: randomness.id() } },
      { ...query, data: { accountId: 5 } },
    ]) {
      assert.deepEqual(await vouch()(other), refused(refusal));
    }
    assert.equal(detectorOf(refusal), 'foreign-object');
  });

  it('calls a query without a true assertion forged, and one that is too old nothing', async () => {
    const forged = { reason: 'not-asserted' } as const;
    const old = { reason: 'assertion-expired' } as const;

    assert.deepEqual(await vouch()({ ...query, assertionToken: undefined }), refused(forged));
    assert.deepEqual(await vouch(refused('forged'))(query), refused(forged));
    assert.deepEqual(await vouch(refused('expired'))(query), refused(old));
    assert.equal(detectorOf(forged), 'bad-signature');
    assert.equal(detectorOf(old), undefined);
    assert.deepEqual(answerRefusal(forged), answerRefusal(old));
  });
});
