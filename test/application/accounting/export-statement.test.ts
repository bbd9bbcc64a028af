import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCamt } from '../../../src/adapters/books/bank/camt-reader.ts';
import { camtFile } from '../../../src/adapters/books/bank/camt-writer.ts';
import { statementCsv } from '../../../src/adapters/books/bank/statement-csv.ts';
import { MemoryLedgerReports } from '../../../src/adapters/memory/memory-ledger-reports.ts';
import { exportStatement } from '../../../src/application/accounting/export-statement.ts';
import type { StatementForm } from '../../../src/application/ports/statement-form.ts';
import { closingOf, unknownParty } from '../../../src/domain/bank-statement.ts';
import {
  accountKinds,
  findKind,
  normalSide,
} from '../../../src/domain/ledger/chart-of-accounts.ts';
import type { LedgerAccountId } from '../../../src/domain/ledger/entry.ts';
import type { CalendarDay } from '../../../src/domain/time.ts';
import { all, inPieces } from '../../support/any-statement.ts';
import { anyLedgerEvent, ledgerAccounts } from '../../support/any-ledger-event.ts';
import { fcFewRuns } from '../../support/fc-runs.ts';
import { ledgerNow, memoryLedgerStage } from '../../support/ledger-stage.ts';

const camt: StatementForm = (statement, movements) => camtFile('camt.053', statement, movements);
const clock = { now: () => ledgerNow };
const [from, to] = ['2000-01-01', '2099-12-31'] as [CalendarDay, CalendarDay];

const givenBooks = async (seed: number) => {
  const stage = await memoryLedgerStage();
  for (const [number, currency] of Object.entries(ledgerAccounts)) {
    await stage.addAccount(currency, number);
  }
  for (const event of fc.sample(anyLedgerEvent, { numRuns: 40, seed })) await stage.post(event);
  return new MemoryLedgerReports(stage.ledger);
};
const written = async (
  reports: MemoryLedgerReports,
  form: StatementForm,
  account: LedgerAccountId,
) => {
  const pieces: Uint8Array[] = [];
  const request = { account, from, to, owner: { ...unknownParty, account, name: 'ООО «Свет»' } };
  const write = async (bytes: Uint8Array): Promise<void> => void pieces.push(bytes);
  const answer = await exportStatement(reports, form, clock)(request, write, () => undefined);
  return { answer, bytes: Buffer.concat(pieces) };
};

describe('exportStatement', () => {
  it('says of every account what the ledger says, to the smallest unit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
        const reports = await givenBooks(seed);
        const totals = await reports.read(async (books) =>
          (await all(books.totals(undefined))).flat(),
        );
        for (const { account, debits, credits } of totals) {
          const { answer, bytes } = await written(reports, camt, account);

          assert.ok(answer.ok);
          const kind = findKind(account);
          const balance = debits - credits;
          const wanted =
            kind !== undefined && normalSide(accountKinds[kind].type) === 'debit'
              ? balance
              : -balance;
          assert.equal(closingOf(answer.value), wanted, account);
          // The reader holds balances and movements against each other itself.
          const items = await all(readCamt(inPieces(bytes, 1_000)));
          assert.equal(items.length, 1 + answer.value.movements);
        }
      }),
      fcFewRuns,
    );
  });

  it('begins with what was there before its first day', async () => {
    const reports = await givenBooks(7);
    const rows = await reports.read(async (books) => (await all(books.totals(undefined))).flat());
    for (const { account } of rows) {
      const days = await reports.read(async (books) =>
        (await all(books.entries({ from, to }, account)))
          .flat()
          .flatMap(({ entry, bookedOn }) =>
            entry.postings.filter((posting) => posting.account === account).map(() => bookedOn),
          ),
      );
      const cut = days.at(-1)!;
      const request = { account, from: cut, to, owner: unknownParty };
      const ignore = async (): Promise<void> => undefined;
      const answer = await exportStatement(reports, camt, clock)(request, ignore, () => undefined);
      const whole = await written(reports, camt, account);

      assert.ok(answer.ok && whole.answer.ok);
      assert.equal(answer.value.movements, days.filter((day) => day >= cut).length);
      assert.equal(closingOf(answer.value), closingOf(whole.answer.value));
    }
  });

  it('refuses an account on which nothing was ever posted', async () => {
    const reports = await givenBooks(7);

    for (const name of ['clearing:nobody:RUB', 'no-kind']) {
      const { answer } = await written(reports, camt, name as LedgerAccountId);
      assert.ok(!answer.ok);
      assert.equal(answer.refusal.reason, 'no-such-account');
    }
  });

  it('writes a table whose sums are numbers and whose texts are no formulas', async () => {
    const reports = await givenBooks(7);
    const rows = await reports.read(async (books) => (await all(books.totals(undefined))).flat());
    const { account } = rows.find((row) => row.account.startsWith('clearing:'))!;

    const { answer, bytes } = await written(reports, statementCsv, account);

    const lines = bytes.toString('utf8').split('\r\n');
    assert.equal(lines[0], '\uFEFFdate;number;amount;currency;counterparty;purpose');
    assert.ok(answer.ok);
    assert.equal(lines.length, answer.value.movements + 4);
    assert.match(lines.at(-2) ?? '', /^2099-12-31;;-?\d+(\.\d+)?;[A-Z]{3};;closing balance$/);
    const one = { number: '=1+1', day: from, minor: 5n, other: unknownParty };
    const movements = async function* () {
      yield { ...one, direction: 'out' as const, purpose: 'a;"b"' };
    };
    const turnover = { opening: 0n, received: 0n, spent: 5n };
    const statement = { id: '1', madeAt: ledgerNow, currency: 'RUB', owner: unknownParty } as const;
    const table = Buffer.concat(
      await all(statementCsv({ ...statement, from, to, turnover }, movements())),
    );
    assert.match(table.toString(), /2000-01-01;'=1\+1;-0\.05;RUB;;"a;""b"""/);
  });
});
