import assert from 'node:assert/strict';
import fc from 'fast-check';
import { enterCode } from '../../../src/application/sign-in/enter-code.ts';
import type { AttemptId } from '../../../src/domain/ids.ts';
import { refused } from '../../../src/domain/result.ts';
import { openSession } from '../../../src/domain/session.ts';
import { minute } from '../../../src/domain/time.ts';
import { fcFewRuns } from '../../support/fc-runs.ts';
import { freshId, noon, secrets } from '../../support/given.ts';
import { browserHash, givenSignIns } from '../../support/given-sign-ins.ts';
import { broken, interleaved } from '../../support/interleaved.ts';

const wrong = (attemptsLeft: number) => refused({ reason: 'code-wrong', attemptsLeft });
const spent = refused({ reason: 'code-spent' });

describe('EnterCode', () => {
  it('opens a session for the right code, typed with spaces too', async () => {
    const { begin, enter, readPhone, stores, anna } = await givenSignIns();
    const attemptId = await begin();
    const code = await readPhone();

    const answer = await enter(attemptId, `${code.slice(0, 3)} ${code.slice(3)}`);

    const session = openSession('token', anna.id, noon);
    assert.deepEqual(answer, { ok: true, value: session });
    assert.deepEqual(await stores.sessions.find('token'), { session, customer: anna });
  });

  it('takes a code once', async () => {
    const { begin, enter, readPhone, stores } = await givenSignIns();
    const attemptId = await begin();
    const code = await readPhone();
    await enter(attemptId, code);

    assert.deepEqual(await enter(attemptId, code, 'second'), spent);
    assert.equal(await stores.sessions.find('second'), undefined);
  });

  it('lets one guess wrong five times and counts them down, then not even the right one', async () => {
    const { begin, enter, readPhone } = await givenSignIns();
    const attemptId = await begin();
    const code = await readPhone();

    for (const left of [4, 3, 2, 1, 0]) {
      assert.deepEqual(await enter(attemptId, '999999'), wrong(left));
    }

    assert.deepEqual(await enter(attemptId, code), spent);
  });

  it('takes the right code as the fifth', async () => {
    const { begin, enter, readPhone } = await givenSignIns();
    const attemptId = await begin();
    const code = await readPhone();
    for (let n = 0; n < 4; n += 1) await enter(attemptId, '999999');

    assert.equal((await enter(attemptId, code)).ok, true);
  });

  it('spends no try on what cannot be a code', async () => {
    const { begin, enter } = await givenSignIns();
    const attemptId = await begin();

    const answer = await enter(attemptId, '12345');

    assert.deepEqual(answer, refused({ reason: 'code-malformed' }));
    assert.deepEqual(await enter(attemptId, '999999'), wrong(4));
  });

  it('takes the code in its last millisecond and not in the next', async () => {
    for (const [ms, isIn] of [
      [5 * minute - 1, true],
      [5 * minute, false],
    ] as const) {
      const { begin, enter, readPhone, clock } = await givenSignIns();
      const attemptId = await begin();
      const code = await readPhone();

      clock.move(ms);

      assert.equal((await enter(attemptId, code)).ok, isIn);
    }
  });

  it('is of no use in another browser', async () => {
    const { begin, readPhone, stores, clock } = await givenSignIns();
    const attemptId = await begin();
    const typed = await readPhone();

    const enter = enterCode(stores.signIns, secrets, clock);
    const answer = await enter({ attemptId, browserHash: 'thief', typed, tokenHash: 'token' });

    assert.deepEqual(answer, spent);
  });

  it('is spent for an attempt nobody made', async () => {
    const { enter } = await givenSignIns();

    assert.deepEqual(await enter(freshId<AttemptId>(), '000001'), spent);
  });

  it('is wrong for an unknown login, whatever is typed, with the same answers', async () => {
    const { begin, enter } = await givenSignIns();
    const attemptId = await begin('nobody');

    // The code that was made, and went nowhere, is 000001.
    const answers = [];
    for (let n = 0; n < 6; n += 1) answers.push(await enter(attemptId, '000001'));

    assert.deepEqual(answers, [wrong(4), wrong(3), wrong(2), wrong(1), wrong(0), spent]);
  });

  describe('after many wrong codes in a row', () => {
    const guessWrong = async (world: Awaited<ReturnType<typeof givenSignIns>>, times: number) => {
      for (let n = 0; n < times; n += 1) {
        await world.enter(await world.begin(), '999999');
      }
    };

    it('still takes the right one as the tenth', async () => {
      const world = await givenSignIns();
      await guessWrong(world, 9);
      const attemptId = await world.begin();

      assert.equal((await world.enter(attemptId, await world.readPhone())).ok, true);
    });

    it('makes the customer wait ten minutes after the tenth wrong one', async () => {
      const world = await givenSignIns();
      await guessWrong(world, 10);
      world.clock.move(10 * minute - 1);
      const attemptId = await world.begin();
      const code = await world.readPhone();

      const early = await world.enter(attemptId, code);
      world.clock.move(1);
      const inTime = await world.enter(attemptId, code);

      assert.deepEqual(early, wrong(4));
      assert.equal(inTime.ok, true);
    });

    it('counts no wrong code while one has to wait, so that nobody can be locked out for ever', async () => {
      const world = await givenSignIns();
      await guessWrong(world, 30);

      const credential = await world.stores.signIns.credentialOf(world.anna.id);
      assert.equal(credential?.codeFailures, 10);
    });

    it('forgets them after a right one', async () => {
      const world = await givenSignIns();
      await guessWrong(world, 9);
      const attemptId = await world.begin();
      await world.enter(attemptId, await world.readPhone());

      const credential = await world.stores.signIns.credentialOf(world.anna.id);
      assert.equal(credential?.codeFailures, 0);
    });
  });

  it('lets nobody in whose credential is gone meanwhile', async () => {
    const world = await givenSignIns(
      {},
      (store) =>
        new Proxy(store, {
          get: (target, name) =>
            name === 'credentialOf'
              ? async () => undefined
              : (Reflect.get(target, name) as (...args: unknown[]) => unknown).bind(target),
        }),
    );
    const attemptId = await world.begin();

    assert.deepEqual(await world.enter(attemptId, await world.readPhone()), wrong(4));
  });

  it('opens one session and compares five codes, in whatever order parallel tries run', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.boolean(), { maxLength: 8 }),
        async (s, guesses) => {
          const world = await givenSignIns();
          const attemptId = await world.begin();
          const code = await world.readPhone();
          const enter = enterCode(interleaved(s, world.stores.signIns), secrets, world.clock);

          const tries = guesses.map((isRight, n) =>
            enter({
              attemptId,
              browserHash,
              typed: isRight ? code : '999999',
              tokenHash: `token-${String(n)}`,
            }),
          );
          const answers = await s.waitFor(Promise.all(tries));

          const opened = answers.filter((answer) => answer.ok);
          const found = await Promise.all(
            guesses.map((_, n) => world.stores.sessions.find(`token-${String(n)}`)),
          );
          assert.ok(opened.length <= 1);
          assert.equal(found.filter((session) => session !== undefined).length, opened.length);
          const compared = answers.filter(
            (answer) => answer.ok || answer.refusal.reason === 'code-wrong',
          );
          assert.ok(compared.length <= 5);
          if (guesses.length <= 5 && guesses.includes(true)) assert.equal(opened.length, 1);
        },
      ),
      fcFewRuns,
    );
  });

  it('throws when the database is down, and opens nothing', async () => {
    const world = await givenSignIns();
    const attemptId = await world.begin();
    const typed = await world.readPhone();
    const down = broken(world.stores.signIns, 'complete');

    const answer = enterCode(
      down,
      secrets,
      world.clock,
    )({
      attemptId,
      browserHash,
      typed,
      tokenHash: 'token',
    });

    await assert.rejects(answer, /database is down/);
    assert.equal(await world.stores.sessions.find('token'), undefined);
  });
});
