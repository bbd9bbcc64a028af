import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  pageDeadlineMs,
  sendPayment,
  workerDeadlineMs,
} from '../../../src/application/payments/send-payment.ts';
import type { Created, Outcome } from '../../../src/application/ports/payment-provider.ts';
import type { PaymentId } from '../../../src/domain/ids.ts';
import { money } from '../../../src/domain/money.ts';
import { day, hour, later, minute, second } from '../../../src/domain/time.ts';
import { fcFewRuns } from '../../support/fc-runs.ts';
import { freshId, noon } from '../../support/given.ts';
import { givenPaying } from '../../support/given-paying.ts';
import { givenClaim } from '../../support/given-payments.ts';
import { interleaved } from '../../support/interleaved.ts';

const silence: Outcome<Created> = { tag: 'unknown', why: 'timeout' };
const notAttempted: Outcome<Created> = { tag: 'not-attempted', why: 'no connection' };

describe('SendPayment', () => {
  it('creates the payment at its provider and learns where the payer is sent', async () => {
    const { wish, send, provider, payment, account } = await givenPaying();
    const id = await wish();

    const sent = await send(id);

    const redirect = { kind: 'get', url: `https://alpha.example/ref-${id}` };
    assert.equal(sent?.state, 'pending');
    assert.deepEqual('redirect' in sent && sent.redirect, redirect);
    assert.deepEqual(sent, await payment(id));
    const command = {
      paymentId: id,
      amount: money(50_000n, 'RUB'),
      description: `Лицевой счёт ${account.number}`,
      expiresAt: later(noon, hour),
      returnUrl: `https://kabinet.example/payments/${id}`,
    };
    assert.deepEqual(provider.calls, [{ command, deadlineMs: pageDeadlineMs }]);
  });

  it('gives the payer as long as the provider does', async () => {
    const { wish, send, provider } = await givenPaying();
    const expiresAt = later(noon, 20 * minute);
    const redirect = { kind: 'get', url: 'https://alpha.example/' } as const;
    provider.answers.push({ tag: 'done', value: { ref: 'r', redirect, expiresAt } });

    const sent = await send(await wish());

    assert.equal(sent?.state === 'pending' && sent.expiresAt, expiresAt);
  });

  it('sends a payment once, in whatever order two pages and the worker run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (s) => {
        const { wish, send, sendDue, provider, payment, clock } = await givenPaying({
          payments: (store) => interleaved(s, store),
          provider: (one) => interleaved(s, one),
        });
        const id = await wish();
        clock.move(5 * second);

        const sent = await s.waitFor(Promise.all([send(id), sendDue(10), send(id)]));

        assert.equal(provider.calls.length, 1);
        assert.ok(sent.filter((one) => typeof one === 'object').length <= 1);
        assert.equal((await payment(id)).state, 'pending');
      }),
      fcFewRuns,
    );
  });

  it('has nothing to send of a payment that is not there, or was sent', async () => {
    const { wish, send, provider } = await givenPaying();
    const id = await wish();
    await send(id);

    assert.equal(await send(id), undefined);
    assert.equal(await send(freshId<PaymentId>()), undefined);
    assert.equal(provider.calls.length, 1);
  });

  it('closes what the provider declines, with its reason', async () => {
    const { wish, send, provider } = await givenPaying();
    provider.answers.push({ tag: 'declined', reason: 'limit_exceeded' });

    const sent = await send(await wish());

    assert.equal(sent?.state === 'failed' && sent.reason, 'limit_exceeded');
  });

  it('closes what the provider does not understand as declined', async () => {
    const { wish, send, provider } = await givenPaying();
    provider.answers.push({ tag: 'invalid', why: 'no such currency' });

    const sent = await send(await wish());

    assert.equal(sent?.state === 'failed' && sent.reason, 'declined');
  });

  it('leaves a payment of a provider that is not plugged in to who has it', async () => {
    const { wish, stores, settle, sending, clock, payment } = await givenPaying();
    const id = await wish();
    const nobody = { ...sending, providers: [] };

    const sent = await sendPayment(stores.payments, settle, nobody, clock)(id);

    assert.equal(sent, undefined);
    assert.equal((await payment(id)).state, 'initiating');
  });

  describe('after a silence', () => {
    it('knows nothing, and the worker makes the same call with the same key', async () => {
      const { wish, send, sendDue, provider, payment, clock } = await givenPaying();
      provider.answers.push(silence);
      const id = await wish();

      const sent = await send(id);
      clock.move(15 * second - 1);
      const early = await sendDue(10);
      clock.move(1);
      const due = await sendDue(10);

      assert.equal(sent?.state, 'initiating');
      assert.deepEqual([early, due], [0, 1]);
      const [first, again] = provider.calls;
      assert.deepEqual(again?.command, first?.command);
      assert.equal(again?.deadlineMs, workerDeadlineMs);
      assert.equal((await payment(id)).state, 'pending');
    });

    it('is still nobody’s guess while the payer has time, and closes after it, still open to a late proof', async () => {
      const { wish, send, sendDue, take, proof, provider, payment, clock } = await givenPaying();
      provider.answers.push(...Array.from({ length: 20 }, () => silence));
      const id = await wish();
      await send(id);

      for (let at = 0; at < 59; at += 1) {
        clock.move(minute);
        await sendDue(10);
        assert.equal((await payment(id)).state, 'initiating');
      }
      clock.move(2 * hour);
      await sendDue(10);
      assert.equal((await payment(id)).state, 'initiating');
      provider.standings.push({ tag: 'done', value: 'absent' });
      clock.move(day);
      await sendDue(10);
      const closed = (await payment(id)).state;
      await take(proof(id));

      assert.equal(closed, 'expired');
      const paid = await payment(id);
      assert.equal(paid.state === 'succeeded' && paid.late, true);
    });

    it('is not taken for "surely nothing happened" when the next call cannot even begin', async () => {
      const { wish, send, sendDue, take, proof, provider, payment, clock } = await givenPaying();
      provider.answers.push(silence, notAttempted);
      const id = await wish();
      await send(id);
      clock.move(15 * second);
      await sendDue(10);

      const meanwhile = (await payment(id)).state;
      await take(proof(id));

      assert.equal(meanwhile, 'initiating');
      assert.equal((await payment(id)).state, 'succeeded');
    });
  });

  describe('when the call surely did not happen', () => {
    it('goes back to the beginning and is sent again later', async () => {
      const { wish, send, sendDue, provider, payment, clock } = await givenPaying();
      provider.answers.push(notAttempted);
      const id = await wish();

      const sent = await send(id);
      clock.move(minute);
      await sendDue(10);

      assert.equal(sent?.state, 'created');
      assert.equal(provider.calls.length, 2);
      assert.equal((await payment(id)).state, 'pending');
    });

    it('sends nothing after the payer’s time, and closes what the provider has never heard of', async () => {
      const { wish, sendDue, provider, payment, clock } = await givenPaying();
      provider.standings.push({ tag: 'done', value: 'absent' });
      const id = await wish();
      clock.move(hour);

      await sendDue(10);

      assert.deepEqual(provider.calls, []);
      assert.equal((await payment(id)).state, 'expired');
    });

    it('finds out after the payer’s time that a call without an answer had arrived and was paid', async () => {
      const { wish, send, sendDue, provider, payment, clock, stores, anna } = await givenPaying();
      provider.answers.push(silence);
      const id = await wish();
      await send(id);
      provider.standings.push({ tag: 'done', value: givenClaim() });
      clock.move(hour);

      await sendDue(10);

      assert.equal((await payment(id)).state, 'succeeded');
      assert.deepEqual(await stores.credited(anna.id), [50_000n]);
    });
  });

  it('lets a proof that overtook the answer stand', async () => {
    const { wish, send, provider, take, proof, payment } = await givenPaying();
    const id = await wish();
    provider.meanwhile = () => take(proof(id));

    const sent = await send(id);

    assert.equal(sent?.state, 'succeeded');
    assert.equal((await payment(id)).state, 'succeeded');
  });
});
