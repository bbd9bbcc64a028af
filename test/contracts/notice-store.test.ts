import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { MemoryIncidentStore } from '../../src/adapters/memory/memory-incident-store.ts';
import { MemoryNoticeStore } from '../../src/adapters/memory/memory-notice-store.ts';
import { PostgresIncidentStore } from '../../src/adapters/postgres/gateway/postgres-incident-store.ts';
import { PostgresNoticeStore } from '../../src/adapters/postgres/gateway/postgres-notice-store.ts';
import type { IncidentStore } from '../../src/application/ports/incident-store.ts';
import type {
  NewNotice,
  NoticeStore,
  PlannedLook,
} from '../../src/application/ports/notice-store.ts';
import type { Sighting } from '../../src/domain/protection/incident.ts';
import { newsOf } from '../../src/domain/protection/notice.ts';
import { toldNow } from '../../src/domain/protection/notice-plan.ts';
import { day, later, minute } from '../../src/domain/time.ts';
import { givenIncident, morning as now } from '../support/any-incident.ts';
import { givenGatewayDatabase } from '../support/gateway-database.ts';

const noticeTo = (recipient: string, more: Partial<NewNotice> = {}): NewNotice => ({
  id: randomUUID(),
  recipient,
  locale: 'ru',
  severity: 'S1',
  content: { news: [newsOf(givenIncident(), 'new')], left: 2 },
  channels: [
    { kind: 'sms', address: '+70000000000' },
    { kind: 'mail', address: 'a@example.ru' },
  ],
  createdAt: now,
  dueAt: now,
  ...more,
});
const sightingOf = (target: string, more: Partial<Sighting> = {}): Sighting => ({
  ...{ detector: 'replay', target, severity: 'S1', evidence: 'e', at: now },
  ...more,
});

interface Stores {
  readonly incidents: IncidentStore;
  readonly notices: NoticeStore;
}

const noticeContract = (given: () => Stores): void => {
  it('gives every new and every changed incident, the gravest first, until it was looked at', async () => {
    const { incidents, notices } = given();
    const [low, high] = [randomUUID(), randomUUID()];
    await incidents.note(sightingOf(low, { severity: 'S3' }));
    const grave = await incidents.note(sightingOf(high));
    const mine = async (ms: number) =>
      (await notices.due(later(now, ms), 1_000))
        .map(({ incident }) => incident.target)
        .filter((target) => target === low || target === high);
    const look = (revision: number, againAt: PlannedLook['againAt']): PlannedLook => ({
      id: grave.id,
      revision,
      told: { people: toldNow(grave, undefined, now) },
      againAt,
    });

    assert.deepEqual(await mine(0), [high, low]);
    await notices.plan([look(1, later(now, minute))], []);
    assert.deepEqual(await mine(minute - 1), [low]);
    assert.deepEqual(await mine(minute), [high, low]);
    await notices.plan([look(1, undefined)], []);
    assert.deepEqual(await mine(day), [low]);

    await incidents.note(sightingOf(high));
    assert.deepEqual(await mine(0), [high, low]);
    await notices.plan([look(1, undefined)], []);
    assert.deepEqual(await mine(0), [high, low], 'decided about an older state');
    const [due] = (await notices.due(now, 1_000)).filter(
      ({ incident }) => incident.id === grave.id,
    );
    assert.deepEqual(due?.told, { people: toldNow(grave, undefined, now) });
    assert.equal((await notices.due(now, 1)).length, 1);
  });

  it('gives a notice to one taker until its lease ends, the gravest first', async () => {
    const { notices } = given();
    const recipient = randomUUID();
    const [rest, grave, tomorrow] = [
      noticeTo(recipient, { severity: 'S2' }),
      noticeTo(recipient),
      noticeTo(recipient, { dueAt: later(now, day) }),
    ];
    await notices.plan([], [rest, grave, tomorrow]);
    const take = async (ms: number) =>
      (await notices.take(100, 1_000, later(now, ms))).filter(
        (notice) => notice.recipient === recipient,
      );

    const [first, second] = await take(0);
    assert.deepEqual(
      { ...first, dueAt: now },
      { ...grave, state: 'waiting', rounds: 0, attempts: 0 },
    );
    assert.equal(second?.id, rest.id);
    assert.deepEqual(await take(999), []);
    assert.equal((await take(1_000)).length, 2);
  });

  it('keeps how a notice goes on, every attempt, and the room that is left', async () => {
    const { notices } = given();
    const recipient = randomUUID();
    const [one, other] = [noticeTo(recipient), noticeTo(recipient)];
    await notices.plan([], [one, other]);
    await notices.take(100, 60_000, now);
    const failed = { at: now, channel: 'sms', outcome: 'unknown', note: 'no answer' } as const;
    const sent = { at: later(now, 9), channel: 'mail', outcome: 'accepted', note: 'r1' } as const;
    const mail = one.channels.slice(1);
    const waiting = {
      id: one.id,
      state: 'waiting',
      rounds: 0,
      attempts: 1,
      channels: mail,
    } as const;
    await notices.progress([{ ...waiting, dueAt: later(now, 5) }], failed);
    const bucket = { recipient, channel: 'mail', arrivalMs: now + 0.5 } as const;

    const [again] = (await notices.take(100, 60_000, later(now, 5))).filter(
      ({ id }) => id === one.id,
    );
    assert.deepEqual([again?.channels, again?.attempts], [mail, 1]);
    const done = { state: 'sent', rounds: 1, attempts: 2, channels: mail, dueAt: now } as const;
    await notices.progress(
      [
        { ...done, id: one.id },
        { ...done, id: other.id },
      ],
      sent,
      bucket,
    );
    await notices.progress([], undefined, { ...bucket, arrivalMs: now + 7.25 });

    assert.deepEqual(await notices.attempts(one.id), [failed, sent]);
    assert.deepEqual(await notices.attempts(other.id), [sent]);
    assert.deepEqual(await notices.buckets([recipient, 'nobody']), [
      { ...bucket, arrivalMs: now + 7.25 },
    ]);
    const listed = (await notices.list(1_000)).filter((notice) => notice.recipient === recipient);
    assert.deepEqual(
      listed.map(({ id, state, rounds }) => [id, state, rounds]),
      [
        [other.id, 'sent', 1],
        [one.id, 'sent', 1],
      ],
    );
    assert.equal(
      (await notices.take(100, 1, later(now, day))).some(({ id }) => id === one.id),
      false,
    );
  });

  it('puts a notice off without an attempt', async () => {
    const { notices } = given();
    const notice = noticeTo(randomUUID());
    await notices.plan([], [notice]);
    const { id, channels } = notice;
    const off = { id, state: 'waiting', rounds: 0, attempts: 0, channels } as const;
    await notices.progress([{ ...off, dueAt: later(now, 3 * day) }]);

    const taken = await notices.take(1_000, 1, later(now, 2 * day));
    assert.ok(!taken.some((one) => one.id === id));
    assert.deepEqual(await notices.attempts(id), []);
  });

  it('forgets old notices with their attempts, but none that waits', async () => {
    const { notices } = given();
    const createdAt = later(now, -400 * day);
    const [sent, waits] = [noticeTo('x', { createdAt }), noticeTo('x', { createdAt })];
    await notices.plan([], [sent, waits]);
    const { id, channels } = sent;
    const end = { id, state: 'failed', rounds: 0, attempts: 1, channels, dueAt: now } as const;
    await notices.progress([end], { at: now, channel: 'sms', outcome: 'refused', note: 'no' });

    assert.equal(await notices.forgetBefore(later(createdAt, 1)), 1);
    assert.deepEqual(await notices.attempts(id), []);
    assert.ok((await notices.list(1_000)).some((one) => one.id === waits.id));
  });
};

describe('Notices in memory', () => {
  noticeContract(() => {
    const incidents = new MemoryIncidentStore();
    return { incidents, notices: new MemoryNoticeStore(incidents) };
  });
});

describe('Notices on PostgreSQL', function () {
  this.timeout(60_000);
  let database: Awaited<ReturnType<typeof givenGatewayDatabase>>;
  before(async () => (database = await givenGatewayDatabase()));
  after(() => database.close());

  noticeContract(() => ({
    incidents: new PostgresIncidentStore(database.pool),
    notices: new PostgresNoticeStore(database.pool),
  }));

  it('keep no decision whose notices cannot be kept', async () => {
    const incidents = new PostgresIncidentStore(database.pool);
    const notices = new PostgresNoticeStore(database.pool);
    const { id, target } = await incidents.note(sightingOf(randomUUID()));
    const twice = noticeTo('x');

    const look = { id, revision: 1, told: {}, againAt: undefined };
    await assert.rejects(notices.plan([look], [twice, twice]), { code: '23505' });

    const due = await notices.due(now, 1_000);
    assert.ok(due.some(({ incident }) => incident.target === target));
  });
});
