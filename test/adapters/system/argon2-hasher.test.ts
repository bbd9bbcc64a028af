import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { TooBusy } from '../../../src/application/ports/outage.ts';
import { argon2Hasher } from '../../../src/adapters/system/argon2-hasher.ts';
import { keyedSecrets } from '../../../src/adapters/system/keyed-secrets.ts';

const secrets = keyedSecrets(randomBytes(32));

describe('passwords by Argon2id', () => {
  const hasher = argon2Hasher(secrets);

  it('verify against their own sealed digest only', async () => {
    const digest = await hasher.hash('demo-Kabinet-2026 пароль');

    assert.equal(await hasher.verify('demo-Kabinet-2026 пароль', digest), true);
    assert.equal(await hasher.verify('demo-Kabinet-2026 Пароль', digest), false);
    assert.match(secrets.open(digest, 'password'), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.doesNotMatch(digest, /argon2/);
  });

  it('are the same however their letters are put together', async () => {
    const digest = await hasher.hash('пароль\u0439');

    assert.ok(await hasher.verify('пароль\u0438\u0306', digest));
  });

  it('take as long for nobody as for somebody', async () => {
    const digest = await hasher.hash('some password');
    const somebody = await millisecondsOf(() => hasher.verify('wrong', digest));
    const nobody = await millisecondsOf(async () => {
      assert.equal(await hasher.verify('wrong', undefined), false);
    });

    assert.ok(nobody > somebody / 3 && nobody < somebody * 3, `${nobody} ms, ${somebody} ms`);
  });

  it('refuse to queue without end', async () => {
    const crowd = await Promise.allSettled(
      Array.from({ length: 230 }, () => hasher.verify('x', undefined)),
    );

    const refused = crowd.filter((each) => each.status === 'rejected');
    assert.equal(refused.length, 26);
    const [first] = refused;
    assert.ok(first?.reason instanceof TooBusy && first.reason.retryAfterMs > 0);
    assert.equal(await hasher.verify('x', undefined), false);
  });
});

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 7; n += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[3] ?? 0;
}
