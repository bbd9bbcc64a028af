import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type {
  Created,
  Outcome,
  RawRequest,
} from '../../../../src/application/ports/payment-provider.ts';
import type { PaymentId } from '../../../../src/domain/ids.ts';
import { money } from '../../../../src/domain/money.ts';
import { command, type PaymentHarness } from './payment-harness.ts';

export const deadlineMs = 4_000;
export const newId = () => randomUUID() as PaymentId;

export async function created(harness: PaymentHarness, amount = money(123_450n, 'RUB')) {
  const wish = command(newId(), { amount });
  const { ref } = done(await harness.provider.create(wish, deadlineMs));
  assert.ok(ref !== undefined);
  return { paymentId: wish.paymentId, ref };
}

export async function paidNotice(harness: PaymentHarness): Promise<RawRequest> {
  const { paymentId } = await created(harness);
  const [raw] = await harness.act(paymentId, 'pay');
  assert.ok(raw);
  return raw;
}

export async function claim(harness: PaymentHarness, ref: string) {
  const answer = await harness.provider.query?.(keyWith(ref));
  assert.ok(answer?.tag === 'done' && answer.value !== 'absent', answer?.tag);
  return answer.value;
}

/** Repeats the call as the worker does: until the outcome is known. */
export async function recovers(harness: PaymentHarness, wish: ReturnType<typeof command>) {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const outcome = await harness.provider.create(wish, deadlineMs);
    if (outcome.tag === 'done') break;
    // The simulator goes on replaying a 500 given before the effect, as the real one does.
    if (outcome.tag === 'unknown' && (await harness.made(wish.paymentId)) === 0) {
      assert.ok(Date.now() < deadline || outcome.why.includes('500'), outcome.why);
      if (outcome.why.includes('500')) return;
    }
    assert.equal(outcome.tag, 'unknown');
    assert.ok(Date.now() < deadline, 'it did not recover');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.equal(await harness.made(wish.paymentId), 1);
}

export function done(outcome: Outcome<Created>): Created {
  assert.ok(outcome.tag === 'done', JSON.stringify(outcome));
  return outcome.value;
}

/** A payment as its provider names it. */
export const keyWith = (ref: string) => ({ paymentId: newId(), ref });
