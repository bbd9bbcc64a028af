import assert from 'node:assert/strict';
import { recogniseStaff, signOutStaff } from '../../../src/application/staff/recognise-staff.ts';
import { refused } from '../../../src/domain/result.ts';
import { minute, second } from '../../../src/domain/time.ts';
import { openLimiter, stoppedClock } from '../../support/given.ts';
import { givenPerson } from '../../support/given-staff.ts';

const wrong = refused({ reason: 'staff-sign-in-wrong' });

describe('signing in at the desk', () => {
  it('takes password and code together', async () => {
    const clock = stoppedClock();
    const { signIn, code, vera } = await givenPerson(clock);

    const answer = await signIn({ login: ' Vera', code: code() });

    assert.ok(answer.ok);
    assert.deepEqual(answer.value.person, vera);
  });

  it('answers a wrong password, a wrong code and an unknown login alike', async () => {
    const { signIn, code } = await givenPerson(stoppedClock());

    assert.deepEqual(await signIn({ password: 'wrong', code: code() }), wrong);
    assert.deepEqual(await signIn({ code: code(5) }), wrong);
    assert.deepEqual(await signIn({ code: '' }), wrong);
    assert.deepEqual(await signIn({ login: 'nobody', code: code() }), wrong);
  });

  it('takes a code once, and none before one that was used', async () => {
    const clock = stoppedClock();
    const { signIn, code } = await givenPerson(clock);

    const parallel = await Promise.all([signIn({ code: code() }), signIn({ code: code() })]);

    assert.equal(parallel.filter(({ ok }) => ok).length, 1);
    assert.deepEqual(await signIn({ code: code(-1) }), wrong);
    clock.move(30 * second);
    assert.ok((await signIn({ code: code() })).ok);
  });

  it('takes the codes of one step beside, for clocks that differ, and no others', async () => {
    for (const [away, isTaken] of [
      [-2, false],
      [-1, true],
      [1, true],
      [2, false],
    ] as const) {
      const { signIn, code } = await givenPerson(stoppedClock());
      assert.equal((await signIn({ code: code(away) })).ok, isTaken, String(away));
    }
  });

  it('refuses more tries than the limits allow, before it looks at anything', async () => {
    for (const limit of ['staff-login', 'staff-address'] as const) {
      const { signIn, code } = await givenPerson(stoppedClock(), ['viewer'], openLimiter(limit));

      const answer = await signIn({ code: code() });

      assert.deepEqual(answer, refused({ reason: 'too-many-tries', retryAfterMs: 1_000 }));
    }
  });

  it('writes down who came, who was refused and who left', async () => {
    const clock = stoppedClock();
    const { store, signIn, code, vera } = await givenPerson(clock);
    await signIn({ login: 'nobody', code: code() });
    await signIn({ password: 'wrong', code: code() });
    const answer = await signIn({ code: code() });
    assert.ok(answer.ok);

    await signOutStaff(store, clock)(answer.value.session.tokenHash);

    const journal = await store.journal(10);
    assert.deepEqual(
      journal.map(({ action, staffId }) => [action, staffId]),
      [
        ['sign-out', vera.id],
        ['sign-in', vera.id],
        ['sign-in-refused', vera.id],
        ['sign-in-refused', undefined],
      ],
    );
  });
});

describe('a session at the desk', () => {
  it('is recognised until ten minutes of silence, and each request keeps it alive', async () => {
    const clock = stoppedClock();
    const { store, signIn, code } = await givenPerson(clock);
    const answer = await signIn({ code: code() });
    assert.ok(answer.ok);
    const { tokenHash } = answer.value.session;
    const recognise = recogniseStaff(store, clock);

    for (let n = 0; n < 3; n += 1) {
      clock.move(9 * minute);
      assert.ok(await recognise(tokenHash));
    }
    clock.move(10 * minute);
    assert.equal(await recognise(tokenHash), undefined);
    assert.equal(await store.findSession(tokenHash), undefined);
  });
});
