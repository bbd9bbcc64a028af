import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IncidentId } from '../../../src/domain/protection/incident.ts';
import {
  merged,
  newsOf,
  noticesToFeeds,
  noticesToPeople,
  type Person,
  type ToldIncident,
} from '../../../src/domain/protection/notice.ts';
import { toldNow } from '../../../src/domain/protection/notice-plan.ts';
import { type QuietHours, tellableAt } from '../../../src/domain/protection/quiet-hours.ts';
import { isInhibited, isStorm } from '../../../src/domain/protection/storm.ts';
import { day, dayIn, hour, instant, later, minute } from '../../../src/domain/time.ts';
import { anyInstant, anyZone } from '../../support/any.ts';
import { anySeverity, givenIncident, morning } from '../../support/any-incident.ts';
import '../../support/fc-runs.ts';

const mail = { kind: 'mail', address: 'a@example.ru' } as const;
const person = (role: Person['role'], more: Partial<Person> = {}): Person => ({
  ...{ id: role, role, locale: 'ru', channels: [mail], quiet: undefined },
  ...more,
});
const told = (more: Partial<ToldIncident> = {}): ToldIncident => ({
  ...{ incident: givenIncident(), telling: 'new', before: undefined, step: 0 },
  ...more,
});
const night: QuietHours = { from: 22 * 60, to: 8 * 60, zone: 'Europe/Moscow' };
const people = [person('first'), person('second'), person('group')];
const recipients = (...of: ToldIncident[]) =>
  noticesToPeople(of, people, morning).map(({ recipient }) => recipient);

describe('a notice', () => {
  it('goes to those the incident has climbed to, and an escalation to the new ones only', () => {
    const before = { ...toldNow(givenIncident(), undefined, morning), step: 1 } as const;

    assert.deepEqual(recipients(told()), ['first']);
    assert.deepEqual(recipients(told({ telling: 'escalated', step: 1 })), ['second']);
    assert.deepEqual(recipients(told({ telling: 'escalated', step: 2, before })), ['group']);
    assert.deepEqual(recipients(told({ telling: 'escalated', step: 2 })), ['second', 'group']);
    assert.deepEqual(recipients(told({ telling: 'update', step: 1 })), ['first', 'second']);
    const again = givenIncident({ openings: 2 });
    assert.deepEqual(recipients(told({ telling: 'escalated', incident: again, step: 1, before })), [
      'second',
    ]);
  });

  it('is one of the gravest and one of the rest, however many incidents there are', () => {
    fc.assert(
      fc.property(fc.array(anySeverity, { maxLength: 50 }), (severities) => {
        const incidents = severities.map((severity, n) =>
          told({ incident: givenIncident({ severity, id: String(n) as IncidentId }) }),
        );
        const notices = noticesToPeople(incidents, [person('first')], morning);
        assert.ok(notices.length <= 2);
        const count = notices.reduce(
          (sum, { content: { news, left } }) => sum + news.length + left,
          0,
        );
        assert.equal(count, severities.length);
        for (const { content, severity } of notices) {
          assert.ok(content.news.length <= 10);
          assert.equal(severity, content.news[0]?.severity);
        }
      }),
    );
  });

  it('of several puts the gravest first and each incident once, as it was told of last', () => {
    const [one, two] = [
      givenIncident({ severity: 'S2' }),
      givenIncident({ id: 'x' as IncidentId }),
    ];
    const content = merged([
      { news: [newsOf(one, 'new')], left: 1 },
      { news: [newsOf(two, 'new'), newsOf(one, 'update')], left: 2 },
    ]);
    assert.deepEqual(
      content.news.map(({ severity, telling }) => `${severity} ${telling}`),
      ['S1 new', 'S2 update'],
    );
    assert.equal(content.left, 3);
  });

  it('lists what is new before what is over, however old that is', () => {
    const over = Array.from({ length: 12 }, (_, n) =>
      newsOf(givenIncident({ id: String(n) as IncidentId }), 'resolved'),
    );
    const fresh = givenIncident({ id: 'fresh' as IncidentId, firstAt: later(morning, hour) });

    const { news, left } = merged([{ news: [...over, newsOf(fresh, 'new')], left: 0 }]);

    assert.deepEqual([news[0]?.id, news.length, left], ['fresh', 10, 3]);
  });

  it('to programs tells all of it, and is none when there is nothing', () => {
    const feed = { id: 'siem', channel: { kind: 'syslog', address: 'x' } } as const;
    const many = Array.from({ length: 601 }, (_, n) =>
      told({ incident: givenIncident({ id: String(n) as IncidentId }) }),
    );
    assert.deepEqual(noticesToFeeds([], [feed], morning), []);
    const pages = noticesToFeeds(many, [feed], morning);
    assert.deepEqual(
      pages.map(({ recipient, content }) => `${recipient} ${String(content.news.length)}`),
      ['siem 500', 'siem 101'],
    );
  });

  it('of the gravest kind never waits; the rest waits until the quiet hours are over', () => {
    const threeAtNight = instant(Date.parse('2026-11-28T00:00:30.500Z'));
    const eight = instant(Date.parse('2026-11-28T05:00:00.000Z'));

    assert.equal(tellableAt('S1', night, threeAtNight), threeAtNight);
    assert.equal(tellableAt('S2', night, threeAtNight), eight);
    assert.equal(tellableAt('S2', night, eight), eight);
    assert.equal(tellableAt('S2', night, later(eight, -1)), eight);
    assert.equal(tellableAt('S3', undefined, threeAtNight), threeAtNight);
    const beforeMidnight = instant(Date.parse('2026-11-27T19:00:00.000Z'));
    assert.equal(tellableAt('S4', night, later(beforeMidnight, -1)), later(beforeMidnight, -1));
    assert.equal(tellableAt('S4', night, beforeMidnight), eight);
    const noon = { from: 12 * 60, to: 13 * 60, zone: 'UTC' };
    const lunch = instant(Date.parse('2026-11-28T12:59:59.000Z'));
    assert.equal(tellableAt('S2', noon, lunch), later(lunch, 1_000));
    const [draft] = noticesToPeople(
      [told({ incident: givenIncident({ severity: 'S2' }) })],
      [person('first', { quiet: night })],
      threeAtNight,
    );
    assert.equal(draft?.dueAt, eight);
  });

  it('waits for no more than a day, in every zone', () => {
    const hours = fc.integer({ min: 0, max: 1_439 });
    fc.assert(
      fc.property(anyInstant, anyZone, hours, hours, (now, zone, from, to) => {
        const at = tellableAt('S2', { from, to, zone }, now);
        assert.ok(at >= now && at <= now + day);
        assert.ok(dayIn(zone, at) >= dayIn(zone, now));
      }),
    );
  });
});

describe('a storm', () => {
  it('begins with more than twenty new incidents and ends with no more than ten', () => {
    assert.deepEqual(
      [20, 21].map((count) => isStorm(count, false)),
      [false, true],
    );
    assert.deepEqual(
      [10, 11].map((count) => isStorm(count, true)),
      [false, true],
    );
  });

  const storm = givenIncident({ detector: 'storm', openedAt: morning });

  it('stands for what came since five minutes before it, while it lives', () => {
    const at = (ms: number) => givenIncident({ firstAt: later(morning, ms) });
    assert.equal(isInhibited(at(-5 * minute), [storm]), true);
    assert.equal(isInhibited(at(hour), [storm]), true);
    assert.equal(isInhibited(at(-5 * minute - 1), [storm]), false);
    assert.equal(isInhibited(at(0), [{ ...storm, state: 'resolved' }]), false);
    assert.equal(isInhibited(storm, [storm]), false);
    assert.equal(isInhibited(at(0), []), false);
  });

  it('of the inside being silent stands for what follows from it, and for no attack', () => {
    const silent = givenIncident({ detector: 'connector-silent' });
    const inhibited = (
      ['flash-crowd', 'flood', 'slow-ramp', 'cost-hog', 'grant-exhausted', 'grant-late'] as const
    ).map((detector) => isInhibited(givenIncident({ detector }), [silent]));
    assert.ok(inhibited.every(Boolean));
    assert.equal(isInhibited(givenIncident({ detector: 'bad-signature' }), [silent]), false);
    assert.equal(isInhibited(givenIncident({ detector: 'flood' }), [givenIncident()]), false);
  });
});
