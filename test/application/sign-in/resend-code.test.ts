import assert from 'node:assert/strict';
import fc from 'fast-check';
import { issueCode } from '../../../src/application/sign-in/issue-code.ts';
import { resendCode } from '../../../src/application/sign-in/resend-code.ts';
import type { AttemptId } from '../../../src/domain/ids.ts';
import { refused } from '../../../src/domain/result.ts';
import { later, minute, second } from '../../../src/domain/time.ts';
import { fcFewRuns } from '../../support/fc-runs.ts';
import { fixedRandomness, freshId, noon, openLimiter, secrets } from '../../support/given.ts';
import { browserHash, givenSignIns, host } from '../../support/given-sign-ins.ts';
import { interleaved } from '../../support/interleaved.ts';

describe('ResendCode', () => {
  it('sends a new code, and the old one stops working at once', async () => {
    const { begin, resend, readPhone, enter, clock, texts } = await givenSignIns();
    const attemptId = await begin();
    const old = await readPhone();
    clock.move(60 * second);

    const answer = await resend({ attemptId, browserHash });
    const fresh = await readPhone();

    assert.deepEqual(answer.ok && answer.value, {
      attemptId,
      codeLength: 6,
      expiresAt: later(noon, 6 * minute),
      resendAt: later(noon, 180 * second),
    });
    assert.equal(texts.length, 2);
    assert.notEqual(fresh, old);
    const refusal = refused({ reason: 'code-wrong', attemptsLeft: 4 });
    assert.deepEqual(await enter(attemptId, old), refusal);
    assert.equal((await enter(attemptId, fresh)).ok, true);
  });

  it('waits 60, 120 and 300 seconds to the millisecond, and sends no fourth time', async () => {
    const { begin, resend, clock } = await givenSignIns();
    const attemptId = await begin();

    for (const seconds of [60, 120, 300]) {
      clock.move(seconds * second - 1);
      const early = await resend({ attemptId, browserHash });
      assert.deepEqual(early, refused({ reason: 'resend-too-early', retryAfterMs: 1 }));
      clock.move(1);
      assert.equal((await resend({ attemptId, browserHash })).ok, true);
    }

    clock.move(60 * second);
    const fourth = await resend({ attemptId, browserHash });
    assert.deepEqual(fourth, refused({ reason: 'too-many-sends' }));
  });

  it('says that the attempt’s end is near when no more codes will be sent', async () => {
    const { begin, resend, clock } = await givenSignIns();
    const attemptId = await begin();
    const views = [];
    for (const seconds of [60, 120, 300]) {
      clock.move(seconds * second);
      views.push(await resend({ attemptId, browserHash }));
    }

    const last = views.at(-1);

    assert.equal(last?.ok && last.value.resendAt, later(noon, 10 * minute));
  });

  it('knows an attempt in its own browser and in its own time only', async () => {
    const unknown = refused({ reason: 'attempt-unknown' });
    const { begin, resend, clock } = await givenSignIns();
    const attemptId = await begin();
    clock.move(10 * minute);

    assert.deepEqual(await resend({ attemptId, browserHash: 'thief' }), unknown);
    assert.deepEqual(await resend({ attemptId: freshId<AttemptId>(), browserHash }), unknown);
    assert.deepEqual(await resend({ attemptId, browserHash }), unknown);
  });

  it('answers an unknown login just the same, and sends nothing', async () => {
    const { begin, resend, readPhone, clock, texts } = await givenSignIns();
    const [known, unknown] = [await begin(), await begin('nobody')];
    clock.move(60 * second);

    const [one, other] = [
      await resend({ attemptId: known, browserHash }),
      await resend({ attemptId: unknown, browserHash }),
    ];
    await readPhone();

    assert.deepEqual(
      { ...(one.ok && one.value), attemptId: '' },
      { ...(other.ok && other.value), attemptId: '' },
    );
    assert.equal(texts.length, 2);
  });

  it('sends no more to one customer than the limit allows, and does not say so', async () => {
    const { begin, resend, readPhone, clock, texts } = await givenSignIns({
      limiter: openLimiter('sms-login'),
    });
    const attemptId = await begin();
    clock.move(60 * second);

    const answer = await resend({ attemptId, browserHash });
    await readPhone();

    assert.equal(answer.ok, true);
    assert.equal(texts.length, 1);
  });

  it('sends one code, in whatever order parallel requests run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 5 }), async (s, count) => {
        const { begin, readPhone, clock, stores, texts } = await givenSignIns();
        const attemptId = await begin();
        clock.move(60 * second);
        const store = interleaved(s, stores.signIns);
        const issue = issueCode(fixedRandomness(), secrets, host);
        const resend = resendCode(store, openLimiter(), issue, clock);

        const asked = Array.from({ length: count }, () => resend({ attemptId, browserHash }));
        const answers = await s.waitFor(Promise.all(asked));
        await readPhone();

        assert.equal(answers.filter(({ ok }) => ok).length, 1);
        assert.equal(texts.length, 2);
        for (const answer of answers) {
          if (!answer.ok) assert.equal(answer.refusal.reason, 'resend-too-early');
        }
      }),
      fcFewRuns,
    );
  });
});
