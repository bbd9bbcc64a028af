import assert from 'node:assert/strict';
import { startSignIn } from '../../../src/application/sign-in/start-sign-in.ts';
import { issueCode } from '../../../src/application/sign-in/issue-code.ts';
import { signInText } from '../../../src/application/sign-in/sms-texts.ts';
import type { AttemptId } from '../../../src/domain/ids.ts';
import { refused } from '../../../src/domain/result.ts';
import { later, minute, second } from '../../../src/domain/time.ts';
import { fixedRandomness, freshId, noon, openLimiter, secrets } from '../../support/given.ts';
import { browserHash, givenSignIns, host } from '../../support/given-sign-ins.ts';
import { broken, overheard } from '../../support/interleaved.ts';

const request = (login: string, password: string) => ({
  attemptId: freshId<AttemptId>(),
  login,
  password,
  browserHash,
  address: '192.0.2.1',
});

describe('StartSignIn', () => {
  it('sends a code to the customer’s phone', async () => {
    const { start, readPhone, texts, anna } = await givenSignIns();
    const asked = request('anna', 'secret');

    const answer = await start(asked);

    assert.deepEqual(answer.ok && answer.value, {
      attemptId: asked.attemptId,
      codeLength: 6,
      expiresAt: later(noon, 5 * minute),
      resendAt: later(noon, 60 * second),
    });
    const code = await readPhone();
    assert.deepEqual(texts, [{ to: anna.phone, text: signInText('ru', code, host) }]);
  });

  it('knows the login however it is written', async () => {
    const { begin, readPhone } = await givenSignIns();

    await begin('  ANNA ');

    assert.notEqual(await readPhone(), '');
  });

  it('writes in the customer’s language', async () => {
    const { begin, readPhone, texts } = await givenSignIns({ anna: { locale: 'en' } });

    await begin();

    const code = await readPhone();
    assert.equal(texts[0]?.text, signInText('en', code, host));
  });

  for (const [who, login, password] of [
    ['an unknown login', 'nobody', 'secret'],
    ['a wrong password', 'anna', 'guess'],
    ['a password of megabytes', 'anna', 'secret'.repeat(100_000)],
  ] as const) {
    it(`answers ${who} just like a right one, after the same work, and sends nothing`, async () => {
      const calls: string[] = [];
      const { start, passwords, readPhone, texts } = await givenSignIns({}, (store) =>
        overheard(store, calls),
      );
      await start(request('anna', 'secret'));
      const callsOfRight = calls.splice(0);
      await readPhone();

      const wrong = request(login, password);
      const answer = await start(wrong);

      assert.deepEqual(answer.ok && answer.value, {
        attemptId: wrong.attemptId,
        codeLength: 6,
        expiresAt: later(noon, 5 * minute),
        resendAt: later(noon, 60 * second),
      });
      assert.deepEqual(calls, callsOfRight);
      assert.equal(passwords.looks.length, 2);
      assert.ok(passwords.looks.every((look) => look.length <= 256));
      await readPhone();
      assert.equal(texts.length, 1);
    });
  }

  for (const limit of ['sign-in-login', 'sign-in-address'] as const) {
    it(`refuses too many tries (${limit}) before it looks at the password`, async () => {
      const { start, passwords } = await givenSignIns({ limiter: openLimiter(limit) });

      const answer = await start(request('anna', 'secret'));

      assert.deepEqual(answer, refused({ reason: 'too-many-tries', retryAfterMs: 1_000 }));
      assert.deepEqual(passwords.looks, []);
    });
  }

  it('counts tries by the login as we know it, and by the address', async () => {
    const counted: string[] = [];
    const { start } = await givenSignIns({
      limiter: {
        spend: async (limit, key) => {
          counted.push(`${limit} ${key}`);
          return { allowed: true };
        },
      },
    });

    await start(request(' Anna', 'secret'));

    assert.deepEqual(counted, ['sign-in-login anna', 'sign-in-address 192.0.2.1']);
  });

  it('lets nobody in while it cannot count', async () => {
    const { start, passwords } = await givenSignIns({ limiter: broken(openLimiter(), 'spend') });

    await assert.rejects(start(request('anna', 'secret')), /database is down/);
    assert.deepEqual(passwords.looks, []);
  });

  it('makes a code that goes nowhere once SMS is no way in any more', async () => {
    const { stores, anna, begin, enter, readPhone, texts } = await givenSignIns();
    for (let n = 0; n < 50; n += 1) await stores.signIns.noteWrongCode(anna.id, later(noon, -1e9));

    const attemptId = await begin();

    assert.equal(await readPhone(), '');
    assert.deepEqual(texts, []);
    assert.deepEqual(
      await enter(attemptId, '000001'),
      refused({ reason: 'code-wrong', attemptsLeft: 4 }),
    );
  });

  it('keeps code, phone and text out of the waiting message', async () => {
    const { stores, begin, anna } = await givenSignIns();

    await begin();

    const [message] = await stores.outbox.take(1, minute, noon);
    assert.equal(message?.customerId, anna.id);
    assert.doesNotMatch(message.body, /000001|7999|Код/);
  });

  it('throws when the database is down', async () => {
    const { stores, passwords, clock } = await givenSignIns();
    const issue = issueCode(fixedRandomness(), secrets, host);
    const down = broken(stores.signIns, 'open');

    const start = startSignIn(down, passwords, openLimiter(), issue, clock);

    await assert.rejects(start(request('anna', 'secret')), /database is down/);
  });
});

describe('the text of a code', () => {
  // 22 characters, the longest host we promise for.
  const longHost = 'kabinet.company.exampl';

  it('fits one part of 70 UTF-16 units in Russian and of 160 letters in English', () => {
    assert.equal(longHost.length, 22);
    assert.ok(signInText('ru', '123456', longHost).length <= 70);
    assert.ok(signInText('en', '123456', longHost).length <= 160);
  });

  it('has in English only letters of the SMS alphabet', () => {
    assert.match(signInText('en', '123456', longHost), /^[A-Za-z0-9 .,:#@\n]+$/);
  });

  it('ends with the line that binds the code to our host', () => {
    for (const locale of ['ru', 'en'] as const) {
      assert.ok(signInText(locale, '123456', longHost).endsWith(`\n@${longHost} #123456`));
    }
  });
});
