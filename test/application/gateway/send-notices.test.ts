import assert from 'node:assert/strict';
import type { ChannelKind } from '../../../src/domain/protection/flood-control.ts';
import type { NewNotice } from '../../../src/application/ports/notice-store.ts';
import type { IncidentId } from '../../../src/domain/protection/incident.ts';
import { newsOf } from '../../../src/domain/protection/notice.ts';
import { day, hour, minute, second } from '../../../src/domain/time.ts';
import { givenIncident } from '../../support/any-incident.ts';
import { givenNotices, personOf } from '../../support/given-notices.ts';

const forged = { detector: 'bad-signature', target: 'portal-1', evidence: 'e' } as const;
const small = { ...forged, detector: 'harvest' } as const;
const kinds = (sendings: readonly { kind: ChannelKind }[]) => sendings.map(({ kind }) => kind);

describe('SendNotices', () => {
  it('takes the next channel at once for a grave incident, and keeps every attempt', async () => {
    const world = givenNotices({}, (kind) => (kind === 'sms' ? 'accepted' : 'not-attempted'));
    await world.raise(forged);
    await world.round();

    assert.deepEqual(kinds(world.sendings), ['telegram', 'mail', 'sms']);
    const [notice] = await world.notices.list(1);
    assert.deepEqual([notice?.state, notice?.attempts], ['sent', 3]);
    assert.deepEqual(
      (await world.notices.attempts(notice!.id)).map(
        ({ channel, outcome }) => `${channel} ${outcome}`,
      ),
      ['telegram not-attempted', 'mail not-attempted', 'sms accepted'],
    );
    assert.equal(new Set(world.sendings.map(({ message }) => message.id)).size, 1);
  });

  it('waits longer and longer for the only channel of what is less grave', async () => {
    const world = givenNotices({}, () => 'unknown');
    await world.raise(small);
    await world.pass(2 * minute);

    assert.deepEqual(new Set(kinds(world.sendings)), new Set(['telegram']));
    const waits = world.sendings.map(({ at }) => (at - world.sendings[0]!.at) / second);
    assert.deepEqual(waits, [0, 5, 15, 35, 75]);
  });

  it('leaves a channel that refuses for good, and fails visibly when none is left', async () => {
    const world = givenNotices({}, (kind) => (kind === 'sms' ? 'accepted' : 'refused'));
    await world.raise(small);
    await world.pass(31 * second);
    assert.deepEqual(kinds(world.sendings), ['telegram', 'mail', 'sms']);

    const lost = givenNotices({}, () => 'refused');
    await lost.raise(forged);
    await lost.round();
    assert.deepEqual(kinds(lost.sendings), ['telegram', 'mail', 'sms']);
    assert.equal(lost.failed.length, 1);
    assert.deepEqual(
      (await lost.notices.list(9)).map(({ state }) => state),
      ['failed'],
    );
  });

  it('takes a channel that is not set up for one that refuses', async () => {
    const world = givenNotices({}, () => 'accepted', ['telegram']);
    await world.raise(forged);
    await world.round();

    assert.deepEqual(kinds(world.sendings), ['mail']);
    const [notice] = await world.notices.list(1);
    const [first] = await world.notices.attempts(notice!.id);
    assert.equal(first?.note, 'there is no channel telegram');
  });

  it('lets a channel rest that failed three times, and tries it again', async () => {
    let isUp = false;
    const world = givenNotices({}, (kind) => (kind === 'mail' || isUp ? 'accepted' : 'unknown'));
    for (let n = 0; n < 6; n += 1) {
      await world.raise({ ...forged, target: String(n) });
      await world.pass(second);
    }
    const tried = kinds(world.sendings);
    assert.equal(tried.filter((kind) => kind === 'telegram').length, 3);
    assert.equal(tried.filter((kind) => kind === 'mail').length, 6);

    isUp = true;
    await world.pass(10 * second);
    await world.raise({ ...forged, target: 'later' });
    await world.round();
    assert.equal(world.sendings.at(-1)?.kind, 'telegram');
  });

  it('waits for a channel that rests when there is no other', async () => {
    const people = [personOf('anna', { channels: [{ kind: 'mail', address: 'anna@example.ru' }] })];
    let isUp = false;
    const world = givenNotices({ people }, () => (isUp ? 'accepted' : 'not-attempted'));
    for (const target of ['a', 'b', 'c', 'd']) {
      await world.raise({ ...forged, target });
      await world.pass(second);
    }
    isUp = true;
    await world.pass(10 * second);

    const told = world
      .to('anna')
      .flatMap(({ message }) => message.news.map(({ target }) => target));
    assert.deepEqual(told.toSorted(), ['a', 'b', 'c', 'd']);
    assert.deepEqual(world.failed, []);
  });

  it('puts together what there is no room for', async () => {
    const people = [personOf('anna', { channels: [{ kind: 'sms', address: '+anna' }] })];
    const world = givenNotices({ people });
    for (let n = 0; n < 10; n += 1) {
      await world.raise({ ...forged, target: String(n) });
      await world.pass(20 * second);
    }
    await world.pass(3 * minute);

    const told = world.to('anna');
    assert.ok(told.length <= 4 + 3, String(told.length));
    const targets = new Set(
      told.flatMap(({ message }) => message.news.map(({ target }) => target)),
    );
    assert.equal(targets.size, 10);
    const several = told.find(({ message }) => message.news.length > 1)?.message;
    assert.ok(several !== undefined);
    const labels = several.links.map(({ label }) => label);
    assert.deepEqual(
      labels,
      several.news.map(() => 'Acknowledge: A forged message, new'),
    );
    for (const { url } of several.links) {
      assert.ok(several.text.includes(url) && !several.unlinkedText.includes(url));
    }
  });

  it('keeps the room of a channel over many grave notices at once, and the rest beside them', async () => {
    const people = [personOf('anna', { channels: [{ kind: 'mail', address: 'anna@example.ru' }] })];
    const world = givenNotices({ people });
    const notice = (n: number, severity: 'S1' | 'S2'): NewNotice => ({
      ...{ id: `n${String(n)}`, recipient: 'anna', locale: 'en', severity },
      ...{ createdAt: world.now(), dueAt: world.now(), channels: people[0]!.channels },
      content: {
        news: [newsOf(givenIncident({ severity, id: String(n) as IncidentId }), 'new')],
        left: 0,
      },
    });
    const all = Array.from({ length: 30 }, (_, n) => notice(n, n % 3 === 0 ? 'S2' : 'S1'));
    await world.notices.plan([], all.slice(0, 15));
    await world.round();
    assert.equal(world.to('anna').length, 10);
    await world.notices.plan([], all.slice(15));
    await world.pass(3 * minute);

    assert.equal(world.to('anna').length, 12);
    assert.ok((await world.notices.list(99)).every(({ state }) => state === 'sent'));
  });

  it('gives up after a day', async () => {
    const world = givenNotices({}, () => 'unknown');
    await world.raise({ ...forged, detector: 'cost-hog' });
    await world.pass(23 * hour, 10 * minute);
    assert.deepEqual(world.failed, []);
    await world.pass(3 * hour, 10 * minute);

    assert.deepEqual(
      (await world.notices.list(9)).map(({ state }) => state),
      ['failed'],
    );
  });

  it('does not wake people at night for what can wait', async () => {
    const quiet = { from: 22 * 60, to: 13 * 60, zone: 'UTC' };
    const world = givenNotices({ people: [personOf('anna', { quiet })] });
    await world.raise(small);
    await world.raise(forged);
    await world.pass(4 * hour - 2 * minute, minute);
    assert.ok(world.to('anna').every(({ message }) => message.severity === 'S1'));
    const told = world.to('anna').length;

    await world.raise({ ...small, target: 'at dawn' });
    await world.pass(3 * minute, second);
    const [morning, ...more] = world.to('anna').slice(told);
    assert.deepEqual(more, []);
    assert.equal(morning?.message.severity, 'S2');
  });
});

describe('ProveChannels', () => {
  it('tries every channel of everybody once a day, and tells of it no other way', async () => {
    const feeds = [{ id: 'siem', channel: { kind: 'syslog', address: 'siem' } }] as const;
    const world = givenNotices({ people: [personOf('anna'), personOf('boris')], feeds });

    assert.equal(await world.prove(), true);
    await world.round();
    assert.equal(await world.prove(), false);
    assert.deepEqual(kinds(world.sendings).toSorted(), [
      ...['mail', 'mail', 'sms', 'sms', 'syslog', 'telegram', 'telegram'],
    ]);
    assert.match(world.sendings[0]!.message.subject, /^Kabinet S4: The daily test of channels/);

    await world.pass(day - second, hour);
    assert.equal(world.sendings.length, 7);
    assert.equal(await world.prove(), false);
    await world.pass(second, second);
    assert.equal(await world.prove(), true);
  });

  it('shows a channel that does not work', async () => {
    const world = givenNotices({}, (kind) => (kind === 'mail' ? 'refused' : 'accepted'));
    await world.prove();
    await world.round();

    assert.deepEqual(
      world.failed.map(({ recipient }) => recipient),
      ['anna'],
    );
    const [attempt] = await world.notices.attempts(world.failed[0]!.id);
    assert.equal(attempt?.channel, 'mail');
  });
});
