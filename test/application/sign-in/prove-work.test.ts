import assert from 'node:assert/strict';
import type { ProofsOfWork } from '../../../src/application/ports/proofs-of-work.ts';
import { proveWork } from '../../../src/application/sign-in/prove-work.ts';
import { MemoryLimiter } from '../../../src/adapters/memory/memory-limiter.ts';
import { usualLimits } from '../../../src/adapters/system/usual-limits.ts';

/** A challenge is its purpose and a number; its proof is the same text with a mark. */
const givenProving = () => {
  let made = 0;
  const proofs: ProofsOfWork = {
    challenge: async (purpose) => {
      made += 1;
      return `${purpose}#${String(made)}`;
    },
    proven: async (purpose, proof) => {
      const [name = '', mark] = proof.split('!');
      return mark === 'solved' && name.startsWith(`${purpose}#`) ? name : undefined;
    },
  };
  const secrets = { mac: (context: string) => `mac(${context})` };
  return proveWork(proofs, secrets, new MemoryLimiter(usualLimits));
};
const anna = { login: '7000001', address: '203.0.113.7' };
const challengeOf = async (answer: ReturnType<ReturnType<typeof proveWork>>): Promise<string> => {
  const proved = await answer;
  assert.ok(!proved.ok);
  assert.equal(proved.refusal.reason, 'proof-of-work-required');
  return proved.refusal.challenge;
};

describe('proveWork', () => {
  it('asks first, lets in whoever did the work, and only once', async () => {
    const prove = givenProving();
    const challenge = await challengeOf(prove({ ...anna, proof: undefined }));

    const proof = `${challenge}!solved`;
    assert.ok((await prove({ ...anna, proof })).ok);
    const again = await challengeOf(prove({ ...anna, proof }));
    assert.notEqual(again, challenge);
  });

  it('takes a proof from the same network for the same login, however it is typed', async () => {
    const prove = givenProving();
    const challenge = await challengeOf(prove({ ...anna, login: 'Anna', proof: undefined }));

    const proof = `${challenge}!solved`;
    await challengeOf(prove({ ...anna, login: 'boris', proof }));
    await challengeOf(prove({ login: 'anna', address: '198.51.100.7', proof }));
    assert.ok((await prove({ login: ' ANNA ', address: '203.0.113.99', proof })).ok);
  });

  it('asks anew for what proves nothing', async () => {
    const prove = givenProving();
    const challenge = await challengeOf(prove({ ...anna, proof: undefined }));

    assert.notEqual(
      await challengeOf(prove({ ...anna, proof: `${challenge}!guessed` })),
      challenge,
    );
  });
});
