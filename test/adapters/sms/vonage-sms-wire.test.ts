import assert from 'node:assert/strict';
import {
  outcomeOfBreak,
  outcomeOfHttp,
  outcomeOfParts,
} from '../../../src/adapters/sms/vonage-sms-wire.ts';

const outcomeOf = (...statuses: unknown[]) =>
  outcomeOfParts(statuses.map((status) => ({ status, messageId: 'A1' }))).outcome;

describe('answers of the SMS API', () => {
  const table: Readonly<Record<string, readonly string[]>> = {
    accepted: ['0'],
    'not-attempted': ['1', '4', '5', '8', '9', '10', '11'],
    refused: ['2', '3', '6', '7', '12', '14', '15', '22', '23', '29', '32', '33'],
    unknown: ['13', '99', '', 'constructor'],
  };
  for (const [outcome, statuses] of Object.entries(table)) {
    it(`${statuses.join(' ')} is ${outcome}`, () => {
      for (const status of statuses) assert.equal(outcomeOf(status), outcome, status);
    });
  }

  it('are one outcome for all parts of a text', () => {
    assert.equal(outcomeOf('0', '0'), 'accepted');
    assert.equal(outcomeOf('0', '9'), 'unknown');
    assert.equal(outcomeOf('9', '9'), 'not-attempted');
    assert.equal(outcomeOf(), 'unknown');
    assert.equal(outcomeOf(undefined), 'unknown');
    assert.equal(outcomeOf(0), 'unknown');
  });

  it('say how long to wait', () => {
    const errorText = 'Throughput Rate Exceeded - please wait [ 250 ] and retry';

    const told = outcomeOfParts([{ status: '1', errorText }]);

    assert.ok(told.outcome === 'not-attempted' && told.retryAfterMs === 250);
    const http = outcomeOfHttp(429, '3');
    assert.ok(http.outcome === 'not-attempted' && http.retryAfterMs === 3_000);
  });

  it('that never came are known only when nothing was sent', () => {
    assert.equal(outcomeOfBreak('ECONNREFUSED').outcome, 'not-attempted');
    assert.equal(outcomeOfBreak('ECONNRESET').outcome, 'unknown');
    assert.equal(outcomeOfBreak('').outcome, 'unknown');
    assert.equal(outcomeOfHttp(503, undefined).outcome, 'unknown');
  });
});
