import assert from 'node:assert/strict';
import { loadCurb } from '../../../src/application/gateway/curb-load.ts';
import type { Curb } from '../../../src/domain/protection/curb.ts';
import { usualDetection } from '../../../src/domain/protection/detectors/settings.ts';
import { instant, minute } from '../../../src/domain/time.ts';

const flood = { surge: 'flood', place: 'messages', evidence: 'e' } as const;
const crowd = { ...flood, surge: 'flash-crowd' } as const;

const givenCurb = () => {
  const told: (Curb | undefined)[] = [];
  return { told, curb: loadCurb(usualDetection, (held) => void told.push(held)) };
};

describe('CurbLoad', () => {
  it('holds by the settings: three buckets after the last sighting, a quarter of an hour at most', () => {
    const { curb } = givenCurb();
    for (let at = 0; at <= 20 * minute; at += 10_000) {
      curb.note(flood, instant(at));
      assert.equal(curb.at(instant(at))?.share, at < 15 * minute ? 0.5 : undefined);
    }

    const again = instant(30 * minute);
    curb.note(flood, again);
    assert.equal(curb.at(instant(again + 29_999))?.because, 'flood');
    assert.equal(curb.at(instant(again + 30_000)), undefined);
  });

  it('tells once of what began, became harder or milder, and ended', () => {
    const { curb, told } = givenCurb();
    const tellAt = (ms: number) => {
      curb.tell(instant(ms));
      curb.tell(instant(ms + 1));
    };
    tellAt(0);
    curb.note(crowd, instant(1_000));
    tellAt(1_000);
    curb.note({ ...crowd, evidence: 'other' }, instant(2_000));
    tellAt(2_000);
    curb.note(flood, instant(3_000));
    tellAt(3_000);
    curb.note(crowd, instant(30_000));
    tellAt(40_000);
    tellAt(90_000);

    assert.deepEqual(
      told.map((held) => held && [held.because, held.share, held.since]),
      [['flash-crowd', 1, 1_000], ['flood', 0.5, 3_000], ['flash-crowd', 1, 1_000], undefined],
    );
  });

  it('tells of two floods one after the other as two', () => {
    const { curb, told } = givenCurb();
    curb.note(flood, instant(0));
    curb.tell(instant(0));
    curb.note(flood, instant(31_000));
    curb.tell(instant(31_000));

    assert.deepEqual(
      told.map((held) => held?.since),
      [0, 31_000],
    );
  });
});
