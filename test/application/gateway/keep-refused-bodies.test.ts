import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { MemoryRefusedBodyStore } from '../../../src/adapters/memory/memory-refused-body-store.ts';
import { bodyLock } from '../../../src/adapters/system/body-lock.ts';
import { cryptoRandomness } from '../../../src/adapters/system/crypto-randomness.ts';
import {
  bodiesPerHour,
  keepRefusedBodies,
  openRefusedBody,
} from '../../../src/application/gateway/keep-refused-bodies.ts';
import type { RefusedBodyId } from '../../../src/application/ports/refused-body-store.ts';
import { instant } from '../../../src/domain/time.ts';
import '../../support/fc-runs.ts';

const key = 'bad-signature:portal';
const lock = bodyLock(Buffer.alloc(32, 7));
const clock = { now: () => instant(1e12) };
const given = () => {
  const store = new MemoryRefusedBodyStore();
  return { store, keeper: keepRefusedBodies(store, lock, cryptoRandomness(), clock) };
};

describe('KeepRefusedBodies', () => {
  it('keeps digest and length of the whole, and the first 512 bytes for who has the key', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 1_500 }), async (body) => {
        const { store, keeper } = given();
        keeper.keep({ body, messageId: 'm' }, key);
        await keeper.flush();

        const [kept] = await store.list(5);
        assert.equal(kept?.digest, createHash('sha256').update(body).digest('hex'));
        assert.equal(kept.length, body.length);
        assert.deepEqual(openRefusedBody(lock, kept), body.slice(0, 512));
      }),
    );
  });

  it('locks the same body differently each time, so that nobody tells what came again', async () => {
    const { store, keeper } = given();
    const message = { body: Buffer.from('the same'), messageId: 'm' };
    keeper.keep(message, key);
    keeper.keep(message, key);
    await keeper.flush();

    const [one, other] = await store.list(5);
    assert.equal(one?.digest, other?.digest);
    assert.notEqual(one?.sealed, other?.sealed);
    assert.ok(!one!.sealed.includes(Buffer.from('the same').toString('base64url')));
  });

  it('opens neither with another key, nor in another row, nor altered', async () => {
    const { store, keeper } = given();
    keeper.keep({ body: Buffer.from('poison'), messageId: 'm' }, key);
    await keeper.flush();
    const [kept] = await store.list(1);
    const other = bodyLock(Buffer.alloc(32, 8));

    assert.throws(() => openRefusedBody(other, kept!));
    assert.throws(() => openRefusedBody(lock, { ...kept!, id: 'x' as RefusedBodyId }));
    assert.throws(() => openRefusedBody(lock, { ...kept!, digest: 'x' }));
    const at = kept!.sealed.length - 3;
    const changed = kept!.sealed[at] === 'A' ? 'B' : 'A';
    const sealed = kept!.sealed.slice(0, at) + changed + kept!.sealed.slice(at + 1);
    assert.throws(() => openRefusedBody(lock, { ...kept!, sealed }));
  });

  it('holds no more than an hour’s worth while the store is away, and then writes the newest', async () => {
    const { store } = given();
    let isAway = true;
    const add: typeof store.add = (...args) =>
      isAway ? Promise.reject(new Error('away')) : store.add(...args);
    const keeper = keepRefusedBodies({ add }, lock, cryptoRandomness(), clock);
    for (let n = 0; n <= bodiesPerHour; n += 1) {
      keeper.keep({ body: Buffer.from([n]), messageId: `message ${String(n)}\n` }, key);
    }
    await assert.rejects(keeper.flush(), /away/);

    isAway = false;
    await keeper.flush();
    await keeper.flush();

    const kept = await store.list(1_000);
    assert.equal(kept.length, bodiesPerHour);
    assert.ok(!kept.some(({ messageId }) => messageId === 'message 0'));
    assert.equal(kept[0]?.messageId.includes('\n'), false);
  });
});
