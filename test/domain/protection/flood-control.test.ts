import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  backOffMs,
  type ChannelHealth,
  failedAgain,
  isResting,
} from '../../../src/domain/protection/channel-health.ts';
import {
  channelKinds,
  channelRate,
  packed,
  roomIn,
  takeRoom,
} from '../../../src/domain/protection/flood-control.ts';
import { later, minute, second } from '../../../src/domain/time.ts';
import { morning } from '../../support/any-incident.ts';
import '../../support/fc-runs.ts';

describe('the room of a channel', () => {
  it('is never exceeded, over any time, whenever messages come', () => {
    const waits = fc.array(fc.nat(3 * minute), { maxLength: 60 });
    fc.assert(
      fc.property(fc.constantFrom(...channelKinds), waits, (kind, pauses) => {
        const sent: number[] = [];
        let [now, arrival]: [number, number | undefined] = [morning, undefined];
        for (const pause of pauses) {
          now += pause;
          const next = takeRoom(kind, arrival, now);
          assert.equal(next !== undefined, roomIn(kind, arrival, now).room > 0);
          if (next === undefined) continue;
          arrival = next;
          sent.push(now);
        }
        const { perSecond, burst } = channelRate[kind];
        for (const [from, begin] of sent.entries()) {
          for (const [to, end] of sent.entries()) {
            if (to < from) continue;
            const most = burst + (perSecond * (end - begin)) / 1_000 + 1e-6;
            assert.ok(to - from + 1 <= most, `${String(to - from + 1)} > ${String(most)}`);
          }
        }
      }),
    );
  });

  it('is what people can bear: four texts, ten mails, twenty chat messages at once', () => {
    const room = channelKinds.map((kind) => roomIn(kind, undefined, morning).room);
    assert.deepEqual(room, [10, 4, 20, 60, 60]);
    const full = morning + 4 * 2 * minute;
    assert.deepEqual(roomIn('sms', full, morning), { room: 0, nextInMs: 2 * minute });
    assert.deepEqual(roomIn('sms', full, morning + 2 * minute), { room: 1, nextInMs: 0 });
  });

  it('holds everything: what does not fit goes together', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(10), (messages, room) => {
        const packets = packed(messages, room);
        assert.deepEqual(packets.flat(), room === 0 ? [] : messages);
        assert.equal(packets.length, Math.min(room, messages.length));
        for (const packet of packets.slice(0, -1)) assert.equal(packet.length, 1);
      }),
    );
  });
});

describe('a channel that fails', () => {
  it('rests after three failures in a row, then longer and longer, up to a quarter of an hour', () => {
    let health: ChannelHealth | undefined;
    const rests: number[] = [];
    for (let n = 0; n < 14; n += 1) {
      health = failedAgain(health, morning, 0);
      rests.push(health.restsUntil === undefined ? 0 : health.restsUntil - morning);
    }
    assert.deepEqual(
      rests.slice(0, 6).map((ms) => ms / second),
      [0, 0, 5, 10, 20, 40],
    );
    assert.equal(rests.at(-1), 15 * minute);
    assert.equal(isResting(health, later(morning, 15 * minute - 1)), true);
    assert.equal(isResting(health, later(morning, 15 * minute)), false);
    assert.equal(isResting(undefined, morning), false);
  });

  it('is tried again after 5 s to 15 min, a little sooner by chance', () => {
    const chances = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.nat(2_000), chances, (attempts, chance) => {
        const ms = backOffMs(attempts, chance);
        assert.ok(ms >= 4 * second && ms <= 15 * minute);
      }),
    );
    assert.equal(backOffMs(0, 0), 5 * second);
    assert.equal(backOffMs(1, 0.5), 9 * second);
  });
});
