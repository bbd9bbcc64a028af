import assert from 'node:assert/strict';
import { MemoryCommandInbox } from '../../../src/adapters/memory/memory-command-inbox.ts';
import { MemoryIncidentStore } from '../../../src/adapters/memory/memory-incident-store.ts';
import { MemoryOwnershipStore } from '../../../src/adapters/memory/memory-ownership-store.ts';
import { admitMessage, nonceSpanMs } from '../../../src/application/gateway/admit-message.ts';
import { answerRefusal } from '../../../src/application/gateway/answer-refusal.ts';
import { canaryList } from '../../../src/application/gateway/canary-list.ts';
import { loadCurb } from '../../../src/application/gateway/curb-load.ts';
import { guardAdmission } from '../../../src/application/gateway/guard-admission.ts';
import { measuresInForce } from '../../../src/application/gateway/measures-in-force.ts';
import { noteRefusal } from '../../../src/application/gateway/note-refusal.ts';
import { raiseIncident } from '../../../src/application/gateway/raise-incident.ts';
import { tellIncidents } from '../../../src/application/gateway/tell-incidents.ts';
import { watchTraffic } from '../../../src/application/gateway/watch-traffic.ts';
import type { CustomerAssertion, Envelope } from '../../../src/application/ports/envelope.ts';
import type { AccountId, CustomerId } from '../../../src/domain/ids.ts';
import { allDetectors } from '../../../src/domain/protection/detectors/all-detectors.ts';
import {
  type DetectionSettings,
  usualDetection,
} from '../../../src/domain/protection/detectors/settings.ts';
import { nonceWindow } from '../../../src/domain/protection/nonce-window.ts';
import { instant, later, minute, second } from '../../../src/domain/time.ts';

const anna = 'anna' as CustomerId;
const canary = 'canary' as AccountId;
const start = instant(1_000_000_000);

const givenGuard = async (more: Partial<DetectionSettings> = {}) => {
  const settings = { ...usualDetection, ...more };
  const time = { now: start };
  const clock = { now: () => time.now };
  const ownership = new MemoryOwnershipStore();
  for (const accountId of ['own', 'other'] as AccountId[]) {
    const customerId = accountId === 'own' ? anna : ('boris' as CustomerId);
    await ownership.learn({ accountId, customerId, version: 1 });
  }
  const store = new MemoryIncidentStore();
  const incidents = tellIncidents(settings.shadow, raiseIncident(store, clock), () => undefined);
  const { weights, levels } = settings.suspicion;
  const measures = measuresInForce(levels, () => 0.5);
  const watch = watchTraffic(
    allDetectors(settings, 1),
    weights,
    { measures, curb: loadCurb(usualDetection) },
    incidents,
    clock,
  );
  const nonces = nonceWindow(nonceSpanMs, start);
  const canaries = canaryList([canary]);
  const needs = { watch, incidents, measures, canaries, ownership, settings };
  const inbox = new MemoryCommandInbox();
  const admit = guardAdmission(needs, clock)(admitMessage(ownership, inbox, nonces, clock));
  const noted = noteRefusal(watch, canaries, clock);
  let nonce = 0;
  const ask = async (accountId: string, more: Partial<Envelope> = {}) => {
    nonce += 1;
    const envelope: Envelope = {
      id: 'q',
      source: 'portal-1',
      type: 'ledger.read-account',
      messageClass: 'query',
      issuedAt: time.now,
      expiresAt: later(time.now, 3_000),
      nonce: String(nonce),
      subject: anna,
      correlationId: 'q',
      assertion: undefined,
      idempotencyKey: undefined,
      status: undefined,
      retryAfterMs: undefined,
      data: { accountId },
      dataschema: 'ledger.read-account/1.0',
      assertionToken: undefined,
      carriedBy: undefined,
      ...more,
    };
    const answer = await admit({ envelope, requestHash: '' });
    if (!answer.ok) noted(envelope, answer.refusal);
    return answer.ok ? 'admitted' : answerRefusal(answer.refusal).status;
  };
  const pay = (accountId: string, data: object = {}) =>
    ask(accountId, {
      type: 'ledger.record-payment',
      messageClass: 'command',
      idempotencyKey: `key ${String(nonce)}`,
      data: { accountId, ...data },
    });
  const keys = async () => (await store.list(50)).map(({ key, severity }) => `${severity} ${key}`);
  return { ask, pay, watch, measures, keys, time, canaries };
};

const assertionOf = (sessionId: string): CustomerAssertion => ({
  customerId: anna,
  sessionId,
  level: 'second-step',
  authenticatedAt: start,
  accounts: [],
  subnet: '10.0.0.0/24',
});

describe('GuardAdmission', () => {
  it('lets customers be', async () => {
    const { ask, pay, watch, keys } = await givenGuard();

    assert.equal(await ask('own'), 'admitted');
    assert.equal(await pay('own'), 'admitted');
    await watch.drain();
    assert.deepEqual(await keys(), []);
  });

  it('quarantines with the third foreign object, and looks as usual then', async () => {
    const { ask, watch, keys } = await givenGuard();

    for (const object of ['a', 'b', 'other']) assert.equal(await ask(object), 'NOT_FOUND');

    assert.equal(await ask('own'), 'BUSY');
    assert.equal(await ask('c'), 'NOT_FOUND');
    await watch.drain();
    assert.deepEqual(await keys(), ['S1 foreign-object:anna']);
  });

  it('lets them back after ten minutes, and for longer the next time', async () => {
    const { ask, time } = await givenGuard();
    for (const object of ['a', 'b', 'c']) await ask(object);

    time.now = later(start, 10 * minute - 1);
    assert.equal(await ask('own'), 'BUSY');
    time.now = later(start, 10 * minute);
    assert.equal(await ask('own'), 'admitted');
    for (const object of ['d', 'e', 'f']) await ask(object);
    time.now = later(start, 30 * minute - 1);
    assert.equal(await ask('own'), 'BUSY');
  });

  it('quarantines the session alone where it is known', async () => {
    const { ask } = await givenGuard();
    const bad = { assertion: assertionOf('bad') };
    for (const object of ['a', 'b', 'c']) await ask(object, bad);

    assert.equal(await ask('own', bad), 'BUSY');
    assert.equal(await ask('own', { assertion: assertionOf('good') }), 'admitted');
  });

  it('lets money through whatever is held against its customer', async () => {
    const { ask, pay } = await givenGuard();
    for (const object of ['a', 'b', 'c']) await ask(object);

    assert.equal(await pay('own'), 'admitted');
  });

  it('answers for a canary as for what is not there, and is told at once', async () => {
    const { ask, pay, watch, keys, canaries } = await givenGuard();

    assert.equal(await ask(canary), 'NOT_FOUND');
    await watch.drain();
    assert.deepEqual(await keys(), ['S1 canary:anna']);
    assert.equal(await ask('own'), 'BUSY');
    assert.equal(await pay(canary), 'admitted');

    canaries.replace(1, ['own']);
    assert.equal(await ask('own', { subject: anna, assertion: assertionOf('x') }), 'BUSY');
  });

  it('finds nothing at a canary that the list calls so by mistake', async () => {
    const { ask, canaries } = await givenGuard();
    canaries.replace(1, ['own']);

    assert.equal(await ask('own'), 'NOT_FOUND');
  });

  it('gives a throttled customer a tenth', async () => {
    const { ask, measures, time } = await givenGuard();
    measures.take({ kind: 'customer', id: anna }, 'throttle', start);

    const answers: string[] = [];
    for (let n = 0; n < 60; n += 1) {
      time.now = later(start, n * second);
      answers.push(await ask('own'));
    }

    const admitted = answers.filter((answer) => answer === 'admitted').length;
    assert.ok(admitted >= 12 && admitted <= 14, `${String(admitted)} of 60`);
    assert.ok(answers.includes('BUSY'));
  });

  it('tells of a clock that is off, but not of a command that waited', async () => {
    const { ask, watch, keys, time } = await givenGuard();
    const [early, late] = [later(start, 5_001), instant(start - 8_001)];
    await ask('own', { issuedAt: early, expiresAt: later(early, 3_000) });
    await ask('own', { issuedAt: late, expiresAt: later(late, 3_000), source: 'portal-2' });
    await ask('own', { issuedAt: later(start, 5_000), source: 'portal-3' });
    time.now = later(start, 3_600_000);
    const command = { messageClass: 'command', issuedAt: start, expiresAt: start } as const;
    await ask('own', { ...command, source: 'portal' });
    await watch.drain();

    assert.deepEqual((await keys()).toSorted(), [
      'S2 clock-skew:portal-1',
      'S2 clock-skew:portal-2',
    ]);
  });

  it('counts texts that look like an attack and blocks none', async () => {
    const { pay, ask, watch, keys } = await givenGuard();

    assert.equal(await pay('own', { method: '<script>alert(1)</script>' }), 'admitted');
    assert.equal(await pay('own', { method: "x' OR 1=1 --" }), 'admitted');
    await watch.drain();

    assert.deepEqual(await keys(), ['S4 attack-text:anna']);
    assert.equal(await ask('own'), 'admitted');
  });

  it('does nothing but count where the detector is in shadow', async () => {
    const { ask, watch, keys } = await givenGuard({ shadow: ['foreign-object'] });
    for (const object of ['a', 'b', 'c', 'd']) assert.equal(await ask(object), 'NOT_FOUND');
    await watch.drain();

    assert.equal(await ask('own'), 'admitted');
    assert.deepEqual(await keys(), []);
  });

  it('asks about nothing where no account is named', async () => {
    const { ask, measures } = await givenGuard();

    assert.equal(await ask('', { data: {} }), 'admitted');
    measures.take({ kind: 'customer', id: anna }, 'quarantine', start);
    assert.equal(await ask('', { data: {} }), 'BUSY');
  });
});
