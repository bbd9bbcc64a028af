import assert from 'node:assert/strict';
import { byClaim } from '../../../../src/application/payments/settle-payment.ts';
import { money } from '../../../../src/domain/money.ts';
import { hour, minute } from '../../../../src/domain/time.ts';
import { givenClaim } from '../../../support/given-payments.ts';
import { both, can, has, type Case } from '../case.ts';
import { shown } from '../shown.ts';

/** F. To the smallest unit. */
export const moneyCases: readonly Case[] = [
  {
    no: 60,
    title: 'every currency with its own digits: there and back, paid and refunded',
    play: async (stage) => {
      for (const currency of stage.system.currencies) {
        for (const minor of [1n, 10n, 12_345n, 12_340n].filter(
          (each) => each >= stage.system.least,
        )) {
          const amount = money(minor, currency);
          const { id } = await stage.wish(amount);
          const sent = await stage.core.send(id);
          // KWD is charged in tens of fils: what cannot be charged is refused, not rounded.
          if (currency === 'KWD' && minor % 10n !== 0n && sent?.state === 'failed') continue;
          assert.equal(sent?.state, 'pending', `${String(minor)} ${currency}`);
          await stage.visit(sent.state === 'pending' ? sent.redirect : undefined);
          await stage.levers.act(id, 'pay');
          await stage.isPaidOnce(id, minor);
          if (stage.plain.refund === undefined) continue;
          const asked = await stage.core.refund({
            ...{ paymentId: id, amount, reason: '' },
            staff: id as string as Parameters<typeof stage.core.refund>[0]['staff'],
          });
          assert.ok(asked.ok, shown(asked));
          await stage.pass(2 * hour, 30 * minute);
          assert.deepEqual(
            (await stage.refunds(id)).map((refund) => [refund.state, refund.minor]),
            [['succeeded', minor]],
            `${String(minor)} ${currency}`,
          );
        }
      }
    },
  },
  {
    no: 61,
    title: 'a sum in every spelling its protocol allows is the same sum, in any other refused',
    play: async (stage) => {
      const { spellings = [] } = stage.system;
      for (const word of spellings) {
        const id = await stage.pending(stage.sum(100_00n));
        const order = word.startsWith('refused:') ? { forge: word.slice(8) } : {};
        await stage.levers.act(id, word.startsWith('refused:') ? 'pay' : word, order);
        if (word.startsWith('refused:')) await stage.isUnpaid(id, 'pending', 'review');
        else await stage.isPaidOnce(id);
      }
      const id = await stage.pending(stage.sum(100_00n));
      await stage.levers.act(id, 'pay');
      await stage.isPaidOnce(id, 100_00n);
    },
  },
  {
    no: 62,
    title: 'refunds of too much, nothing, less than nothing, other money; two of 60 % at once: one',
    needs: can('refund'),
    play: async (stage) => {
      const id = await stage.paid();
      for (const minor of [123_451n, 0n, -1n])
        assert.equal((await stage.refund(id, minor)).ok, false);
      const both = await Promise.all([stage.refund(id, 74_070n), stage.refund(id, 74_070n)]);
      await stage.pass(2 * hour, 30 * minute);

      assert.equal(both.filter(({ ok }) => ok).length, 1);
      assert.deepEqual(
        (await stage.refunds(id)).map(({ state, minor }) => [state, minor]),
        [['succeeded', 74_070n]],
      );
    },
  },
  {
    no: 63,
    title:
      'refunds told twice count once; one made in the provider’s cabinet appears; one that fails comes back',
    needs: both(can('refund'), has('cabinet-refunds')),
    play: async (stage) => {
      const id = await stage.paid();
      await stage.refund(id, 23_450n);
      await stage.pass(2 * hour, 30 * minute);
      await stage.levers.act(id, 'refund', { amountMinor: 50_000, times: 2 });
      await stage.pass(hour, 30 * minute);

      const ours = { state: 'succeeded', minor: 23_450n, origin: 'staff' };
      assert.deepEqual(await stage.refunds(id), [
        ours,
        { state: 'succeeded', minor: 50_000n, origin: 'provider' },
      ]);
      if (!stage.system.traits.includes('refund-fails')) return;
      await stage.levers.act(id, 'refund-fails');
      await stage.pass(hour, 30 * minute);
      const { customerId } = await stage.payment(id);
      const debited = await stage.stores.debited(customerId);
      assert.equal(
        debited.reduce((sum, minor) => sum + minor, 0n),
        23_450n,
      );
    },
  },
  {
    no: 64,
    title:
      'two payments for one debt are two; a provider’s fee is no shortfall; a dispute leaves nothing below zero',
    play: async (stage) => {
      const [one, two] = [await stage.paid(), await stage.paid()];
      await stage.isPaidOnce(one);
      await stage.isPaidOnce(two);
      const paid = await stage.payment(one);
      if (stage.system.traits.includes('net')) {
        assert.ok(paid.state === 'succeeded' && (paid.providerFee?.minor ?? 0n) > 0n);
      }
      if (stage.plain.refund !== undefined) {
        assert.ok((await stage.refund(one, 123_450n)).ok);
        await stage.pass(2 * hour, 30 * minute);
        await stage.isPaidOnce(two);
      }
      if (stage.system.traits.includes('disputes')) {
        await stage.levers.act(two, 'dispute');
        assert.equal((await stage.refund(two, 1n)).ok, false);
        await stage.levers.act(two, 'dispute-won');
        assert.equal((await stage.stores.refunds.disputesOf(two))[0]?.state, 'won');
      }
      const again = givenClaim({ mode: stage.plain.mode, amount: stage.sum(), ref: undefined });
      const applied = await stage.core.settle(one, byClaim(again, stage.plain.mode));
      assert.equal(applied.result, 'same');
    },
  },
];
