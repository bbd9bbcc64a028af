import assert from 'node:assert/strict';
import fc from 'fast-check';
import { channelRate, type ChannelKind } from '../../../src/domain/protection/flood-control.ts';
import { detectorCodes, usualSeverity } from '../../../src/domain/protection/detector.ts';
import { hour, minute, second } from '../../../src/domain/time.ts';
import { fcFewRuns } from '../../support/fc-runs.ts';
import { givenNotices, personOf, type Sending } from '../../support/given-notices.ts';

const forged = { detector: 'bad-signature', target: 'portal-1', evidence: 'key 9' } as const;
const subjects = (sendings: readonly Sending[]) => sendings.map(({ message }) => message.subject);
const feed = { id: 'siem', channel: { kind: 'syslog', address: 'siem' } } as const;

describe('PlanNotices', () => {
  it('tells the first person of a grave incident at once, in words and with a link', async () => {
    const world = givenNotices();
    await world.raise({ ...forged, origin: 'key-9' });
    await world.round();

    const [sending, ...more] = world.sendings;
    assert.deepEqual(more, []);
    assert.deepEqual([sending?.kind, sending?.at], ['telegram', world.now()]);
    assert.equal(sending?.message.subject, 'Kabinet S1: A forged message, new');
    const [head, target, since, action, link, ...rest] = sending.message.text.split('\n');
    assert.deepEqual(
      [head, target, since, action, rest],
      [
        'S1 · A forged message, new',
        'Target: portal-1',
        'Since 2026-11-28 09:00 UTC, sightings: 1, origins: 1',
        'By itself: the messages are dropped',
        [],
      ],
    );
    assert.match(link ?? '', /^Acknowledge: https:\/\/k\.example\/i\?t=/);
    assert.match(sending.message.shortText, /^Kabinet S1: A forged message, new\nhttps:/);
    const { text, unlinkedText, links } = sending.message;
    assert.equal(`${unlinkedText}\n${link ?? ''}`, text);
    assert.deepEqual(links, [{ label: 'Acknowledge', url: link?.slice('Acknowledge: '.length) }]);
  });

  it('tells it in Russian to who reads Russian, and shows no evidence', async () => {
    const world = givenNotices({ people: [personOf('anna', { locale: 'ru' })] });
    await world.raise({ ...forged, target: 'a\nb\u2028c' });
    await world.round();

    const { text, subject } = world.sendings[0]!.message;
    assert.equal(subject, 'Kabinet S1: Поддельное сообщение, новый');
    assert.match(text, /Цель: a b c\nС 2026-11-28 09:00 UTC, событий: 1\n/);
    assert.doesNotMatch(text, /key 9/);
  });

  it('climbs to the second person and to the group, and stops when somebody has it', async () => {
    const people = [
      personOf('anna'),
      personOf('boris', { role: 'second' }),
      personOf('group', { role: 'group' }),
    ];
    const world = givenNotices({ people });
    await world.raise(forged);
    await world.pass(16 * minute);

    const minutes = (id: string) => world.to(id).map(({ at }) => (at - world.now()) / minute + 16);
    assert.deepEqual(minutes('anna').map(Math.round), [0]);
    assert.deepEqual(minutes('boris'), [5]);
    assert.deepEqual(minutes('group'), [15]);
    assert.match(subjects(world.to('group'))[0]!, /nobody answered/);
  });

  it('tells programs of every change at once, and people as they can bear', async () => {
    const world = givenNotices({ feeds: [feed] });
    await world.raise({ ...forged, detector: 'harvest' });
    await world.raise({ ...forged, detector: 'attack-text' });
    await world.pass(10 * second);
    assert.equal(world.to('anna').length, 0);
    assert.equal(world.to('siem').length, 1);
    assert.equal(world.to('siem')[0]?.message.news.length, 2);

    await world.pass(6 * minute);
    const told = world.to('siem').flatMap(({ message }) => message.news);
    assert.deepEqual(
      told.slice(2).map(({ telling, state }) => `${telling} ${state}`),
      ['resolved resolved'],
    );
    assert.match(subjects(world.to('anna'))[0]!, /^Kabinet S2: Documents/);
    await world.raise({ ...forged, detector: 'attack-text' });
    await world.round();
    assert.equal(world.to('siem').at(-1)?.message.news[0]?.telling, 'update');
  });

  it('says nothing of what the inside being silent explains', async () => {
    const world = givenNotices();
    await world.raise({ ...forged, detector: 'connector-silent' });
    await world.raise({ ...forged, detector: 'flood' });
    await world.pass(2 * minute);
    assert.deepEqual(subjects(world.to('anna')), ['Kabinet S2: The inside is silent, new']);

    // The silence is over before the flood is: now it is told.
    const [silent] = await world.incidents.live(1, ['connector-silent']);
    await world.incidents.change(silent!.id, (held) => ({
      ok: true,
      value: { ...held, state: 'resolved', revision: held.revision + 1 },
    }));
    await world.pass(2 * minute);
    assert.match(subjects(world.to('anna')).join(), /Signs of a DDoS attack, new/);
  });

  it('gathers what is small in the hourly digest', async () => {
    const world = givenNotices();
    for (const target of ['a', 'b', 'c']) {
      await world.raise({ ...forged, detector: 'cost-hog', target });
      await world.pass(10 * minute, 10 * second);
    }
    await world.pass(29 * minute, 10 * second);
    assert.deepEqual(world.sendings, []);
    await world.pass(minute, 10 * second);

    assert.deepEqual(subjects(world.sendings), [
      'Kabinet S3: One customer takes a large share, new (and more: 2)',
    ]);
  });

  it('says no more than five things to a person in ten minutes of a storm of ten thousand', async () => {
    const people = [
      personOf('anna'),
      personOf('boris', { role: 'second' }),
      personOf('group', { role: 'group' }),
    ];
    const kinds = detectorCodes.filter((code) => code !== 'storm' && code !== 'drill');
    const mixes = fc.record({
      /** Over which part of the ten minutes they come: 0 all at once, 1 all the time. */
      spread: fc.constantFrom(0, 0.02, 0.3, 0.6, 1),
      graveShare: fc.constantFrom(0, 0.1, 1),
      salt: fc.nat(1_000),
    });
    await fc.assert(
      fc.asyncProperty(mixes, async ({ spread, graveShare, salt }) => {
        const world = givenNotices({ people });
        const stormMs = Math.max(1, 10 * minute * spread);
        const begin = world.now();
        let raised = 0;
        while (world.now() - begin < 10 * minute) {
          const until = Math.min(10_000, Math.ceil((10_000 * (world.now() - begin + 1)) / stormMs));
          for (; raised < until; raised += 1) {
            const isGrave = (raised * 7 + salt) % 100 < graveShare * 100;
            const detector = kinds[(raised + salt) % kinds.length]!;
            const severity = isGrave ? 'S1' : usualSeverity[detector];
            await world.raise({ ...forged, detector, severity, target: String(raised) });
          }
          await world.round();
          // The rounds of the beginning are the ones that could say too much.
          world.wait(world.now() - begin < 20 * second ? second : 5 * second);
        }

        for (const { id } of people) {
          const said = subjects(world.to(id));
          assert.ok(said.length <= 5, `${id}: ${said.join(' | ')}`);
        }
        assert.match(subjects(world.to('anna')).join(), /A storm of incidents/);
        assert.ok(world.failed.length === 0);
      }),
      { numRuns: 4 },
    );
  }).timeout(60_000);

  it('tells of what a storm left behind once it is over, in one message', async () => {
    const world = givenNotices();
    for (let n = 0; n < 30; n += 1) {
      await world.raise({ ...forged, target: String(n) });
    }
    await world.pass(30 * minute, 10 * second);
    const [umbrella] = await world.incidents.live(1, ['storm']);
    assert.equal(umbrella, undefined);

    const before = world.to('anna').length;
    assert.ok(before <= 8, subjects(world.to('anna')).join(' | '));
    await world.pass(2 * hour, minute);
    assert.ok(world.to('anna').length <= before + 1);
  });

  it('never sends a recipient more than a channel bears, whatever happens', async () => {
    const events = fc.array(
      fc.record({
        detector: fc.constantFrom('bad-signature', 'harvest', 'dead-letter', 'canary'),
        target: fc.nat(8).map(String),
        waitMs: fc.nat(40 * second),
      }),
      { maxLength: 80 },
    );
    const health = fc.func(fc.constantFrom('accepted', 'accepted', 'unknown', 'not-attempted'));
    await fc.assert(
      fc.asyncProperty(events, health, async (raised, outcomeOf) => {
        let asked = 0;
        const world = givenNotices({}, () => outcomeOf((asked += 1)));
        for (const { detector, target, waitMs } of raised) {
          await world.raise({ ...forged, detector: detector, target });
          await world.pass(waitMs, 5 * second);
        }
        for (const kind of ['telegram', 'mail', 'sms'] as const) assertBorne(kind, world.sendings);
      }),
      fcFewRuns,
    );
  });

  it('delivers every grave incident, or says visibly that it could not', async () => {
    const answers = fc.array(fc.constantFrom('accepted', 'refused', 'unknown', 'not-attempted'), {
      minLength: 3,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(answers, fc.nat(3), async (outcomes, brokenRounds) => {
        let round = 0;
        const world = givenNotices({}, (kind) => {
          const at = ['telegram', 'mail', 'sms'].indexOf(kind);
          return round < brokenRounds
            ? outcomes[at]!
            : outcomes[at] === 'refused'
              ? 'refused'
              : 'accepted';
        });
        await world.raise(forged);
        for (; round < 30; round += 1) await world.pass(hour, 10 * minute);

        const waiting = (await world.notices.list(100)).filter(({ state }) => state === 'waiting');
        assert.deepEqual(waiting, []);
        const isTold = world.to('anna').some(({ message }) => message.news[0]?.severity === 'S1');
        assert.ok(isTold || world.failed.length > 0);
        for (const { id } of world.failed) {
          assert.ok(
            (await world.notices.attempts(id)).every(({ outcome }) => outcome !== 'accepted'),
          );
        }
      }),
      fcFewRuns,
    );
  }).timeout(20_000);
});

/** Over any time no more than the burst and what the rate adds. */
function assertBorne(kind: ChannelKind, all: readonly Sending[]): void {
  const moments = all
    .filter((one) => one.kind === kind && ['accepted', 'unknown'].includes(one.outcome))
    .map(({ at }) => at);
  const { perSecond, burst } = channelRate[kind];
  for (const [from, begin] of moments.entries()) {
    for (const [to, end] of moments.entries()) {
      const most = burst + (perSecond * (end - begin)) / 1_000 + 1e-6;
      assert.ok(to - from + 1 <= most, `${kind}: ${String(to - from + 1)} > ${String(most)}`);
    }
  }
}
