import assert from 'node:assert/strict';
import { logLevel, openLog, type LogFields } from '../../../src/adapters/system/log.ts';

describe('the log', () => {
  it('writes only what is on its list, and of errors only kind, sentence and place', () => {
    const lines: string[] = [];
    const log = openLog('info', 'portal', { write: (line) => void lines.push(line) });
    const error = Object.assign(new TypeError('no connection'), { config: { password: 'hidden' } });

    log.event('request-failed', { status: 500, error });
    log.event('careless', { password: 'hidden', body: { card: 'hidden' } } as LogFields);
    log.event('too-small', {}, 'debug');
    log.event('odd', { error: 'hidden' });

    assert.equal(lines.length, 3);
    assert.doesNotMatch(lines.join(), /hidden/);
    const first = JSON.parse(lines[0] ?? '') as Record<string, Record<string, string>>;
    assert.deepEqual(Object.keys(first['error'] ?? {}), ['type', 'message', 'stack']);
    assert.equal(first['msg'], 'request-failed');
    assert.equal(first['program'], 'portal');
  });

  it('names each field once, also where another program writes to it', () => {
    const lines: string[] = [];
    const log = openLog('info', 'kabinet', { write: (line) => void lines.push(line) });

    log.event('error', { program: 'gateway' });

    assert.equal(lines[0]?.match(/"program"/g)?.length, 1);
    assert.match(lines[0] ?? '', /"program":"gateway"/);
  });

  it('takes its level from the setting when that is one', () => {
    assert.equal(logLevel('debug', 'warn'), 'debug');
    assert.equal(logLevel('loud', 'warn'), 'warn');
    assert.equal(logLevel(undefined, 'warn'), 'warn');
  });
});
