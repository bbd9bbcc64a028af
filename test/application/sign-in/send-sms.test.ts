import assert from 'node:assert/strict';
import type { SmsOutcome } from '../../../src/application/ports/sms-sender.ts';
import { issueCode } from '../../../src/application/sign-in/issue-code.ts';
import { sendSms } from '../../../src/application/sign-in/send-sms.ts';
import type { Credential } from '../../../src/application/ports/sign-in-store.ts';
import type { AttemptId, CustomerId } from '../../../src/domain/ids.ts';
import type { PhoneNumber } from '../../../src/domain/phone-number.ts';
import { later, minute, second } from '../../../src/domain/time.ts';
import { fixedRandomness, idOf, noon, secrets, stoppedClock } from '../../support/given.ts';
import { scriptedSms } from '../../support/given-sign-ins.ts';

const anna: Credential = {
  customerId: idOf<CustomerId>(1),
  passwordHash: '',
  phone: '+79990000001' as PhoneNumber,
  locale: 'ru',
  codeFailures: 0,
  lastCodeFailureAt: noon,
};

describe('SendSms', () => {
  const given = (to: Credential | undefined = anna, ...answers: SmsOutcome[]) => {
    const clock = stoppedClock();
    const { sender, texts } = scriptedSms(...answers);
    const issue = issueCode(fixedRandomness(), secrets, 'kabinet.example');
    const { message } = issue(idOf<AttemptId>(2), to, noon);
    return {
      clock,
      texts,
      message: { ...message, attempts: 0 },
      send: sendSms(sender, secrets, clock),
    };
  };

  it('hands the text to the operator', async () => {
    const { message, send, texts } = given();

    assert.equal(await send(message), 'done');
    assert.equal(texts[0]?.to, anna.phone);
    assert.match(texts[0].text, /000001/);
  });

  it('drops what is meant for nobody', async () => {
    const { message, send, texts } = given({ ...anna, codeFailures: 50 });

    assert.equal(message.customerId, undefined);
    assert.equal(await send(message), 'done');
    assert.deepEqual(texts, []);
  });

  it('drops a code that is of no use any more, and sends one that still is', async () => {
    for (const [ms, copies] of [
      [5 * minute - 1, 1],
      [5 * minute, 0],
    ] as const) {
      const { message, send, texts, clock } = given();
      clock.move(ms);

      assert.equal(await send(message), 'done');
      assert.equal(texts.length, copies);
    }
  });

  it('sends nothing to what is no phone number', async () => {
    const { message, send, texts } = given({ ...anna, phone: '112' as PhoneNumber });

    assert.equal(await send(message), 'done');
    assert.deepEqual(texts, []);
  });

  it('takes a refusal for the last word', async () => {
    const { message, send } = given(anna, { outcome: 'refused', why: 'barred' });

    assert.equal(await send(message), 'done');
  });

  it('comes again when the operator says, and not within a second', async () => {
    for (const [asked, waits] of [
      [5_000, 5 * second],
      [10, second],
    ] as const) {
      const { message, send } = given(anna, {
        outcome: 'not-attempted',
        retryAfterMs: asked,
        why: 'throttled',
      });

      assert.deepEqual(await send(message), { againAt: later(noon, waits) });
    }
  });

  it('waits ten seconds before it risks a second copy', async () => {
    const { message, send } = given(anna, { outcome: 'unknown', why: 'timeout' });

    assert.deepEqual(await send(message), { againAt: later(noon, 10 * second) });
  });

  it('lets three copies leave at most', async () => {
    const { message, send, texts } = given();

    assert.equal(await send({ ...message, attempts: 2 }), 'done');
    assert.equal(await send({ ...message, attempts: 3 }), 'done');
    assert.equal(texts.length, 1);
  });

  it('does not send what somebody altered', async () => {
    const { message, send, texts } = given();

    await assert.rejects(send({ ...message, id: idOf(99) }));
    assert.deepEqual(texts, []);
  });
});
