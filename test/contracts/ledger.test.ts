import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ofAccount, ofProvider } from '../../src/domain/ledger/chart-of-accounts.ts';
import type { LedgerEvent } from '../../src/domain/ledger/ledger-event.ts';
import type { CalendarDay } from '../../src/domain/time.ts';
import { chargeOf, newBill } from '../../src/domain/ledger/bill.ts';
import { parseQuantity } from '../../src/domain/ledger/charge.ts';
import { alpha, clearing, ledgerTeller, posted, rub, told } from '../support/ledger-teller.ts';
import {
  ledgerNow as now,
  memoryLedgerStage,
  postgresLedgerStage,
  type LedgerStage,
} from '../support/ledger-stage.ts';

const repeated = { ok: true, value: 'repeated' } as const;

const contract = (stage: () => LedgerStage) => {
  let account: string;
  beforeEach(async () => {
    account = await stage().addAccount('RUB');
  });
  const teller = ledgerTeller(stage, () => account);
  const { tell, charge, capture, stands, balance, reasonOf, racing } = teller;

  it('posts an event once, told again or told by many at once, and refuses it told otherwise', async () => {
    const invoiceId = randomUUID();
    const same = Array.from({ length: 10 }, () => charge(100n, invoiceId));

    assert.deepEqual(
      await racing(same),
      ['posted', ...Array<string>(9).fill('repeated')].toSorted(),
    );
    assert.deepEqual(await charge(100n, invoiceId), repeated);
    assert.deepEqual(await charge(101n, invoiceId), {
      ok: false,
      refusal: { reason: 'told-otherwise', key: `charge:${invoiceId}` },
    });
    assert.deepEqual(await stands(), [-100n, 1, ['charge -100 memo']]);
  });

  it('splits every payment by the debt of its moment, however many come at once', async () => {
    await charge(950n);
    const paid = await Promise.all(Array.from({ length: 10 }, () => capture(100n)));

    assert.ok(paid.every(({ ok: isOk }) => isOk));
    assert.equal(await balance(ofAccount('receivable', account)), 0n);
    assert.equal(await balance(ofAccount('prepayment', account)), -50n);
    const [left, version] = await stands();
    assert.deepEqual([left, version], [50n, 11]);
  });

  it('applies what was paid in advance to a later charge, and keeps the bill that explains it', async () => {
    await capture(600_00n);
    const bill = newBill({
      invoiceId: randomUUID(),
      account,
      currency: 'RUB',
      period: { from: '2026-11-01' as CalendarDay, to: '2026-11-30' as CalendarDay },
      services: [
        {
          title: 'Вода',
          quantity: parseQuantity('12.5')!,
          unit: 'м³',
          tariffs: [{ from: '2026-01-01' as CalendarDay, price: parseQuantity('43.5712')! }],
        },
      ],
    });
    assert.ok(bill.ok);

    assert.deepEqual(
      await stage().post(chargeOf(bill.value, now, 'water'), { bill: bill.value }),
      posted,
    );

    assert.equal(await balance(ofAccount('receivable', account)), 0n);
    assert.equal(await balance(ofAccount('prepayment', account)), -55_36n);
    assert.deepEqual(await stage().ledger.bill(bill.value.invoiceId), bill.value);
    assert.equal(await stage().ledger.bill('none'), undefined);
    assert.deepEqual((await stands())[2], ['payment 60000 memo', 'charge -54464 water']);
  });

  it('refunds no more than was captured, two at once included', async () => {
    const paymentId = randomUUID();
    await capture(100n, paymentId);
    const refund = (refundId: string) =>
      tell({ ...alpha, type: 'refund-requested', refundId, paymentId, account, amount: rub(60n) });

    assert.deepEqual(await racing([refund(randomUUID()), refund(randomUUID())]), [
      'over-captured',
      'posted',
    ]);
    assert.equal(await balance(ofAccount('refunds-payable', account)), -60n);
  });

  it('reverses an entry once, of two at once too, and no reversal', async () => {
    const paymentId = randomUUID();
    const key = `capture:alpha:${paymentId}`;
    await charge(30n);
    await capture(100n, paymentId);
    const undo = (memo: string): LedgerEvent => ({
      ...told,
      memo,
      type: 'entry-reversed',
      key,
      account,
    });

    assert.deepEqual(await racing([tell(undo('a')), tell(undo('b'))]), [
      'posted',
      'told-otherwise',
    ]);
    assert.equal(
      await reasonOf(tell({ ...undo('c'), key: `rev:${key}` } as LedgerEvent)),
      'is-a-reversal',
    );
    assert.equal(await balance(clearing), 0n);
    assert.equal((await stands())[0], -30n);
  });

  it('lowers no account with a floor below it, by many at once neither', async () => {
    await tell({ ...alpha, type: 'payment-captured', paymentId: randomUUID(), amount: rub(100n) });
    const found = (caseId: string) =>
      tell({ ...alpha, type: 'owner-found', caseId, account, amount: rub(40n) });

    const answers = await racing(Array.from({ length: 5 }, () => found(randomUUID())));

    assert.deepEqual(answers, ['below-floor', 'below-floor', 'below-floor', 'posted', 'posted']);
    assert.equal(await balance(ofProvider('suspense', 'alpha', 'RUB')), -20n);
    assert.equal((await stands())[0], 80n);
  });

  it('takes one entry of a kind for a provider’s reference, whatever our own names are', async () => {
    const paid = (paymentId: string, ref: string) =>
      tell({ ...alpha, type: 'payment-captured', paymentId, account, amount: rub(5n), ref });

    const answers = await racing([paid('a', 'pi_1'), paid('b', 'pi_1'), paid('c', 'pi_2')]);

    assert.deepEqual(answers, ['posted', 'posted', 'proof-used']);
    assert.equal((await stands())[0], 10n);
  });

  it('takes one capture for a reference, whether its owner is known or not and whoever told of it', async () => {
    const paid = (paymentId: string, more: object) =>
      tell({
        ...alpha,
        type: 'payment-captured',
        paymentId,
        amount: rub(5n),
        ref: 'pi_1',
        ...more,
      });

    assert.deepEqual(await paid('a', { account }), posted);
    for (const more of [{}, { byRegistry: true }, { account, byRegistry: true }, { account }]) {
      assert.deepEqual(await paid('b', more), {
        ok: false,
        refusal: { reason: 'proof-used', ref: 'pi_1' },
      });
    }
    assert.equal(await balance(clearing), 5n);
  });

  it('saves nothing of a posting that is refused or cut short', async () => {
    const asked = { key: 'k', account, family: undefined, hold: undefined, facts: 'f' };
    await assert.rejects(
      stage().ledger.post(asked, () => {
        throw new Error('cut');
      }),
      /cut/,
    );
    const refusal = { reason: 'account-unknown' } as const;
    assert.deepEqual(await stage().ledger.post(asked, () => ({ ok: false, refusal })), {
      ok: false,
      refusal,
    });
    assert.deepEqual(await stands(), [0n, 0, []]);
    assert.equal(
      await reasonOf(
        tell({ ...told, type: 'charge-raised', invoiceId: 'i', account: 'none', amount: rub(1n) }),
      ),
      'account-unknown',
    );
  });

  it('counts nothing on an account nobody has posted to', async () => {
    assert.deepEqual(await stage().ledger.counters(clearing, now), {
      debitsPosted: 0n,
      creditsPosted: 0n,
      debitsPending: 0n,
      creditsPending: 0n,
    });
    assert.deepEqual(
      await tell({ ...alpha, type: 'settled', batchId: 'b', amount: rub(3n) }),
      posted,
    );
    assert.equal(await balance(clearing), -3n);
  });
};

describe('Ledger in memory', () => {
  let stage: LedgerStage;
  beforeEach(async () => {
    stage = await memoryLedgerStage();
  });
  contract(() => stage);
});

describe('Ledger on PostgreSQL', function () {
  this.timeout(60_000);
  let stage: LedgerStage;
  beforeEach(async () => {
    stage = await postgresLedgerStage();
  });
  afterEach(() => stage.close());
  contract(() => stage);
});
