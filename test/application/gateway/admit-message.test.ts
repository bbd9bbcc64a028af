import assert from 'node:assert/strict';
import { MemoryCommandInbox } from '../../../src/adapters/memory/memory-command-inbox.ts';
import { MemoryOwnershipStore } from '../../../src/adapters/memory/memory-ownership-store.ts';
import {
  admitMessage,
  detectorOf,
  nonceSpanMs,
  skewMs,
} from '../../../src/application/gateway/admit-message.ts';
import { answerRefusal } from '../../../src/application/gateway/answer-refusal.ts';
import { learnOwnership } from '../../../src/application/gateway/learn-ownership.ts';
import type { Envelope } from '../../../src/application/ports/envelope.ts';
import type { AccountId, CustomerId } from '../../../src/domain/ids.ts';
import { nonceWindow } from '../../../src/domain/protection/nonce-window.ts';
import { instant, later } from '../../../src/domain/time.ts';

const anna = 'anna' as CustomerId;
const boris = 'boris' as CustomerId;
const annasAccount = 'account-of-anna' as AccountId;
const start = instant(1_000_000_000);

const query: Envelope = {
  id: 'q',
  source: 'portal-1',
  type: 'ledger.read-account',
  dataschema: 'ledger.read-account/1.0',
  messageClass: 'query',
  issuedAt: start,
  expiresAt: later(start, 3_000),
  nonce: 'n',
  subject: anna,
  correlationId: 'q',
  assertionToken: undefined,
  assertion: undefined,
  idempotencyKey: undefined,
  status: undefined,
  retryAfterMs: undefined,
  data: { accountId: annasAccount },
  carriedBy: undefined,
};
const command: Envelope = {
  ...query,
  source: 'portal',
  type: 'ledger.record-payment',
  messageClass: 'command',
  idempotencyKey: 'key',
};

const givenGateway = async (nonceLimit = 1_000) => {
  const ownership = new MemoryOwnershipStore();
  await learnOwnership(ownership)({ accountId: annasAccount, customerId: anna, version: 1 });
  const time = { now: start };
  const admit = admitMessage(
    ownership,
    new MemoryCommandInbox(),
    nonceWindow(nonceSpanMs, start, nonceLimit),
    { now: () => time.now },
  );
  const reasonFor = async (envelope: Envelope, requestHash: string | null = 'hash') => {
    const answer = await admit({ envelope, ...(requestHash !== null && { requestHash }) });
    return answer.ok ? 'admitted' : answer.refusal.reason;
  };
  return { reasonFor, time };
};

describe('AdmitMessage', () => {
  it('admits a customer’s question about an own account', async () => {
    const { reasonFor } = await givenGateway();

    assert.equal(await reasonFor(query), 'admitted');
  });

  it('takes messages from clocks half a minute off, and no further', async () => {
    const { reasonFor, time } = await givenGateway();

    time.now = instant(query.expiresAt + skewMs - 1);
    assert.equal(await reasonFor(query), 'admitted');
    time.now = instant(query.expiresAt + skewMs);
    assert.equal(await reasonFor({ ...query, nonce: 'b' }), 'expired');
    const ahead = later(time.now, skewMs);
    const early = { ...query, issuedAt: ahead, expiresAt: later(ahead, 3_000) };
    assert.equal(await reasonFor({ ...early, nonce: 'c' }), 'admitted');
    assert.equal(await reasonFor({ ...early, issuedAt: later(ahead, 1), nonce: 'd' }), 'too-early');
  });

  it('refuses a question that came before, but not another’s with the same nonce', async () => {
    const { reasonFor } = await givenGateway();
    await reasonFor(query);

    assert.equal(await reasonFor(query), 'replayed');
    assert.equal(await reasonFor({ ...query, source: 'portal-2' }), 'admitted');
  });

  it('refuses questions from before it started', async () => {
    const { reasonFor } = await givenGateway();

    const reason = await reasonFor({ ...query, issuedAt: instant(start - 1) });

    assert.equal(reason, 'issued-before-start');
  });

  it('refuses more questions than it can remember', async () => {
    const { reasonFor } = await givenGateway(1);
    await reasonFor(query);

    assert.equal(await reasonFor({ ...query, nonce: 'other' }), 'over-budget');
  });

  it('lets the portal ask nothing but the closed list', async () => {
    const { reasonFor } = await givenGateway();

    assert.equal(
      await reasonFor({ ...query, type: 'ledger.account-changed', messageClass: 'event' }),
      'not-allowed',
    );
    assert.equal(await reasonFor({ ...command, idempotencyKey: undefined }), 'not-allowed');
  });

  it('refuses a question about somebody else’s account as it does one nobody knows', async () => {
    const { reasonFor } = await givenGateway();
    const unknown = { accountId: 'nobody’s' };

    assert.equal(await reasonFor({ ...query, subject: boris }), 'foreign-object');
    assert.equal(await reasonFor({ ...query, nonce: 'b', data: unknown }), 'foreign-object');
  });

  it('lets money for an account nobody told of inside, where it is kept in suspense', async () => {
    const { reasonFor } = await givenGateway();
    const data = { accountId: 'nobody’s' };

    assert.equal(await reasonFor({ ...command, data }), 'admitted');
    assert.equal(
      await reasonFor({ ...command, subject: boris, idempotencyKey: 'k2' }),
      'foreign-object',
    );
  });

  it('asks for no owner where no account is named', async () => {
    const { reasonFor } = await givenGateway();

    for (const [n, data] of [undefined, {}, { accountId: 5 }].entries()) {
      assert.equal(await reasonFor({ ...query, nonce: String(n), data }), 'admitted');
    }
  });

  it('lets no command through that cannot be told from another', async () => {
    const { reasonFor } = await givenGateway();

    assert.equal(await reasonFor({ ...command, idempotencyKey: undefined }), 'not-allowed');
    assert.equal(await reasonFor(command, null), 'not-allowed');
  });

  it('lets a repeated command through, but not another one under its key', async () => {
    const { reasonFor } = await givenGateway();
    await reasonFor(command);

    assert.equal(await reasonFor(command), 'admitted');
    assert.equal(await reasonFor(command, 'other'), 'key-conflict');
  });
});

describe('AnswerRefusal', () => {
  it('tells nobody why: a foreign object is not there, everything else is busy', () => {
    assert.equal(answerRefusal({ reason: 'foreign-object' }).status, 'NOT_FOUND');
    const quiet = answerRefusal({ reason: 'replayed' });
    for (const reason of ['expired', 'not-allowed', 'issued-before-start'] as const) {
      assert.deepEqual(answerRefusal({ reason }), quiet);
    }
    assert.deepEqual(answerRefusal({ reason: 'over-budget', retryAfterMs: 0 }), {
      status: 'BUSY',
      retryAfterMs: 1,
    });
  });

  it('sees an attack in what no honest portal does', () => {
    assert.equal(detectorOf({ reason: 'replayed' }), 'replay');
    assert.equal(detectorOf({ reason: 'key-conflict' }), 'replay');
    assert.equal(detectorOf({ reason: 'foreign-object' }), 'foreign-object');
    assert.equal(detectorOf({ reason: 'not-allowed' }), 'bad-schema');
    assert.equal(detectorOf({ reason: 'expired' }), undefined);
    assert.equal(detectorOf({ reason: 'over-budget', retryAfterMs: 1 }), undefined);
  });
});
