import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { ofAccount } from '../../src/domain/ledger/chart-of-accounts.ts';
import { newHold } from '../../src/domain/ledger/hold.ts';
import type { LedgerEvent } from '../../src/domain/ledger/ledger-event.ts';
import { parseMonth } from '../../src/domain/ledger/period.ts';
import { day, later, type CalendarDay } from '../../src/domain/time.ts';
import { alpha, clearing, ledgerTeller, posted, rub } from '../support/ledger-teller.ts';
import {
  ledgerNow as now,
  memoryLedgerStage,
  postgresLedgerStage,
  type LedgerStage,
} from '../support/ledger-stage.ts';

const contract = (stage: () => LedgerStage) => {
  let account: string;
  beforeEach(async () => {
    account = await stage().addAccount('RUB');
  });
  const teller = ledgerTeller(stage, () => account);
  const { tell, charge, capture, stands, balance, reasonOf, racing } = teller;

  const hold = (key: string, minor = 100n, forMs = day) =>
    newHold({
      key,
      debit: clearing,
      credit: ofAccount('receivable', account),
      amount: rub(minor),
      expiresAt: later(now, forMs),
    });

  it('holds once, counts what is held, and lets one of two captures take it', async () => {
    const { ledger } = stage();
    assert.equal(await ledger.open(hold('h'), now), 'held');
    assert.equal(await ledger.open(hold('h'), now), 'repeated');
    assert.equal(await ledger.open(hold('h', 99n), now), 'conflict');
    assert.equal((await ledger.counters(clearing, now)).debitsPending, 100n);
    assert.equal(
      (await ledger.counters(ofAccount('receivable', account), now)).creditsPending,
      100n,
    );
    assert.equal((await ledger.counters(clearing, later(now, day))).debitsPending, 0n);

    assert.equal(await reasonOf(capture(101n, 'c', 'h')), 'over-held');
    const answers = await racing([capture(60n, 'a', 'h'), capture(60n, 'b', 'h')]);

    assert.deepEqual(answers, ['already-resolved', 'posted']);
    assert.equal(await balance(clearing), 60n);
    assert.equal((await ledger.counters(clearing, now)).debitsPending, 0n);
    assert.equal(await reasonOf(capture(60n, 'z', 'none')), 'hold-unknown');
    assert.equal((await stands())[0], 60n);
  });

  it('lets a hold go once, and expires what is over', async () => {
    const { ledger } = stage();
    await ledger.open(hold('a'), now);
    await ledger.open(hold('b', 5n, 1), now);
    assert.equal(await reasonOf(capture(1n, 'x', 'b')), 'posted');
    await ledger.open(hold('c', 5n, 0), now);

    assert.ok((await ledger.endHold('a', { tag: 'void' }, now)).ok);
    assert.deepEqual(await ledger.endHold('a', { tag: 'void' }, now), {
      ok: false,
      refusal: { reason: 'already-resolved', as: 'voided' },
    });
    assert.equal((await ledger.endHold('none', { tag: 'void' }, now)).ok, false);
    assert.equal(await reasonOf(capture(1n, 'y', 'c')), 'hold-expired');
    assert.equal(await ledger.expireHolds(now), 1);
    assert.equal(await ledger.expireHolds(now), 0);
    assert.equal(await reasonOf(capture(1n, 'y', 'c')), 'already-resolved');
  });

  it('closes a month for good: what comes late is booked on the first open day, what asks for a closed one refused', async () => {
    const { ledger } = stage();
    const today = '2026-11-22' as CalendarDay;
    const october = parseMonth('2026-10')!;
    const old = { at: later(now, -40 * day), memo: '' };
    const late = (invoiceId: string, bookOn?: string): LedgerEvent => ({
      ...old,
      ...{ type: 'charge-raised', invoiceId, account, amount: rub(7n) },
      ...(bookOn !== undefined && { bookOn: bookOn as CalendarDay }),
    });
    const [before, after, asked] = [randomUUID(), randomUUID(), randomUUID()];
    await tell(late(before));

    assert.deepEqual(await ledger.closeMonth(october, today, now), { ok: true, value: october });
    assert.equal((await ledger.closeMonth(october, today, now)).ok, false);
    assert.equal((await ledger.closeMonth(parseMonth('2026-11')!, today, now)).ok, false);

    assert.deepEqual(await tell(late(after)), posted);
    assert.equal(await reasonOf(tell(late(asked, '2026-10-31'))), 'period-closed');
    assert.deepEqual(await tell(late(asked, '2026-11-05')), posted);
    assert.deepEqual(
      await Promise.all([before, after, asked].map((id) => stage().dayOf(`charge:${id}`))),
      ['2026-10-13', '2026-11-01', '2026-11-05'],
    );
  });

  it('books nothing into a month that is being closed', async () => {
    const october = parseMonth('2026-10')!;
    const old = { at: later(now, -40 * day), memo: '' };
    const late = (): LedgerEvent => ({
      ...old,
      ...{ type: 'charge-raised', invoiceId: randomUUID(), account, amount: rub(1n) },
      bookOn: '2026-10-20' as CalendarDay,
    });
    const close = stage().ledger.closeMonth(october, '2026-11-22' as CalendarDay, now);
    const answers = await racing(Array.from({ length: 20 }, () => tell(late())));
    assert.ok((await close).ok);

    const booked = answers.filter((answer) => answer === 'posted').length;
    assert.equal(
      answers.length,
      booked + answers.filter((answer) => answer === 'period-closed').length,
    );
    assert.equal(await balance(ofAccount('receivable', account)), BigInt(booked));
    assert.equal(await stage().bookedIn('2026-10'), booked);
    assert.equal(await reasonOf(tell(late())), 'period-closed');
  });

  it('closes no account that has a refund promised', async () => {
    await capture(10n, 'paid');
    const refund = { ...alpha, refundId: 'r', paymentId: 'paid', account, amount: rub(10n) };
    await tell({ ...refund, type: 'refund-requested' });

    assert.deepEqual(await stage().ledger.closeAccount(account, 'sold', now), {
      ok: false,
      refusal: { reason: 'not-empty', balance: rub(0n), promised: rub(10n) },
    });
  });

  it('posts and holds nothing for an account that is being closed', async () => {
    const { ledger } = stage();
    const opening = Array.from({ length: 10 }, (_, n) => ledger.open(hold(`h${n}`), now));
    const closing = ledger.closeAccount(account, 'sold', now);
    const charging = Array.from({ length: 10 }, () => reasonOf(charge(1n)));
    const [opened, closed, charged] = [
      await Promise.all(opening),
      await closing,
      await Promise.all(charging),
    ];

    const count = (of: readonly string[], word: string) =>
      of.filter((each) => each === word).length;
    const [isHeld, isPosted] = [count(opened, 'held') > 0, count(charged, 'posted') > 0];
    assert.equal(closed.ok, !isHeld && !isPosted, JSON.stringify([opened, charged]));
    if (closed.ok) {
      assert.equal(count(opened, 'account-closed'), 10);
      assert.equal(count(charged, 'account-closed'), 10);
    }
  });

  it('closes an account that stands at nothing, and posts nothing to it any more', async () => {
    const { ledger } = stage();
    await charge(10n);
    const close = (number = account, at = now) => ledger.closeAccount(number, 'sold', at);
    assert.deepEqual(await close(), {
      ok: false,
      refusal: { reason: 'not-empty', balance: rub(-10n), promised: rub(0n) },
    });
    await capture(10n, 'paid');
    await ledger.open(hold('h', 5n, day), now);
    assert.deepEqual(await close(), { ok: false, refusal: { reason: 'holds-open', key: 'h' } });
    assert.equal(await ledger.open(hold('late', 5n, 1), now), 'held');
    await ledger.endHold('h', { tag: 'void' }, now);

    assert.deepEqual(await close(account, later(now, 1)), { ok: true, value: 'closed' });
    assert.deepEqual(await close(), { ok: true, value: 'closed' });
    assert.equal(await reasonOf(charge(1n)), 'account-closed');
    assert.equal(await reasonOf(capture(1n)), 'account-closed');
    const undo: LedgerEvent = {
      at: now,
      memo: '',
      type: 'entry-reversed',
      key: 'capture:alpha:paid',
      account,
    };
    assert.equal(await reasonOf(tell(undo)), 'account-closed');
    assert.equal(await ledger.open(hold('x'), now), 'account-closed');
    assert.equal(await ledger.open(hold('late', 5n, 1), now), 'repeated');
    assert.equal(await ledger.open(hold('late', 6n, 1), now), 'conflict');
    assert.deepEqual(await close('none'), { ok: false, refusal: { reason: 'account-unknown' } });
    assert.equal((await stands())[0], 0n);
    const toPayable: LedgerEvent = {
      ...alpha,
      type: 'refund-confirmed',
      refundId: 'r',
      account,
      amount: rub(1n),
    };
    assert.equal(await reasonOf(tell(toPayable)), 'account-closed');
  });
};

describe('Holds and closings of the ledger in memory', () => {
  let stage: LedgerStage;
  beforeEach(async () => {
    stage = await memoryLedgerStage();
  });
  contract(() => stage);
});

describe('Holds and closings of the ledger on PostgreSQL', function () {
  this.timeout(60_000);
  let stage: LedgerStage;
  beforeEach(async () => {
    stage = await postgresLedgerStage();
  });
  afterEach(() => stage.close());
  contract(() => stage);
});
