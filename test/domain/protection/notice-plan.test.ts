import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stepAt } from '../../../src/domain/protection/escalation.ts';
import type { Incident } from '../../../src/domain/protection/incident.ts';
import {
  lookAt,
  type Telling,
  type Told,
  toldNow,
} from '../../../src/domain/protection/notice-plan.ts';
import { day, hour, later, minute, second } from '../../../src/domain/time.ts';
import { anySeverity, givenIncident, morning } from '../../support/any-incident.ts';
import '../../support/fc-runs.ts';

interface Said {
  readonly after: number;
  readonly telling: Telling;
}

/** Looks at an incident every second of a time, in which it is as `at` says; answers what is told when. */
function toldOver(
  seconds: number,
  at: (second: number) => Incident,
  from: number = morning,
): Said[] {
  const said: Said[] = [];
  let told: Told | undefined;
  for (let n = 0; n <= seconds; n += 1) {
    const now = later(morning, from - morning + n * second);
    const incident = at(n);
    const { telling } = lookAt(incident, told, now);
    if (telling === undefined) continue;
    said.push({ after: n, telling });
    told = toldNow(incident, told, now);
  }
  return said;
}
const tellings = (said: readonly Said[]) =>
  said.map(({ telling, after }) => `${telling} ${String(after)}`);

const busy = (changes: Partial<Incident>) => (n: number) =>
  givenIncident({ ...changes, sightings: n + 1, lastAt: later(morning, n * second) });
const idle = (changes: Partial<Incident>) => () => givenIncident(changes);
const taken = { state: 'acknowledged' } as const;

describe('people are told of an incident', () => {
  it('of the first severity at once, each minute for ten minutes, then each quarter', () => {
    const said = toldOver(3_000, (n) => busy(n === 0 ? {} : taken)(n));
    assert.deepEqual(tellings(said), ['new 0', 'update 900', 'update 1800', 'update 2700']);

    const open = toldOver(2_400, busy({}));
    const minutes = open
      .filter(({ telling }) => telling === 'update')
      .map(({ after }) => after / 60);
    assert.deepEqual(minutes, [1, 2, 3, 4, 6, 7, 8, 9, 10, 30]);
  });

  it('of the first severity that nobody takes: the second person after 5 min, the group after 15', () => {
    assert.deepEqual(tellings(toldOver(4_000, idle({}))), [
      'new 0',
      'escalated 300',
      'escalated 900',
    ]);
    assert.deepEqual(tellings(toldOver(4_000, idle(taken))), ['new 0']);
    const takenLate = (n: number) => givenIncident(n < 400 ? {} : taken);
    assert.deepEqual(tellings(toldOver(4_000, takenLate)), ['new 0', 'escalated 300']);
  });

  it('again from the first person on, when an acknowledgement ran out', () => {
    const openedAt = later(morning, 1_000 * second);
    const said = toldOver(3_000, (n) =>
      givenIncident(n < 1_000 ? taken : { openings: 2, openedAt }),
    );
    assert.deepEqual(tellings(said), ['new 0', 'update 1000', 'escalated 1300', 'escalated 1900']);
  });

  it('of the second severity after 30 s, each 5 min while it grows, and again after 4 h', () => {
    const severity = 'S2';
    assert.deepEqual(tellings(toldOver(1_000, busy({ severity }))), [
      ...['new 30', 'update 330', 'update 630', 'update 930'],
    ]);
    assert.deepEqual(tellings(toldOver(30_000, idle({ severity }))), [
      ...['new 30', 'repeat 14430', 'repeat 28830'],
    ]);
    assert.deepEqual(tellings(toldOver(30_000, idle({ ...taken, severity }))), ['new 30']);
  });

  it('of the second severity: nothing, when it was over before its 30 s', () => {
    const over = (at: number) => (n: number) =>
      givenIncident({ severity: 'S2', state: n < at ? 'open' : 'resolved' });
    assert.deepEqual(toldOver(1_000, over(30)), []);
    assert.deepEqual(tellings(toldOver(1_000, over(31))), ['new 30', 'resolved 330']);
  });

  it('of the third severity with the full hour, of the fourth with the day, also when it is over', () => {
    const at = { firstAt: later(morning, 10 * minute), state: 'resolved' } as const;
    const hourly = toldOver(3 * 3_600, idle({ ...at, severity: 'S3' }));
    assert.deepEqual(tellings(hourly), ['new 3600']);
    const daily = toldOver(20 * 3_600, idle({ ...at, severity: 'S4' }));
    assert.deepEqual(tellings(daily), ['new 54000']);
    const growing = toldOver(3 * 3_600 - 1, busy({ severity: 'S3' }));
    assert.deepEqual(tellings(growing), ['new 3600', 'update 7200']);
    const always = toldOver(63 * 3_600, busy({ severity: 'S4' }));
    assert.deepEqual(tellings(always), ['new 54000', 'update 140400', 'update 226800']);
  });

  it('when it becomes graver: as of a new one', () => {
    const said = toldOver(600, (n) => givenIncident({ ...taken, severity: n < 60 ? 'S2' : 'S1' }));
    assert.deepEqual(tellings(said), ['new 30', 'new 60']);
  });

  it('when it is over, once, and only who was told of it', () => {
    const said = toldOver(2_000, (n) => givenIncident({ state: n < 90 ? 'open' : 'resolved' }));
    assert.deepEqual(tellings(said), ['new 0', 'resolved 90']);
    const reviewed = toldOver(2_000, (n) =>
      givenIncident({ state: n < 90 ? 'open' : n < 200 ? 'resolved' : 'reviewed' }),
    );
    assert.deepEqual(tellings(reviewed), ['new 0', 'resolved 90']);
  });

  it('of a storm no more than each five minutes', () => {
    const storm = toldOver(599, busy({ ...taken, detector: 'storm' }));
    assert.deepEqual(tellings(storm), ['new 0', 'update 300']);
  });

  it('never again by itself when it neither changes nor has to be repeated', () => {
    fc.assert(
      fc.property(anySeverity, fc.constantFrom('resolved', 'reviewed'), (severity, state) => {
        const incident = givenIncident({ severity, state });
        const told = toldNow(incident, undefined, morning);
        assert.deepEqual(lookAt(incident, told, later(morning, 9 * day)), {
          telling: undefined,
          againAt: undefined,
        });
      }),
    );
  });

  it('when the look says so, and not between', () => {
    const life = fc.record({
      severity: anySeverity,
      state: fc.constantFrom('open', 'acknowledged', 'resolved'),
      sightings: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(life, life, fc.nat(2 * hour), (before, after, ms) => {
        const now = later(morning, ms);
        const told = toldNow(givenIncident(before), undefined, now);
        const incident = givenIncident(after);
        const { telling, againAt } = lookAt(incident, told, now);
        if (telling !== undefined || againAt === undefined) return;
        assert.ok(againAt > now);
        assert.equal(lookAt(incident, told, later(againAt, -1)).telling, undefined);
        assert.notEqual(lookAt(incident, told, againAt).telling, undefined);
      }),
    );
  });

  it('no further up than it waited for, and never of less than the gravest', () => {
    for (const [ms, step] of [
      [0, 0],
      [5 * minute - 1, 0],
      [5 * minute, 1],
      [15 * minute - 1, 1],
      [15 * minute, 2],
      [day, 2],
    ] as const) {
      assert.equal(stepAt(givenIncident(), later(morning, ms)), step);
      assert.equal(stepAt(givenIncident({ severity: 'S2' }), later(morning, ms)), 0);
      assert.equal(stepAt(givenIncident(taken), later(morning, ms)), 0);
    }
  });
});
