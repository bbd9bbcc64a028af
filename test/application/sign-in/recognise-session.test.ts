import assert from 'node:assert/strict';
import { recogniseSession } from '../../../src/application/sign-in/recognise-session.ts';
import { sessionPolicy } from '../../../src/domain/session.ts';
import { hour, later, minute } from '../../../src/domain/time.ts';
import { noon } from '../../support/given.ts';
import { givenSignIns } from '../../support/given-sign-ins.ts';
import { broken, overheard } from '../../support/interleaved.ts';

describe('RecogniseSession', () => {
  const given = async () => {
    const { begin, enter, readPhone, stores, clock, anna } = await givenSignIns();
    await enter(await begin(), await readPhone());
    const calls: string[] = [];
    const recognise = recogniseSession(overheard(stores.sessions, calls), clock);
    return { recognise: () => recognise('token'), stores, clock, anna, calls };
  };

  it('tells who is there', async () => {
    const { recognise, anna, calls } = await given();

    const found = await recognise();

    assert.deepEqual(found?.customer, anna);
    assert.deepEqual(calls, ['find']);
  });

  it('knows nobody by another token', async () => {
    const { stores, clock } = await given();

    assert.equal(await recogniseSession(stores.sessions, clock)('another'), undefined);
  });

  it('notes once a minute that somebody is there', async () => {
    const { recognise, clock, calls, stores } = await given();

    clock.move(minute - 1);
    await recognise();
    clock.move(1);
    const found = await recognise();
    await recognise();

    assert.deepEqual(calls, ['find', 'find', 'touch', 'find']);
    assert.equal(found?.session.lastSeenAt, later(noon, minute));
    assert.deepEqual((await stores.sessions.find('token'))?.session, found.session);
  });

  it('ends a session that was idle for too long', async () => {
    const { recognise, clock, stores } = await given();

    clock.move(sessionPolicy.idleMs);

    assert.equal(await recognise(), undefined);
    assert.equal(await stores.sessions.find('token'), undefined);
  });

  it('ends a busy session after its whole time', async () => {
    const { recognise, clock } = await given();

    for (let at = 0; at < 12 * hour; at += 10 * minute) {
      assert.ok(await recognise());
      clock.move(10 * minute);
    }

    assert.equal(await recognise(), undefined);
  });

  it('throws when the database is down: nobody is taken for somebody', async () => {
    const { stores, clock } = await given();

    const recognise = recogniseSession(broken(stores.sessions, 'find'), clock);

    await assert.rejects(recognise('token'), /database is down/);
  });
});
