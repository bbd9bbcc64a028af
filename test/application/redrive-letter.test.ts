import assert from 'node:assert/strict';
import { MemoryOutbox } from '../../src/adapters/memory/memory-outbox.ts';
import { MemoryWakeups } from '../../src/adapters/memory/memory-wakeups.ts';
import { redriveLetter } from '../../src/application/redrive-letter.ts';
import type { WireMessage } from '../../src/application/ports/broker.ts';
import type { Envelope } from '../../src/application/ports/envelope.ts';
import type { Unreadable } from '../../src/application/ports/message-reader.ts';
import { ok, refused } from '../../src/domain/result.ts';
import { instant, minute } from '../../src/domain/time.ts';
import { anna, randomness } from '../support/gateway-world.ts';

const now = instant(1e12);
const letter = {} as WireMessage;
const envelope = (more: Partial<Envelope>): Envelope =>
  ({
    ...{ id: randomness.id(), source: 'portal', type: 'ledger.record-payment', subject: anna },
    ...{ messageClass: 'command', idempotencyKey: randomness.id(), data: { n: 1 } },
    ...more,
  }) as Envelope;

describe('RedriveLetter', () => {
  const given = (read: Envelope | Unreadable['why']) => {
    const outbox = new MemoryOutbox(new MemoryWakeups());
    const reader = {
      read: () => (typeof read === 'string' ? refused({ why: read }) : ok(read)),
    };
    const redrive = redriveLetter('portal', reader, outbox, { now: () => now });
    return { redrive: () => redrive(letter), waiting: () => outbox.take(10, minute, now) };
  };

  it('has a command said again under its own key, and names the old one as its cause', async () => {
    const command = envelope({});
    const { redrive, waiting } = given(command);

    assert.deepEqual(await redrive(), ok(command.idempotencyKey));
    await redrive();

    const body = JSON.stringify({ type: command.type, data: { n: 1 }, causedBy: command.id });
    assert.deepEqual(await waiting(), [
      {
        ...{ id: command.idempotencyKey, topic: 'command', customerId: anna, body },
        ...{ createdAt: now, attempts: 0 },
      },
    ]);
  });

  it('has an event said again, and waits with it once', async () => {
    const facts = { messageClass: 'event', type: 'ledger.account-changed' } as const;
    const event = envelope({ ...facts, idempotencyKey: undefined });
    const { redrive, waiting } = given(event);

    await redrive();
    await redrive();

    assert.deepEqual(
      (await waiting()).map(({ id, topic }) => [id, topic]),
      [[event.id, 'event']],
    );
  });

  it('says nothing again that nobody we know said, another said, or nobody waits for', async () => {
    const cases = [
      ['signature', { reason: 'unreadable', why: 'signature' }],
      [envelope({ source: 'accounting' }), { reason: 'not-ours', source: 'accounting' }],
      [envelope({ messageClass: 'query' }), { reason: 'not-lasting' }],
      [envelope({ messageClass: 'control' }), { reason: 'not-lasting' }],
      [envelope({ idempotencyKey: 'a-key-that-is-no-uuid-of-ours' }), { reason: 'not-lasting' }],
    ] as const;
    for (const [read, refusal] of cases) {
      const { redrive, waiting } = given(read);
      assert.deepEqual(await redrive(), refused(refusal));
      assert.deepEqual(await waiting(), []);
    }
  });
});
