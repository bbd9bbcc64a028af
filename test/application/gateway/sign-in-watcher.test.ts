import assert from 'node:assert/strict';
import { MemoryIncidentStore } from '../../../src/adapters/memory/memory-incident-store.ts';
import { MemoryPeopleStore } from '../../../src/adapters/memory/memory-people-store.ts';
import { totpCode } from '../../../src/adapters/simulators/authenticator/authenticator.ts';
import { totp } from '../../../src/adapters/system/totp.ts';
import { acknowledgementToken } from '../../../src/application/gateway/acknowledgement-token.ts';
import { addWatcher } from '../../../src/application/gateway/add-watcher.ts';
import { lookAtLink } from '../../../src/application/gateway/look-at-link.ts';
import { recognisePerson } from '../../../src/application/recognise-person.ts';
import { signInWatcher } from '../../../src/application/gateway/sign-in-watcher.ts';
import { watcherCodes } from '../../../src/application/authenticator-codes.ts';
import type { IncidentId } from '../../../src/domain/protection/incident.ts';
import type { Watcher } from '../../../src/domain/protection/watcher.ts';
import { keyedRates } from '../../../src/domain/protection/keyed-rates.ts';
import { hour, instant, later, minute, second } from '../../../src/domain/time.ts';
import { morning } from '../../support/any-incident.ts';
import { fixedRandomness, secrets } from '../../support/given.ts';
import { plainHasher } from '../../support/given-staff.ts';

const given = async () => {
  const store = new MemoryPeopleStore<Watcher>();
  let now = morning;
  const clock = { now: () => now };
  const factor = totp('Kabinet');
  const codes = watcherCodes(factor, secrets);
  const add = addWatcher(store, plainHasher, codes, fixedRandomness());
  const secret = factor.newSecret();
  const igor = { login: ' Igor', name: 'Игорь', password: 'right', secret };
  assert.ok((await add(igor)).ok);
  const tries = keyedRates(instant(0));
  const signIn = signInWatcher(store, plainHasher, codes, tries, clock);
  let tokens = 0;
  return {
    store,
    add,
    igor,
    recognise: recognisePerson(store, clock),
    pass: (ms: number) => (now = later(now, ms)),
    signIn: (facts: { login?: string; password?: string; code?: string; address?: string } = {}) =>
      signIn({
        ...{ login: 'igor', password: 'right', address: '192.0.2.1' },
        code: totpCode(secret, Math.floor(now / 30_000)),
        tokenHash: `token ${String((tokens += 1))}`,
        ...facts,
      }),
  };
};
const reasons = (answer: { ok: boolean; refusal?: { reason: string } }): string =>
  answer.ok ? 'ok' : (answer.refusal?.reason ?? '');

describe('AddWatcher', () => {
  it('refuses what is no login, and one that is taken', async () => {
    const { add, igor } = await given();

    assert.equal(reasons(await add({ ...igor, login: 'Игорь' })), 'login-malformed');
    assert.equal(reasons(await add(igor)), 'login-taken');
  });
});

describe('SignInWatcher', () => {
  it('wants login, password and code, and does not say which of them is wrong', async () => {
    const { signIn } = await given();

    for (const wrong of [
      { login: 'anna' },
      { login: 'no login at all' },
      { password: 'wrong' },
      { password: 'right'.padEnd(200) },
      { code: '000000' },
    ]) {
      assert.equal(reasons(await signIn(wrong)), 'sign-in-wrong');
    }
    assert.equal(reasons(await signIn({ login: ' IGOR ' })), 'ok');
    assert.equal(reasons(await signIn()), 'sign-in-wrong', 'the code was used');
  });

  it('holds back who tries one login, one address, or names nobody can have', async () => {
    const last = async (facts: (n: number) => Record<string, string>, times: number) => {
      const { signIn } = await given();
      const answers: string[] = [];
      for (let n = 0; n <= times; n += 1) {
        answers.push(reasons(await signIn({ code: '0', ...facts(n) })));
      }
      return answers.slice(-2);
    };

    const held = ['sign-in-wrong', 'too-many-tries'];
    assert.deepEqual(await last((n) => ({ address: `192.0.2.${String(n)}` }), 10), held);
    assert.deepEqual(await last((n) => ({ login: `some-${String(n)}` }), 30), held);
    const nobody = (n: number) => ({ login: `№${String(n)}`, address: `192.0.2.${String(n)}` });
    assert.deepEqual(await last(nobody, 10), held);
  });
});

describe('recognisePerson', () => {
  it('knows a session for ten idle minutes, eight hours in all; a page keeps none alive', async () => {
    const { signIn, recognise, pass } = await given();
    assert.ok((await signIn()).ok);

    pass(10 * minute - 1);
    assert.ok(await recognise('token 1', 'page'));
    assert.ok(await recognise('token 1', 'person'));
    pass(30 * second);
    assert.ok(await recognise('token 1', 'person'), 'nothing is written within a minute');
    for (let passed = 0; passed < 8 * hour - 20 * minute; passed += 9 * minute) {
      pass(9 * minute);
      assert.ok(await recognise('token 1', 'person'));
    }
    pass(10 * minute);
    assert.equal(await recognise('token 1', 'person'), undefined);
    assert.equal(await recognise('token 1', 'person'), undefined);
    assert.equal(await recognise('nobody’s', 'person'), undefined);
  });
});

describe('LookAtLink', () => {
  it('says that a link of an incident nobody knows is not ours', async () => {
    const look = lookAtLink(new MemoryIncidentStore(), secrets, { now: () => morning });
    const of = { incidentId: 'gone' as IncidentId, openings: 1, person: 'anna' };

    assert.deepEqual(await look(acknowledgementToken(secrets, of, morning)), { state: 'not-ours' });
  });
});
