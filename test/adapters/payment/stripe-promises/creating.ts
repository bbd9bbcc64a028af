import assert from 'node:assert/strict';
import { second } from '../../../../src/domain/time.ts';
import { command, type PaymentHarness } from './payment-harness.ts';
import { deadlineMs, done, newId } from './payment-steps.ts';

/** What creating a payment promises. */
export function creating(of: () => PaymentHarness): void {
  it('where the payer is sent to its page until it expires', async () => {
    const wish = command(newId());

    const created = done(await of().provider.create(wish, deadlineMs));

    assert.equal(created.redirect.kind, 'get');
    const page = await fetch(created.redirect.kind === 'get' ? created.redirect.url : '');
    assert.match(await page.text(), /7000001-1 &amp; «дом» &lt;b&gt; 🏠/);
    assert.ok(Math.abs((created.expiresAt ?? 0) - wish.expiresAt) < second);
  });

  it('once, however often it is asked to', async () => {
    const wish = command(newId());

    const twice = [
      done(await of().provider.create(wish, deadlineMs)),
      done(await of().provider.create(wish, deadlineMs)),
    ];
    const atOnce = command(newId());
    await Promise.all([1, 2, 3].map(() => of().provider.create(atOnce, deadlineMs)));

    assert.equal(twice[0]?.ref, twice[1]?.ref);
    assert.equal(await of().made(wish.paymentId), 1);
    assert.equal(await of().made(atOnce.paymentId), 1);
  });

  it('also when the same payment is asked for in other words: still one, never a refusal', async () => {
    const wish = command(newId());
    const first = done(await of().provider.create(wish, deadlineMs));

    const again = { ...wish, locale: 'en', description: 'Account 7000001-1' } as const;
    const second = done(await of().provider.create(again, deadlineMs));

    assert.equal(second.ref, first.ref);
    assert.equal(await of().made(wish.paymentId), 1);
  });

  it('with a description as long as somebody writes it', async () => {
    const wish = command(newId(), { description: '🏠'.repeat(5_000) });

    done(await of().provider.create(wish, deadlineMs));
  });
}
