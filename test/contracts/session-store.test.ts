import assert from 'node:assert/strict';
import type { AttemptId, CodeId } from '../../src/domain/ids.ts';
import { openSession, type Session } from '../../src/domain/session.ts';
import { openAttempt } from '../../src/domain/sign-in.ts';
import { later, minute } from '../../src/domain/time.ts';
import { freshId, givenCustomer, givenMessage, noon } from '../support/given.ts';
import { onEveryStore } from '../support/portal-stores.ts';

onEveryStore('the session store', (stores) => {
  const anna = givenCustomer();
  const givenSession = async (tokenHash: string): Promise<Session> => {
    const { customers, signIns } = stores();
    await customers.put(anna, 1);
    const attempt = openAttempt(freshId<AttemptId>(), anna.id, 'browser', noon);
    const code = { id: freshId<CodeId>(), attemptId: attempt.id, purpose: 'sign-in' } as const;
    await signIns.open(attempt, { ...code, mac: '', expiresAt: later(noon, 1) }, givenMessage());
    const session = openSession(tokenHash, anna.id, noon);
    await signIns.complete(attempt.id, code.id, session, noon);
    return session;
  };

  it('finds a session together with whose it is', async () => {
    const session = await givenSession('one');

    assert.deepEqual(await stores().sessions.find('one'), { session, customer: anna });
  });

  it('finds nothing for a token nobody was given', async () => {
    await givenSession('one');

    assert.equal(await stores().sessions.find('another'), undefined);
  });

  it('remembers when somebody was last there', async () => {
    const session = await givenSession('one');

    await stores().sessions.touch('one', later(noon, minute));

    const found = await stores().sessions.find('one');
    assert.deepEqual(found?.session, { ...session, lastSeenAt: later(noon, minute) });
  });

  it('finds no session that was ended, and ends no other with it', async () => {
    await givenSession('one');
    await givenSession('two');

    await stores().sessions.end('one');
    await stores().sessions.end('one');

    assert.equal(await stores().sessions.find('one'), undefined);
    assert.ok(await stores().sessions.find('two'));
  });

  it('does not bring an ended session back by touching it', async () => {
    await givenSession('one');
    await stores().sessions.end('one');

    await stores().sessions.touch('one', later(noon, minute));

    assert.equal(await stores().sessions.find('one'), undefined);
  });
});
