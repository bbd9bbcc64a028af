import assert from 'node:assert/strict';
import type { AttemptId, CodeId, CustomerId } from '../../src/domain/ids.ts';
import { codePolicy, type OneTimeCode } from '../../src/domain/one-time-code.ts';
import { openSession, sessionPolicy } from '../../src/domain/session.ts';
import { attemptLifetimeMs, openAttempt, type SignInAttempt } from '../../src/domain/sign-in.ts';
import { later, minute, type Instant } from '../../src/domain/time.ts';
import { freshId, givenCustomer, givenMessage, noon } from '../support/given.ts';
import { onEveryStore } from '../support/portal-stores.ts';

const browser = 'this-browser';

onEveryStore('the sign-in store', (stores) => {
  const givenAnna = async (): Promise<CustomerId> => {
    const anna = givenCustomer();
    await stores().customers.put(anna, 1);
    await stores().signIns.addCredential(anna.id, `login-${anna.contract}`, 'digest');
    return anna.id;
  };
  const givenCode = (attempt: SignInAttempt, now: Instant = noon): OneTimeCode => ({
    id: freshId<CodeId>(),
    attemptId: attempt.id,
    purpose: 'sign-in',
    mac: 'mac',
    expiresAt: later(now, codePolicy.lifetimeMs),
  });
  const givenOpened = async (customer?: CustomerId) => {
    const attempt = openAttempt(freshId<AttemptId>(), customer, browser, noon);
    const code = givenCode(attempt);
    await stores().signIns.open(attempt, code, smsFor(code, customer));
    return { attempt, code };
  };
  const tries = async ({ attempt }: { attempt: SignInAttempt }, count: number, at = noon) =>
    (
      await Promise.all(
        Array.from({ length: count }, () => stores().signIns.spendTry(attempt.id, browser, at)),
      )
    ).filter((spent) => spent !== undefined);

  describe('credentials', () => {
    it('are found by login and by customer, with the phone the inside told', async () => {
      const anna = givenCustomer({ locale: 'en' });
      await stores().customers.put(anna, 1);
      await stores().signIns.addCredential(anna.id, 'anna', 'digest');

      const found = await stores().signIns.findCredential('anna');

      assert.equal(found?.customerId, anna.id);
      assert.equal(found.passwordHash, 'digest');
      assert.equal(found.phone, anna.phone);
      assert.equal(found.locale, 'en');
      assert.equal(found.codeFailures, 0);
      assert.ok(found.lastCodeFailureAt <= noon);
      assert.deepEqual(await stores().signIns.credentialOf(anna.id), found);
    });

    it('are not found under another login or for another customer', async () => {
      await givenAnna();

      assert.equal(await stores().signIns.findCredential('nobody'), undefined);
      assert.equal(await stores().signIns.credentialOf(freshId<CustomerId>()), undefined);
    });

    it('stay as they are when added again, and a login has one owner', async () => {
      const anna = givenCustomer();
      await stores().customers.put(anna, 1);
      await stores().signIns.addCredential(anna.id, 'anna', 'first');

      await stores().signIns.addCredential(anna.id, 'anna', 'second');

      assert.equal((await stores().signIns.findCredential('anna'))?.passwordHash, 'first');
      const taken = stores().signIns.addCredential(freshId<CustomerId>(), 'anna', 'third');
      await assert.rejects(taken);
    });

    it('count every wrong code of a customer, also those of the same moment', async () => {
      const anna = await givenAnna();

      await Promise.all(
        Array.from({ length: 12 }, () => stores().signIns.noteWrongCode(anna, noon)),
      );

      const credential = await stores().signIns.credentialOf(anna);
      assert.equal(credential?.codeFailures, 12);
      assert.equal(credential.lastCodeFailureAt, noon);
    });

    it('count no wrong code of a customer nobody knows', async () => {
      await stores().signIns.noteWrongCode(freshId<CustomerId>(), noon);
    });
  });

  describe('an attempt', () => {
    it('is found in its own browser only', async () => {
      const { attempt } = await givenOpened(await givenAnna());

      const { signIns } = stores();
      assert.deepEqual(await signIns.findAttempt(attempt.id, browser, noon), attempt);
      assert.equal(await signIns.findAttempt(attempt.id, 'another-browser', noon), undefined);
      assert.equal(await signIns.findAttempt(freshId<AttemptId>(), browser, noon), undefined);
    });

    it('is there to its last millisecond and gone with its end', async () => {
      const { attempt } = await givenOpened();
      const end = later(noon, attemptLifetimeMs);

      const { signIns } = stores();
      assert.ok(await signIns.findAttempt(attempt.id, browser, later(end, -1)));
      assert.equal(await signIns.findAttempt(attempt.id, browser, end), undefined);
    });

    it('is kept for an unknown login just like for a known one', async () => {
      const { attempt } = await givenOpened(undefined);

      const found = await stores().signIns.findAttempt(attempt.id, browser, noon);
      const [spent] = await tries({ attempt }, 1);

      assert.deepEqual(found, attempt);
      assert.equal(spent?.customerId, undefined);
      assert.equal(spent?.triesLeft, codePolicy.triesPerCode - 1);
    });

    it('comes with its SMS in one commit', async () => {
      const anna = await givenAnna();

      const { code } = await givenOpened(anna);

      const [sms, ...others] = await stores().outbox.take(10, minute, noon);
      assert.deepEqual(sms, { ...smsFor(code, anna), attempts: 0 });
      assert.deepEqual(others, []);
    });
  });

  describe('tries', () => {
    it('are five, however many wrong guesses arrive at once', async () => {
      const opened = await givenOpened(await givenAnna());

      const spent = await tries(opened, 200);

      assert.equal(spent.length, codePolicy.triesPerCode);
      assert.deepEqual(spent.map(({ triesLeft }) => triesLeft).toSorted(), [0, 1, 2, 3, 4]);
      assert.ok(spent.every(({ mac, codeId }) => mac === 'mac' && codeId === opened.code.id));
    });

    it('are none in another browser, and such a guess costs nothing', async () => {
      const opened = await givenOpened(await givenAnna());

      const { signIns } = stores();
      assert.equal(await signIns.spendTry(opened.attempt.id, 'another', noon), undefined);
      assert.equal((await tries(opened, 5)).length, 5);
    });

    it('end with the code: its last millisecond counts, the next does not', async () => {
      const opened = await givenOpened(await givenAnna());

      assert.equal((await tries(opened, 1, later(opened.code.expiresAt, -1))).length, 1);
      assert.equal((await tries(opened, 1, opened.code.expiresAt)).length, 0);
    });

    it('are none after the code was used', async () => {
      const anna = await givenAnna();
      const opened = await givenOpened(anna);
      const session = openSession('token', anna, noon);
      await stores().signIns.complete(opened.attempt.id, opened.code.id, session, noon);

      assert.deepEqual(await tries(opened, 3), []);
    });
  });

  describe('a right code', () => {
    it('opens one session, however many tries finish at once', async () => {
      const anna = await givenAnna();
      const { attempt, code } = await givenOpened(anna);

      const opened = await Promise.all(
        Array.from({ length: 50 }, (_, n) => {
          const session = openSession(`parallel-${String(n)}`, anna, noon);
          return stores().signIns.complete(attempt.id, code.id, session, noon);
        }),
      );

      assert.equal(opened.filter(Boolean).length, 1);
      const sessions = await Promise.all(
        opened.map((_, n) => stores().sessions.find(`parallel-${String(n)}`)),
      );
      assert.deepEqual(
        sessions.map((found) => found !== undefined),
        opened,
      );
    });

    it('forgives the wrong ones before it', async () => {
      const anna = await givenAnna();
      const { attempt, code } = await givenOpened(anna);
      await stores().signIns.noteWrongCode(anna, noon);

      await stores().signIns.complete(attempt.id, code.id, openSession('t', anna, noon), noon);

      assert.equal((await stores().signIns.credentialOf(anna))?.codeFailures, 0);
    });

    it('is of no use for another attempt', async () => {
      const anna = await givenAnna();
      const { code } = await givenOpened(anna);
      const other = await givenOpened(anna);

      const session = openSession('t', anna, noon);
      const isOpened = await stores().signIns.complete(other.attempt.id, code.id, session, noon);

      assert.equal(isOpened, false);
      assert.equal(await stores().sessions.find('t'), undefined);
    });

    it('ends the oldest session when the customer has too many', async () => {
      const anna = await givenAnna();
      const count = sessionPolicy.perCustomer + 1;

      for (let n = 0; n < count; n += 1) {
        const { attempt, code } = await givenOpened(anna);
        const session = openSession(`s${String(n)}`, anna, later(noon, n));
        await stores().signIns.complete(attempt.id, code.id, session, noon);
      }

      assert.equal(await stores().sessions.find('s0'), undefined);
      assert.ok(await stores().sessions.find('s1'));
      assert.ok(await stores().sessions.find(`s${String(count - 1)}`));
    });
  });

  describe('a further code', () => {
    const resend = (attempt: SignInAttempt, sends: number) => {
      const at = later(noon, minute);
      const code = givenCode(attempt, at);
      const next = { ...attempt, sends, lastSentAt: at };
      const { signIns } = stores();
      return { code, done: signIns.replaceCode(next, code, smsFor(code), at), at };
    };

    it('takes the place of the one before, with tries of its own', async () => {
      const anna = await givenAnna();
      const opened = await givenOpened(anna);
      await tries(opened, 5);

      const { code, done, at } = resend(opened.attempt, 2);

      assert.equal(await done, true);
      const spent = await tries(opened, 9, at);
      assert.equal(spent.length, codePolicy.triesPerCode);
      assert.ok(spent.every(({ codeId }) => codeId === code.id));
      const session = openSession('t', anna, at);
      const { id } = opened.attempt;
      assert.equal(await stores().signIns.complete(id, opened.code.id, session, at), false);
      assert.equal(await stores().signIns.complete(id, code.id, session, at), true);
    });

    it('is made once, however often it is asked for at once, and leaves as one SMS', async () => {
      const { attempt } = await givenOpened(await givenAnna());

      const made = await Promise.all(Array.from({ length: 20 }, () => resend(attempt, 2).done));

      assert.equal(made.filter(Boolean).length, 1);
      assert.equal((await stores().outbox.take(50, minute, later(noon, minute))).length, 2);
      const now = await stores().signIns.findAttempt(attempt.id, browser, noon);
      assert.equal(now?.sends, 2);
      assert.equal(now.lastSentAt, later(noon, minute));
    });

    it('is not made for an attempt nobody opened', async () => {
      const attempt = openAttempt(freshId<AttemptId>(), undefined, browser, noon);

      assert.equal(await resend(attempt, 2).done, false);
    });
  });
});

const smsFor = (code: OneTimeCode, customerId?: CustomerId): ReturnType<typeof givenMessage> =>
  givenMessage({ id: code.id, topic: 'sms', customerId, body: '{"sealed":""}' });
