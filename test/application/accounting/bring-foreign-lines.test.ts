import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MemoryBooks } from '../../../src/adapters/memory/memory-books.ts';
import {
  bringForeignLines,
  overlapMs,
} from '../../../src/application/accounting/bring-foreign-lines.ts';
import { accountChanged } from '../../../src/application/accounting/account-changed.ts';
import type { ForeignLine } from '../../../src/application/ports/foreign-lines.ts';
import { money } from '../../../src/domain/money.ts';
import { instant } from '../../../src/domain/time.ts';
import '../../support/fc-runs.ts';
import { aLine, ModelLines } from '../../support/given-foreign-lines.ts';
import { aCommand, anAccount, clock, ledgerNow, randomness } from '../../support/given-ledger.ts';

const zone = 'Europe/Moscow';

const given = (system = new ModelLines(), balanceMinor = 0n) => {
  const books = new MemoryBooks();
  const account = { ...anAccount(balanceMinor), number: 'N-1' };
  books.add({ account, locale: 'ru', isClosed: false });
  const round = () => bringForeignLines(system, { books, lines: books, zone }, clock, randomness);
  const history = async () => {
    const found = await books.readAccount(account.id, account.customerId, 1_000);
    return accountChanged(found!.account, found!.operations);
  };
  return { system, books, account, round, history };
};

describe('bringForeignLines', () => {
  it('brings what is posted after it began, with balance, entry and event', async () => {
    const { system, books, round, history } = given(new ModelLines(), -5_000n);
    system.lines.push(aLine({ id: 'old' }));
    const go = round();
    assert.deepEqual(await go(), { brought: 0, leftOut: 1, pending: 0, conflicts: [] });
    system.lines.push(aLine({ id: 'new' }));

    assert.equal((await go()).brought, 1);

    const account = await history();
    assert.equal(account.balance.minor, '-15000');
    assert.equal(account.version, 8);
    const [operation, ...more] = account.operations;
    assert.deepEqual(more, []);
    assert.equal(operation?.kind, 'charge');
    assert.equal(operation.description, 'Ремонт');
    assert.deepEqual(operation.amount, { minor: '-10000', currency: 'RUB' });
    assert.equal(books.entries.size, 1);
    assert.deepEqual(books.entries.get('model:line:new')?.postings, [
      { account: 'receivable:N-1', side: 'debit', amount: money(10_000n, 'RUB') },
      { account: 'income:RUB', side: 'credit', amount: money(10_000n, 'RUB') },
    ]);
    assert.equal(books.messages.length, 1);
  });

  it('says in the customer’s language what nobody described, and that a line takes back another', async () => {
    const { system, round, history } = given();
    const go = round();
    await go();
    const paid = { amount: money(700n, 'RUB'), kind: 'payment' } as const;
    system.lines.push(
      aLine({ id: '1', ...paid, description: '' }),
      aLine({ id: '2', isUndoing: true, kind: 'correction' }),
      aLine({ id: '3', isUndoing: true, kind: 'correction', description: '' }),
    );
    await go();

    const texts = (await history()).operations.map(({ description }) => description);
    assert.deepEqual(texts.toSorted(), ['Оплата', 'Отмена', 'Отмена: Ремонт']);
  });

  it('leaves out what fits no account, for good', async () => {
    const { system, books, account, round, history } = given();
    const go = round();
    await go();
    system.lines.push(
      aLine({ id: '1', account: 'N-2' }),
      aLine({ id: '2', amount: money(-5n, 'EUR') }),
      aLine({ id: '3', amount: money(0n, 'RUB') }),
    );
    assert.equal((await go()).leftOut, 3);
    books.add({ account: { ...anAccount(0n), number: 'N-2' }, locale: 'ru', isClosed: false });

    assert.deepEqual(await round()(), { brought: 0, leftOut: 0, pending: 0, conflicts: [] });
    books.add({ account, locale: 'ru', isClosed: true });
    system.lines.push(aLine({ id: '4' }));
    assert.equal((await go()).leftOut, 1);
    assert.deepEqual((await history()).operations, []);
  });

  it('holds its mark while a line may be ours, and reads it again', async () => {
    const { system, books, account, round, history } = given();
    const go = round();
    await go();
    const command = aCommand(account);
    await books.intend(command, account.id, 'capture:stripe:1');
    const early = instant(ledgerNow - 2 * overlapMs);
    system.lines.push(aLine({ id: '1', key: 'capture:stripe:1', changedAt: early }));
    system.lines.push(aLine({ id: '2' }));
    assert.deepEqual(await go(), { brought: 1, leftOut: 0, pending: 1, conflicts: [] });
    assert.deepEqual(await go(), { brought: 0, leftOut: 0, pending: 1, conflicts: [] });
    assert.equal(await books.mark('model'), early);

    await books.refuse(command);

    assert.equal((await go()).brought, 1);
    assert.equal(await books.mark('model'), ledgerNow);
    assert.equal((await history()).operations.length, 2);
  });

  it('reads no line twice while it remembers it', async () => {
    const { system, round } = given();
    const go = round();
    await go();
    for (let n = 1; n <= 10; n += 1) system.lines.push(aLine({ id: String(n) }));
    await go();
    await go();

    assert.equal(system.read, 10);
  });

  it('tells of a line that says something else than what was posted for it', async () => {
    const { system, books, account, round } = given();
    const go = round();
    await go();
    const other = { ...aCommand(account), source: 'model', idempotencyKey: 'line:1' };
    system.lines.push(aLine({ id: '1' }));
    // Between the look and the posting somebody else has posted it, with another sum.
    const place = books.place.bind(books);
    books.place = async (source, lines) => {
      const places = await place(source, lines);
      await books.refuse(other);
      return places;
    };

    assert.deepEqual((await go()).conflicts, ['1']);
  });

  const lineShapes = fc.array(
    fc.record({
      amount: fc.integer({ min: -500, max: 500 }).filter((minor) => minor !== 0),
      /** How late its transaction committed, in rounds, and how its clock was off, within the overlap. */
      late: fc.nat(4),
      skewMs: fc.integer({ min: -Math.floor(overlapMs / 8), max: Math.floor(overlapMs / 8) }),
      isOurs: fc.boolean(),
    }),
    { maxLength: 25 },
  );

  it('has one effect of each line, whatever the order, the outages and the restarts', async () => {
    await fc.assert(
      fc.asyncProperty(
        lineShapes,
        fc.infiniteStream(fc.constantFrom('go', 'down', 'restart', 'two')),
        fc.infiniteStream(fc.nat()),
        async (shapes, steps, shuffles) => {
          const shuffled = (lines: readonly ForeignLine[]) =>
            lines
              .map((line) => ({ line, place: shuffles.next().value ?? 0 }))
              .toSorted((a, b) => a.place - b.place)
              .map(({ line }) => line);
          const { system, books, account, round, history } = given(new ModelLines(shuffled));
          let go = round();
          await go();
          const stepMs = Math.floor(overlapMs / 8);
          const ours: string[] = [];
          for (let now = 0; now < shapes.length + 6; now += 1) {
            for (const [n, shape] of shapes.entries()) {
              if (n + shape.late !== now) continue;
              const id = String(n);
              const key = shape.isOurs ? `capture:stripe:${id}` : 'by hand';
              const command = { ...aCommand(account), idempotencyKey: id };
              if (shape.isOurs) {
                await books.intend(command, account.id, key);
                ours.push(id);
              }
              const changedAt = instant(ledgerNow + n * stepMs + shape.skewMs);
              const amount = money(BigInt(shape.amount), 'RUB');
              system.lines.push(aLine({ id, move: id, key, amount, changedAt }));
            }
            const step = steps.next().value;
            system.isDown = step === 'down';
            if (step === 'restart') go = round();
            const rounds = step === 'two' ? [go(), round()()] : [go()];
            await Promise.allSettled(rounds);
            // The command that made our move is finished some time later, and told again after that.
            const done = ours.shift();
            if (done === undefined) continue;
            const command = { ...aCommand(account), idempotencyKey: done };
            await books.post(command, account.id, () => ({
              entryId: randomness.id(),
              customerId: account.customerId,
              recordedAt: ledgerNow,
              entry: {
                ...{ key: `capture:stripe:${done}`, kind: 'x', effectiveAt: ledgerNow, memo: '' },
                ...{ postings: [], proof: { provider: 'model', ref: `move:${done}` } },
              },
            }));
          }
          system.isDown = false;
          for (const id of ours) await books.refuse({ ...aCommand(account), idempotencyKey: id });
          const never = new Set(ours);
          await go();

          const theirs = shapes.flatMap(({ amount, isOurs }, n) =>
            isOurs && !never.has(String(n)) ? [] : [String(amount)],
          );
          const { operations, balance } = await history();
          assert.deepEqual(
            operations.map((operation) => operation.amount.minor).toSorted(),
            theirs.toSorted(),
          );
          const sum = theirs.reduce((total, minor) => total + BigInt(minor), 0n);
          assert.equal(balance.minor, sum.toString());
          assert.equal(books.messages.length, theirs.length);
          assert.equal(await books.mark('model'), (await system.newest()) ?? instant(0));
        },
      ),
    );
  });
});
