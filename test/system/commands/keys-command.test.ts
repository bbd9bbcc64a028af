import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyRing } from '../../../src/adapters/amqp/key-ring.ts';
import { keysOptions } from '../../../src/main/commands/keys-options.ts';

const program = join(import.meta.dirname, '../../../src/main/commands/keys.ts');

describe('npm run keys', () => {
  const directory = mkdtempSync(join(tmpdir(), 'kabinet-keys-'));
  const keys = (...args: readonly string[]) => {
    const env = { ...process.env, KABINET_KEYS: directory };
    const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...args], { env });
    return { out: stdout.toString(), trouble: stderr.toString(), status };
  };
  after(() => {
    rmSync(directory, { recursive: true });
  });

  it('lists, rotates and revokes the keys of a directory', () => {
    const portal = openKeyRing(directory, 'portal');
    const old = portal.own.kid;

    assert.match(keys('list').out, new RegExp(`^portal +${old}  from \\S+\n$`));
    const [, fresh = ''] = /^portal signs with (\S+) from/.exec(keys('rotate', 'portal').out) ?? [];
    assert.match(
      keys('list').out,
      new RegExp(`^portal +${old} .* until .*\nportal +${fresh}  from`),
    );
    assert.equal(
      keys('rotate', 'portal').trouble.split(';')[0],
      'kabinet: the next key of portal is announced already',
    );
    assert.match(keys('revoke', '--', old).out, /is believed no more/);

    assert.equal(openKeyRing(directory, 'gateway').find(old), undefined);
    assert.equal(openKeyRing(directory, 'portal').own.kid, fresh);
  });

  it('says what it can do, and what it cannot understand', () => {
    assert.match(keys('--help').out, /Usage: npm run keys/);
    assert.equal(keys('revoke', 'nobody').status, 1);
    for (const [args, sentence] of [
      [[], /say what to do/],
      [['rotate'], /say whose key/],
      [['rotate', 'anna'], /say whose key/],
      [['revoke'], /say which key/],
      [['list', 'a', 'b'], /not also b/],
      [['list', '--public', 'a.pem'], /goes with rotate only/],
    ] as const) {
      assert.throws(() => keysOptions(args), sentence);
    }
    const publicFile = 'a.pem';
    assert.deepEqual(keysOptions(['rotate', 'identity', '--public', publicFile]), {
      command: 'rotate',
      source: 'identity',
      publicFile,
    });
  });
});
