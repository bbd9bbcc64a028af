import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MemorySmsSpending } from '../../../src/adapters/memory/memory-sms-spending.ts';
import { limitedSmsChannel, type SmsLimit } from '../../../src/application/gateway/sms-channel.ts';
import type { NoticeOutcome } from '../../../src/application/ports/notice-channel.ts';
import type { SmsOutcome, SmsSender } from '../../../src/application/ports/sms-sender.ts';
import { smsSegments } from '../../../src/domain/sms-text.ts';
import { day, dayIn, hour, minute, second } from '../../../src/domain/time.ts';
import { fcFewRuns } from '../../support/fc-runs.ts';
import { givenNotices, personOf } from '../../support/given-notices.ts';

const timeZone = 'Europe/Moscow';
const forged = { detector: 'bad-signature', target: 'portal-1', evidence: 'e' } as const;
const outcomes = ['accepted', 'unknown', 'refused', 'not-attempted'] as const;
type Answer = (typeof outcomes)[number];
const smsOnly = [{ kind: 'sms', address: '+79990000001' }] as const;
const smsFirst = [...smsOnly, { kind: 'mail', address: 'anna@example.ru' }] as const;

/** Notification whose short messages are limited, with an operator that answers as told. */
const givenLimited = (
  limit: Partial<SmsLimit>,
  channels: Parameters<typeof personOf>[1] = { channels: smsFirst },
  answerOf: () => Answer = () => 'accepted',
  mail: () => Answer = () => 'accepted',
) => {
  const texts: { readonly on: string; readonly text: string; readonly outcome: Answer }[] = [];
  const spending = new MemorySmsSpending();
  const told: string[] = [];
  const sender: SmsSender = {
    send: (_, text) => {
      const outcome = answerOf();
      texts.push({ on: dayIn(timeZone, world.now()), text, outcome });
      const answer: SmsOutcome =
        outcome === 'accepted'
          ? { outcome, reference: 'r' }
          : { outcome, why: 'told to', retryAfterMs: 1 };
      return Promise.resolve(answer);
    },
  };
  const settings = { segmentsPerDay: 10, timeZone, isLatin: true, ...limit };
  const world: ReturnType<typeof givenNotices> = givenNotices(
    { people: [personOf('anna', channels)] },
    mail,
    [],
    (kind, channel) =>
      kind === 'sms'
        ? limitedSmsChannel(
            sender,
            spending,
            settings,
            (of) => {
              told.push(of);
              return world.raise({ detector: 'sms-limit', target: 'sms', evidence: of });
            },
            { now: () => world.now() },
          )
        : channel,
  );
  const spent = (on: string): number =>
    texts
      .filter((one) => one.on === on && (one.outcome === 'accepted' || one.outcome === 'unknown'))
      .reduce((sum, { text }) => sum + smsSegments(text), 0);
  return { world, texts, told, spending, spent };
};

describe('A limit on short messages', () => {
  it('sends the gravest by the next channel once it is reached, and says so once a day', async () => {
    const { world, texts, told } = givenLimited({ segmentsPerDay: 4 });
    for (const target of ['a', 'b', 'c', 'd']) {
      await world.raise({ ...forged, target });
      await world.pass(3 * minute);
    }

    assert.equal(texts.length, 2, 'of two parts each');
    const grave = world.to('anna').filter(({ message }) => message.severity === 'S1');
    assert.deepEqual(
      new Set(grave.flatMap(({ message }) => message.news.map(({ target }) => target))),
      new Set(['c', 'd']),
    );
    assert.equal(told.length, 1);
    const said = world.to('anna').filter(({ message }) => message.subject.includes('daily limit'));
    assert.ok(said.length >= 1);
    assert.equal(said[0]?.kind, 'mail');

    await world.pass(day, hour);
    await world.raise({ ...forged, target: 'tomorrow' });
    await world.round();
    assert.equal(texts.at(-1)?.on, '2026-11-29', 'another day, another limit');
  });

  it('fails visibly what has no other channel', async () => {
    const { world, texts } = givenLimited({ segmentsPerDay: 1 }, { channels: smsOnly });
    await world.raise(forged);
    await world.round();

    assert.deepEqual(texts, []);
    assert.deepEqual(
      world.failed.map(({ severity }) => severity),
      ['S1'],
    );
    const [notice] = await world.notices.list(9);
    const [attempt] = await world.notices.attempts(notice!.id);
    assert.match(attempt?.note ?? '', /limit of short messages is used up/);
  });

  it('writes Russian in Latin letters, for less', async () => {
    const ru = { channels: smsFirst, locale: 'ru' } as const;
    const [latin, cyrillic] = [true, false].map((isLatin) => givenLimited({ isLatin }, ru));
    for (const { world } of [latin!, cyrillic!]) {
      await world.raise(forged);
      await world.round();
    }

    assert.match(latin!.texts[0]!.text, /^Kabinet S1: Poddelnoe soobshchenie, novyi\nhttps:/);
    assert.match(cyrillic!.texts[0]!.text, /^Kabinet S1: Поддельное сообщение, новый\nhttps:/);
    assert.ok(smsSegments(latin!.texts[0]!.text) < smsSegments(cyrillic!.texts[0]!.text));
  });

  it('counts nothing that did not leave, and sends nothing that cannot be counted', async () => {
    const { world, spending } = givenLimited({}, { channels: smsFirst }, () => 'refused');
    await world.raise(forged);
    await world.round();
    assert.deepEqual([...spending.taken.values()], [0]);

    const away = {
      take: () => Promise.reject(new Error('away')),
      giveBack: () => Promise.resolve(),
    };
    const sender: SmsSender = { send: () => assert.fail('sent') };
    const limit = { segmentsPerDay: 10, timeZone, isLatin: false };
    const clock = { now: () => world.now() };
    const channel = limitedSmsChannel(sender, away, limit, () => assert.fail('told'), clock);
    const { message } = world.sendings[0]!;
    const answer: NoticeOutcome = await channel.send('+79990000001', message);
    assert.equal(answer.outcome, 'not-attempted');
    assert.equal((await channel.send('anna', message)).outcome, 'refused');
  });

  it('is never exceeded on any day, and every grave incident arrives or fails visibly', async () => {
    const step = fc.record({
      waitMs: fc.constantFrom(0, second, minute, hour, 7 * hour),
      isGrave: fc.boolean(),
      sms: fc.constantFrom(...outcomes),
      mail: fc.constantFrom(...outcomes),
    });
    const given = fc.record({
      steps: fc.array(step, { minLength: 1, maxLength: 15 }),
      segmentsPerDay: fc.integer({ min: 1, max: 12 }),
      channels: fc.constantFrom(smsFirst, smsOnly),
    });
    await fc.assert(
      fc.asyncProperty(given, async ({ steps, segmentsPerDay, channels }) => {
        let [sms, mail]: [Answer, Answer] = ['accepted', 'accepted'];
        const limited = givenLimited(
          { segmentsPerDay },
          { channels },
          () => sms,
          () => mail,
        );
        const { world, texts, told, spent } = limited;
        for (const [n, next] of steps.entries()) {
          [sms, mail] = [next.sms, next.mail];
          const detector = next.isGrave ? 'bad-signature' : 'harvest';
          await world.raise({ ...forged, detector, target: String(n) });
          await world.pass(next.waitMs, Math.max(second, next.waitMs / 10));
        }
        await world.pass(day + 2 * hour, 15 * minute);

        for (const on of new Set(texts.map((one) => one.on))) {
          assert.ok(spent(on) <= segmentsPerDay, `${on}: ${String(spent(on))}`);
        }
        assert.equal(new Set(told).size, told.length, 'told once a day');
        const notices = await world.notices.list(1_000);
        const grave = notices.filter(({ severity }) => severity === 'S1');
        for (const { state, id } of grave) {
          assert.notEqual(state, 'waiting');
          const isVisible = state === 'sent' || world.failed.some((one) => one.id === id);
          assert.ok(isVisible);
        }
      }),
      fcFewRuns,
    );
  });
});
