import assert from 'node:assert/strict';
import { credentialStuffingDetector } from '../../../../src/domain/protection/detectors/credential-stuffing.ts';
import { enumerationDetector } from '../../../../src/domain/protection/detectors/enumeration.ts';
import { impossibleSequenceDetector } from '../../../../src/domain/protection/detectors/impossible-sequence.ts';
import { manySourcesDetector } from '../../../../src/domain/protection/detectors/many-sources.ts';
import { usualDetection } from '../../../../src/domain/protection/detectors/settings.ts';
import type { CustomerId } from '../../../../src/domain/ids.ts';
import { hour, later, minute, second } from '../../../../src/domain/time.ts';
import {
  edge,
  edgeRow,
  failedTries,
  message,
  midnight,
  seeAll,
} from '../../../support/given-traffic.ts';

const tick = (ms: number) => ({ kind: 'tick', at: later(midnight, ms) }) as const;

describe('The enumeration alarm', () => {
  const enumeration = () => enumerationDetector(usualDetection.enumeration, 3);

  it('lets one network try no more than twenty logins in vain', () => {
    const events = Array.from({ length: 40 }, (_, n) =>
      edge(later(midnight, n * minute), [
        edgeRow('10.0.0.0/24', { tries: failedTries(`login ${String(n)}`) }),
      ]),
    );
    const found = seeAll(enumeration(), events);

    assert.equal(found.length, 1);
    assert.equal(found[0]?.at, later(midnight, 20 * minute));
    assert.deepEqual(found[0].suspects, [{ kind: 'subnet', id: '10.0.0.0/24' }]);
    assert.equal(found[0].measure, 'tarpit');
  });

  it('sees numbers that follow each other by the fifth', () => {
    const rows = (subject: string, inSequence: number) => [
      edgeRow('a', { tries: failedTries(subject), inSequence }),
    ];
    const found = seeAll(
      enumeration(),
      [1, 2, 3, 4, 5].map((n) => edge(later(midnight, n * second), rows(String(n), n))),
    );

    assert.deepEqual(
      found.map(({ at }) => at),
      [later(midnight, 5 * second)],
    );
  });

  it('is silent about an office whose people get in, and about one who forgot a password', () => {
    const office = Array.from({ length: 60 }, (_, n) =>
      edge(later(midnight, n * second), [
        edgeRow('office', {
          tries: [{ subject: `person ${String(n)}`, failed: n % 3 === 0 }],
          inSequence: 9,
        }),
        edgeRow('home', { tries: failedTries('anna') }),
        edgeRow('reader'),
      ]),
    );

    assert.deepEqual(seeAll(enumeration(), office), []);
  });

  it('forgets a network within the hour or so', () => {
    const detector = enumeration();
    const tries = (from: number) =>
      edgeRow('a', {
        tries: failedTries(...Array.from({ length: 15 }, (_, n) => String(from + n))),
      });
    detector.see(edge(midnight, [tries(0)]));
    detector.see(tick(hour));

    assert.deepEqual(detector.see(edge(later(midnight, hour + minute), [tries(100)])), []);
  });
});

describe('The many-sources alarm', () => {
  const manySources = () => manySourcesDetector(usualDetection.manySources, 3);

  it('sees the sixth network that fails on one login, and asks that login for more', () => {
    const events = Array.from({ length: 8 }, (_, n) =>
      edge(later(midnight, n * second), [
        edgeRow(`subnet ${String(n)}`, { tries: failedTries('anna') }),
      ]),
    );
    const found = seeAll(manySources(), [...events, tick(hour)]);

    assert.equal(found.length, 1);
    assert.equal(found[0]?.at, later(midnight, 5 * second));
    assert.deepEqual(found[0].suspects, [{ kind: 'login', id: 'anna' }]);
    assert.equal(found[0].measure, 'step-up');
  });

  it('counts refusals behind the sign-in, and no success', () => {
    const events = Array.from({ length: 8 }, (_, n) => [
      message(midnight, { subnet: `subnet ${String(n)}`, passage: 'refused' }),
      message(midnight, { subnet: `subnet ${String(n)}`, customer: 'boris' as CustomerId }),
      message(midnight, { customer: 'clara' as CustomerId, passage: 'refused' }),
      {
        kind: 'text',
        at: midnight,
        from: { customer: 'dora' as CustomerId, session: undefined, subnet: undefined },
        sign: 'sql',
      } as const,
    ]).flat();
    const found = seeAll(manySources(), events);

    assert.deepEqual(
      found.map(({ target }) => target),
      ['anna'],
    );
  });
});

describe('The credential-stuffing alarm', () => {
  const stuffing = () => credentialStuffingDetector(usualDetection.credentialStuffing, 3);
  /** An hour in which a few mistype, then `failures` a second, each with another login of one network or of many. */
  const attack = (failures: number, networks: number) =>
    Array.from({ length: 3_660 }, (_, at) => {
      const isAttack = at >= 3_600;
      const usual = [
        edgeRow(`home ${String(at % 50)}`, {
          tries: [
            { subject: `person ${String(at % 50)}`, failed: at % 5 === 0 },
            { subject: `other ${String(at)}`, failed: false },
          ],
        }),
      ];
      const rows = Array.from({ length: isAttack ? failures : 0 }, (_, n) =>
        edgeRow(`bot ${String(n % networks)}`, {
          tries: failedTries(`victim ${String(at)} ${String(n)}`),
        }),
      );
      return edge(later(midnight, at * second), [...usual, ...rows]);
    });

  it('sees one network try many accounts, and slows that network', () => {
    const [first] = seeAll(stuffing(), attack(10, 1));

    assert.equal(first?.detector, 'credential-stuffing');
    assert.ok(first.at <= later(midnight, 3_611 * second));
    assert.deepEqual(first.suspects, [{ kind: 'subnet', id: 'bot 0' }]);
  });

  it('sees the failures of very many networks by their share of all', () => {
    const [first] = seeAll(stuffing(), attack(10, 10));

    assert.equal(first?.detector, 'credential-stuffing');
    assert.deepEqual(first.suspects, []);
  });

  it('is silent while people only mistype, and at the start', () => {
    assert.deepEqual(seeAll(stuffing(), [...attack(0, 1), tick(2 * hour), tick(4 * hour)]), []);
    assert.deepEqual(seeAll(stuffing(), attack(10, 1).slice(3_600)), []);
  });
});

describe('The alarm of impossible sequences', () => {
  const rules = [{ step: 'code', after: ['sign-in'], withinMs: 10 * minute }];
  const step = (ms: number, subnet: string, ...steps: string[]) =>
    edge(later(midnight, ms), [edgeRow(subnet, { steps }), edgeRow('idle')]);

  it('sees a step that cannot come first, once it has watched for long enough', () => {
    const found = seeAll(impossibleSequenceDetector(rules), [
      step(0, 'a', 'code'),
      step(10 * minute, 'b', 'sign-in'),
      step(10 * minute, 'b', 'code'),
      step(10 * minute, 'c', 'code'),
      step(10 * minute, 'd', 'sign-in', 'code'),
      step(20 * minute, 'b', 'code'),
      step(20 * minute + 1, 'b', 'code'),
    ]);

    assert.deepEqual(
      found.map(({ target, at }) => [target, at - midnight]),
      [
        ['c', 10 * minute],
        ['b', 20 * minute + 1],
      ],
    );
  });

  it('holds for operations of a customer, too', () => {
    const detector = impossibleSequenceDetector([
      { step: 'refund', after: ['pay'], withinMs: minute },
    ]);
    const found = seeAll(detector, [
      message(midnight, { operation: 'pay' }),
      message(later(midnight, minute), { operation: 'refund' }),
      tick(hour),
      message(later(midnight, hour), { operation: 'refund' }),
      { kind: 'condition', at: midnight, detector: 'grant-late', target: 'x', holds: false },
    ]);

    assert.equal(found.length, 1);
    assert.equal(found[0]?.evidence, 'refund without pay');
  });
});
