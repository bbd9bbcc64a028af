import assert from 'node:assert/strict';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import fc from 'fast-check';
import { altchaProofs } from '../../../src/adapters/system/altcha-proofs.ts';
import { proofMs } from '../../../src/application/ports/proofs-of-work.ts';
import { later } from '../../../src/domain/time.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';

/** Four tries on average. */
const cheap = { cost: 1, keyPrefix: '0' };
const toText = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const fromText = (text: string): Challenge =>
  JSON.parse(Buffer.from(text, 'base64url').toString()) as Challenge;

/** Answers as ALTCHA's own solver does. */
const solved = async (challenge: Challenge) => {
  const found = await solveChallenge({ challenge, deriveKey });
  assert.ok(found !== null);
  const { counter, derivedKey } = found;
  return { challenge, solution: { counter, derivedKey } };
};

describe('Proofs of work by ALTCHA', () => {
  const proofs = altchaProofs('secret', systemClock, cheap);

  it('believe what ALTCHA’s own solver found, and name the challenge', async () => {
    const [one, other] = [await proofs.challenge('anna'), await proofs.challenge('anna')];

    const name = await proofs.proven('anna', toText(await solved(fromText(one))));
    const otherName = await proofs.proven('anna', toText(await solved(fromText(other))));

    assert.equal(name, fromText(one).signature);
    assert.ok(otherName !== undefined && otherName !== name);
  });

  it('fit their purpose and no other', async () => {
    const proof = toText(await solved(fromText(await proofs.challenge('anna'))));

    assert.equal(await proofs.proven('boris', proof), undefined);
  });

  it('are of no use to another secret, and when their time is over', async () => {
    const proof = toText(await solved(fromText(await proofs.challenge('anna'))));

    const strangers = altchaProofs('another', systemClock, cheap);
    const tomorrow = { now: () => later(systemClock.now(), proofMs + 1_000) };
    assert.equal(await strangers.proven('anna', proof), undefined);
    assert.equal(await altchaProofs('secret', tomorrow, cheap).proven('anna', proof), undefined);
  });

  it('cannot be made easier, longer or somebody else’s by who answers', async () => {
    const challenge = fromText(await proofs.challenge('anna'));
    const { parameters } = challenge;
    const eased = [
      { ...parameters, keyPrefix: '' },
      { ...parameters, cost: 0 },
      { ...parameters, keyPrefix: '00' },
      { ...parameters, expiresAt: (parameters.expiresAt ?? 0) + 60 },
      { ...parameters, nonce: '00'.repeat(16) },
    ];
    const answer = await solved(challenge);
    for (const changed of eased) {
      const proof = toText({ ...answer, challenge: { ...challenge, parameters: changed } });
      assert.equal(await proofs.proven('anna', proof), undefined);
    }
    const { solution } = answer;
    const unworked = { ...solution, counter: solution.counter + 1 };
    assert.equal(await proofs.proven('anna', toText({ challenge, solution: unworked })), undefined);
    const { signature: _, ...unsigned } = challenge;
    assert.equal(
      await proofs.proven('anna', toText({ ...answer, challenge: unsigned })),
      undefined,
    );
  });

  it('throw for nothing that comes in their place', async () => {
    const proof = toText(await solved(fromText(await proofs.challenge('anna'))));
    const text = fc.oneof(
      fc.string(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
      fc.nat(proof.length - 1).map((cut) => proof.slice(0, cut)),
    );

    await fc.assert(
      fc.asyncProperty(text, async (made) => {
        assert.equal(await proofs.proven('anna', made), undefined);
      }),
    );
  });

  it('take hundreds of keys unless told otherwise', async () => {
    const { parameters } = fromText(await altchaProofs('secret', systemClock).challenge('anna'));

    assert.equal(parameters.algorithm, 'PBKDF2/SHA-256');
    assert.equal(parameters.keyPrefix, '00');
    assert.equal(parameters.cost, 5_000);
  });
});
