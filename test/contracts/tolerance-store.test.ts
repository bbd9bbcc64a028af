import assert from 'node:assert/strict';
import { MemoryToleranceStore } from '../../src/adapters/memory/memory-tolerance-store.ts';
import { PostgresToleranceStore } from '../../src/adapters/postgres/books/postgres-tolerance-store.ts';
import { tolerateDifference } from '../../src/application/accounting/tolerate-difference.ts';
import type { ToleranceStore } from '../../src/application/ports/tolerance-store.ts';
import type { Currency } from '../../src/domain/currency.ts';
import { ofProvider } from '../../src/domain/ledger/chart-of-accounts.ts';
import type { ToleranceWord } from '../../src/domain/ledger/tolerance.ts';
import { money } from '../../src/domain/money.ts';
import { day, later } from '../../src/domain/time.ts';
import { clearing, rub } from '../support/ledger-teller.ts';
import {
  ledgerNow,
  memoryLedgerStage,
  postgresLedgerStage,
  type LedgerStage,
  type PostgresLedgerStage,
} from '../support/ledger-stage.ts';

const rules = { dailyLimits: [rub(100_00n)], zone: 'Europe/Moscow' };
const ask = (minor: bigint, by = 'Anna', currency: Currency = 'RUB'): ToleranceWord => ({
  ...{ tag: 'ask', provider: 'alpha', reason: 'bank fee', by },
  amount: money(minor, currency),
});
const agree = (by: string): ToleranceWord => ({ tag: 'agree', by });

const contract = (world: () => { stage: LedgerStage; store: ToleranceStore }) => {
  let now = ledgerNow;
  beforeEach(() => {
    now = ledgerNow;
  });
  const say = async (caseId: string, word: ToleranceWord): Promise<string> => {
    const { stage, store } = world();
    const done = await tolerateDifference(store, stage.post, rules, { now: () => now })(
      caseId,
      word,
    );
    return done.ok ? (done.value.posting ?? done.value.tolerance.state.tag) : done.refusal.reason;
  };
  const balance = async (name = clearing) => {
    const of = await world().stage.ledger.counters(name, ledgerNow);
    return of.debitsPosted - of.creditsPosted;
  };
  const racing = async (answers: readonly Promise<string>[]) =>
    (await Promise.all(answers)).toSorted();

  it('books what one person may let pass at once, and again never', async () => {
    assert.equal(await say('a', ask(60_00n)), 'posted');
    assert.equal(await say('a', ask(60_00n)), 'repeated');
    assert.equal(await say('a', ask(61_00n)), 'case-closed');

    assert.equal(await balance(), -60_00n);
    assert.equal(await balance(ofProvider('differences', 'alpha', 'RUB')), 60_00n);
  });

  it('counts a day’s sums of one person alone, of either sign, by currency and day', async () => {
    assert.equal(await say('a', ask(60_00n)), 'posted');
    assert.equal(await say('b', ask(-40_00n)), 'posted');
    assert.equal(await say('c', ask(1n, 'Boris')), 'waiting');
    assert.equal(await say('c', agree('Anna')), 'posted');
    assert.equal(await say('d', ask(1n, 'Anna', 'EUR')), 'waiting');

    now = later(now, day);
    assert.equal(await say('e', ask(100_00n)), 'posted');
    assert.equal(await say('f', ask(1n)), 'waiting');
  });

  it('lets nobody agree with themselves, and nothing out of a case that was declined', async () => {
    assert.equal(await say('a', ask(500_00n)), 'waiting');
    assert.equal(await say('a', agree('anna')), 'same-person');
    assert.equal(await say('a', { tag: 'decline', by: 'Boris' }), 'declined');
    assert.equal(await say('a', agree('Boris')), 'case-closed');
    assert.equal(await say('x', agree('Boris')), 'case-unknown');

    assert.equal(await balance(), 0n);
    const [kept, ...more] = await world().store.list(5);
    assert.deepEqual(more, []);
    assert.deepEqual(kept, {
      ...{ caseId: 'a', provider: 'alpha', amount: rub(500_00n), reason: 'bank fee' },
      ...{ askedBy: 'Anna', askedAt: now, state: { tag: 'declined', by: 'Boris', at: now } },
    });
  });

  it('books once what two people agree to at once, and keeps the first of them', async () => {
    await say('a', ask(500_00n));

    const answers = await racing(
      ['Boris', 'Vera', 'Boris', 'Vera'].map((by) => say('a', agree(by))),
    );

    assert.deepEqual(answers, ['posted', 'repeated', 'repeated', 'repeated']);
    assert.equal(await balance(), -500_00n);
    const [{ state } = { state: undefined }] = await world().store.list(1);
    assert.ok(state?.tag === 'agreed' && ['Boris', 'Vera'].includes(state.by ?? ''));
  });

  it('lets many cases at once not pass more than the day’s limit by one person alone', async () => {
    const answers = await racing(['a', 'b', 'c', 'd'].map((each) => say(each, ask(40_00n))));

    assert.deepEqual(answers, ['posted', 'posted', 'waiting', 'waiting']);
    assert.equal(await balance(), -80_00n);
  });

  it('makes up for a posting that was cut short after the word was kept', async () => {
    const { store, stage } = world();
    const cut = () => Promise.reject(new Error('cut'));
    await assert.rejects(
      tolerateDifference(store, cut, rules, { now: () => now })('a', ask(60_00n)),
      /cut/,
    );
    assert.equal(await balance(), 0n);

    now = later(now, day);
    assert.equal(await say('a', ask(60_00n)), 'posted');
    assert.equal(await stage.dayOf('diff:a'), '2026-11-22');
  });

  it('says so where the ledger itself refuses', async () => {
    const amount = rub(7n);
    const told = { at: ledgerNow, memo: '', provider: 'alpha', caseId: 'a', amount };
    await world().stage.post({ ...told, type: 'difference-tolerated' });

    assert.equal(await say('a', ask(60_00n)), 'told-otherwise');
  });

  it('lists the newest first', async () => {
    await say('a', ask(1n));
    now = later(now, 1);
    await say('b', ask(1n));
    await say('c', ask(1n));

    const listed = await world().store.list(2);
    assert.deepEqual(
      listed.map(({ caseId }) => caseId),
      ['c', 'b'],
    );
  });
};

describe('Differences that people let pass, in memory', () => {
  let stage: LedgerStage;
  let store: ToleranceStore;
  beforeEach(async () => {
    stage = await memoryLedgerStage();
    store = new MemoryToleranceStore();
  });
  contract(() => ({ stage, store }));
});

describe('Differences that people let pass, on PostgreSQL', function () {
  this.timeout(60_000);
  let stage: PostgresLedgerStage;
  let store: ToleranceStore;
  beforeEach(async () => {
    stage = await postgresLedgerStage();
    store = new PostgresToleranceStore(stage.pool);
  });
  afterEach(() => stage.close());
  contract(() => ({ stage, store }));

  it('are decided once and never changed, whatever program it is', async () => {
    const does = (sql: string) => stage.pool.query(sql);
    await does(
      "INSERT INTO tolerance VALUES ('a', 'alpha', 5, 'RUB', 'x', 'Anna', now(), 'waiting')",
    );

    await assert.rejects(does('UPDATE tolerance SET amount = 6'), /decided once and never changed/);
    await assert.rejects(does('DELETE FROM tolerance'), /decided once and never changed/);
    await assert.rejects(does('TRUNCATE tolerance'), /append-only/);
    const decline = "UPDATE tolerance SET state = 'declined', decided_by = 'B', decided_at = now()";
    await does(decline);
    await assert.rejects(does(decline), /decided once and never changed/);
  });
});
