import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { longestRow, numberIn } from '../../../src/application/edge/number-row.ts';
import { subnetOf } from '../../../src/application/edge/subnet.ts';
import { watchEdge } from '../../../src/application/edge/watch-edge.ts';
import {
  type EdgeMeasure,
  type EdgeMeasures,
  type EdgeReport,
  edgeReportLimits,
  type EdgeRequest,
} from '../../../src/application/ports/edge-watch.ts';
import type { CustomerId } from '../../../src/domain/ids.ts';
import { instant, isoText, later, second } from '../../../src/domain/time.ts';
import { fcRuns } from '../../support/fc-runs.ts';

const start = instant(1_700_000_000_000);
const until = isoText(later(start, 60 * second));
const anna = { customer: 'anna' as CustomerId, session: 's' };

const givenEdge = () => {
  const time = { now: start };
  const reports: EdgeReport[] = [];
  const answer: { next: EdgeMeasures | undefined } = { next: undefined };
  const edge = watchEdge(
    { reportEdge: (report) => (reports.push(report), Promise.resolve(answer.next)) },
    { mac: (context) => `key.${Buffer.from(context).toString('hex').padStart(43, '0')}` },
    { bytes: () => new Uint8Array([255]) },
    { now: () => time.now },
    (tokenHash) => `name of ${tokenHash}`,
  );
  const request = (more: Partial<EdgeRequest> = {}): void => {
    edge.note({
      address: '203.0.113.7',
      isSignedIn: false,
      status: 200,
      step: 'GET page',
      fingerprint: 'f',
      ...more,
    });
  };
  const learn = async (...measures: EdgeMeasure[]): Promise<void> => {
    answer.next = { measures };
    request();
    await edge.report();
  };
  return { edge, reports, request, learn, answer, time };
};

describe('WatchEdge', () => {
  it('tells what each network did, once, and nothing when nothing happened', async () => {
    const { edge, reports, request } = givenEdge();
    request({ status: 404 });
    request({ address: '203.0.113.250', isSignedIn: true, fingerprint: 'g' });
    request({ step: 'POST /api/sign-in', fingerprint: 'g' });
    request({ step: 'POST /api/sign-in' });
    request({ address: '2001:db8::1', status: 500, fingerprint: 'g' });

    await edge.report();
    await edge.report();

    assert.equal(reports.length, 1);
    const [first, second] = reports[0]?.rows ?? [];
    const counts = { requests: 4, unauthenticated: 3, refused: 1, inSequence: 0, tries: [] };
    assert.deepEqual(first, {
      subnet: '203.0.113.0/24',
      ...counts,
      steps: ['POST /api/sign-in'],
    });
    assert.equal(second?.subnet, '2001:db8:0:0::/56');
    assert.deepEqual(reports[0]?.fingerprints, [3, 2]);
  });

  it('names logins by keyed digests, the same for the same one', async () => {
    const { edge, reports } = givenEdge();
    edge.noteTry('login', ' Anna ', '203.0.113.7', true);
    edge.noteTry('login', 'anna', '203.0.113.7', false);
    edge.noteTry('code', 'anna', '203.0.113.7', true);
    await edge.report();

    const tries = reports[0]?.rows[0]?.tries ?? [];
    assert.equal(tries[0]?.subject, tries[1]?.subject);
    assert.notEqual(tries[0]?.subject, tries[2]?.subject);
    assert.ok(tries.every(({ subject }) => subject.length === 22 && !subject.includes('anna')));
    assert.deepEqual(
      tries.map(({ failed }) => failed),
      [true, false, true],
    );
  });

  it('remembers over reports which numbers a network tries', async () => {
    const { edge, reports } = givenEdge();
    for (let n = 0; n < 5; n += 1) {
      edge.noteTry('login', `700000${String(n)}`, '203.0.113.7', true);
      edge.noteTry('login', 'me@example.ru', '203.0.113.7', true);
      await edge.report();
    }

    assert.deepEqual(
      reports.map(({ rows }) => rows[0]?.inSequence),
      [1, 2, 3, 4, 5],
    );
  });

  it('keeps a report small whatever comes', async () => {
    const { edge, reports, request } = givenEdge();
    for (let n = 0; n < 3_000; n += 1) {
      const address = `10.${String(n >> 8)}.${String(n & 255)}.1`;
      request({ address, fingerprint: String(n) });
      edge.noteTry('login', String(n), address, true);
    }
    await edge.report();

    for (let n = 0; n < 200; n += 1) edge.noteDocument('customer', randomUUID());
    request();
    await edge.report();
    assert.equal(reports[1]?.documents?.length, edgeReportLimits.documents);
    const report = reports[0] && { ...reports[0], documents: reports[1].documents };
    assert.equal(report?.rows.length, edgeReportLimits.rows);
    const sum = report.rows.reduce((total, { requests }) => total + requests, 0);
    assert.equal(sum, 3_000);
    assert.equal(report.rows.flatMap(({ tries }) => tries).length, edgeReportLimits.tries);
    assert.equal(report.fingerprints.length, edgeReportLimits.fingerprints);
    assert.ok(JSON.stringify(report).length < 60_000);
  });

  it('lets everybody through while nobody answers', async () => {
    const { edge, request } = givenEdge();
    request();
    await edge.report();

    assert.deepEqual(edge.admit(anna), { allowed: true });
    assert.equal(edge.delayMs('203.0.113.7'), 0);
    assert.equal(edge.asksForWork('203.0.113.7', 'anna'), false);
  });

  it('slows a network that is to be slowed, and asks for work there and for a login wherever it is tried from', async () => {
    const { edge, reports, learn, time } = givenEdge();
    edge.noteTry('login', 'anna', '198.51.100.1', true);
    await edge.report();
    const login = reports[0]?.rows[0]?.tries[0]?.subject ?? '';
    await learn(
      { on: 'subnet', id: '203.0.113.0/24', measure: 'tarpit', until },
      { on: 'login', id: login, measure: 'step-up', until },
    );

    assert.equal(edge.delayMs('203.0.113.99'), 3_000);
    assert.equal(edge.delayMs('198.51.100.1'), 0);
    assert.equal(edge.asksForWork('203.0.113.99', 'boris'), true);
    assert.equal(edge.asksForWork('198.51.100.1', 'Anna'), true);
    assert.equal(edge.asksForWork('198.51.100.1', 'boris'), false);
    assert.deepEqual(edge.admit(anna), { allowed: true });
    time.now = later(start, 60 * second);
    assert.equal(edge.delayMs('203.0.113.99'), 0);
    assert.equal(edge.asksForWork('203.0.113.99', 'Anna'), false);
  });

  it('has a suspected customer or session sign in again, and believes who did', async () => {
    const { edge, learn, time } = givenEdge();
    const signedInAt = time.now;
    time.now = later(start, second);
    await learn({ on: 'customer', id: 'anna', measure: 'step-up', until });
    assert.equal(edge.mustSignInAgain(anna, signedInAt), true);
    assert.equal(edge.mustSignInAgain({ ...anna, customer: 'boris' as CustomerId }, start), false);
    assert.deepEqual(edge.admit(anna), { allowed: true });

    const again = later(start, 2 * second);
    time.now = later(start, 3 * second);
    await learn({ on: 'customer', id: 'anna', measure: 'step-up', until });
    assert.equal(edge.mustSignInAgain(anna, again), false, 'the same measure goes on');

    const harder = later(start, 50 * second);
    await learn({ on: 'customer', id: 'anna', measure: 'step-up', until: isoText(harder) });
    assert.equal(edge.mustSignInAgain(anna, again), true, 'a new one asks anew');
    time.now = later(start, 60 * second);
    assert.equal(edge.mustSignInAgain(anna, again), false, 'it is over');
    await learn({ on: 'session', id: 'name of s', measure: 'tarpit', until });
    assert.equal(edge.mustSignInAgain(anna, again), false);
  });

  it('keeps what it was told while no answer comes, and forgets what is lifted', async () => {
    const { edge, request, learn, answer } = givenEdge();
    await learn({ on: 'customer', id: 'anna', measure: 'quarantine', until });
    answer.next = undefined;
    request();
    await edge.report();
    assert.equal(edge.admit(anna).allowed, false);

    await learn();
    assert.equal(edge.admit(anna).allowed, true);
  });

  it('gives a throttled customer one document a minute, beside their pages', async () => {
    const { edge, learn, time } = givenEdge();
    assert.deepEqual(edge.admit(anna, 'document'), { allowed: true });
    await learn({ on: 'customer', id: 'anna', measure: 'throttle', until });

    assert.deepEqual(edge.admit(anna, 'document'), { allowed: true });
    assert.deepEqual(edge.admit(anna), { allowed: true });
    assert.deepEqual(edge.admit(anna, 'document'), { allowed: false, retryAfterMs: 60_000 });
    time.now = later(start, 59 * second);
    assert.deepEqual(edge.admit(anna, 'document'), { allowed: false, retryAfterMs: 1_000 });
    assert.deepEqual(edge.admit(anna), { allowed: true });

    await learn({ on: 'session', id: 'name of s', measure: 'quarantine', until });
    assert.equal(edge.admit(anna, 'document').allowed, false);
  });

  it('stops a session in quarantine and gives a throttled customer a little', async () => {
    const { edge, learn, time } = givenEdge();
    await learn({ on: 'session', id: 'name of s', measure: 'quarantine', until });
    assert.deepEqual(edge.admit(anna), { allowed: false, retryAfterMs: 5_000 });
    assert.deepEqual(edge.admit({ ...anna, session: 'other' }), { allowed: true });

    await learn({ on: 'customer', id: 'anna', measure: 'throttle', until });
    assert.deepEqual(edge.admit(anna), { allowed: true });
    assert.deepEqual(edge.admit(anna), { allowed: false, retryAfterMs: 5_000 });
    time.now = later(start, 5 * second);
    assert.deepEqual(edge.admit(anna), { allowed: true });
    assert.deepEqual(edge.admit({ ...anna, customer: 'boris' as CustomerId }), { allowed: true });
  });
});

describe('The network of an address', () => {
  it('is its /24, or its /56', () => {
    const networks = {
      '203.0.113.7': '203.0.113.0/24',
      '::ffff:203.0.113.7': '203.0.113.0/24',
      '::1': '0:0:0:0::/56',
      '2001:db8:1:2ff::9': '2001:db8:1:200::/56',
      '2001:DB8:1:2FF:3:4:5:6': '2001:db8:1:200::/56',
      'fe80::1%eth0': 'fe80:0:0:0::/56',
      '1::2::3': 'unknown',
      '1:2:3': 'unknown',
      '1:2:3:4:5:6:7:8::': 'unknown',
      '1:::2': 'unknown',
      '12345::': 'unknown',
      nonsense: 'unknown',
      '': 'unknown',
    };
    for (const [address, network] of Object.entries(networks)) {
      assert.equal(subnetOf(address), network, address);
    }
  });

  it('is the same for all addresses that share 56 bits, and short', () => {
    const anyGroups = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(anyGroups, anyGroups, (one, other) => {
        const text = (groups: readonly number[]) =>
          groups.map((group) => group.toString(16)).join(':');
        const third = (one[3] ?? 0) & 0xff00;
        const near = [...one.slice(0, 3), third | ((other[3] ?? 0) & 0xff), ...other.slice(4)];
        assert.equal(subnetOf(text(one)), subnetOf(text(near)));
        assert.ok(subnetOf(text(one)).length <= 48);
      }),
      fcRuns,
    );
  });
});

describe('A row of numbers', () => {
  it('is as long as numbers follow each other closely, in whatever order', () => {
    assert.equal(longestRow([]), 0);
    assert.equal(longestRow([5, 5, 5]), 1);
    assert.equal(longestRow([105, 100, 110, 500, 115]), 4);
    assert.equal(longestRow([100, 111, 122]), 1);
  });

  it('is of logins that are numbers', () => {
    assert.equal(numberIn('+7 (999) 000-00-01'), 79_990_000_001);
    assert.equal(numberIn('7000001'), 7_000_001);
    assert.equal(numberIn('anna'), undefined);
    assert.equal(numberIn('1234567890123456'), undefined);
    assert.equal(numberIn(''), undefined);
  });
});
