import assert from 'node:assert/strict';
import { PostgresLedgerReports } from '../../src/adapters/postgres/books/postgres-ledger-reports.ts';
import { PostgresLedgerSeals } from '../../src/adapters/postgres/books/postgres-ledger-seals.ts';
import { checkLedger } from '../../src/application/accounting/check-ledger.ts';
import { trialBalance } from '../../src/application/accounting/trial-balance.ts';
import { ledgerNow, postgresLedgerStage } from '../support/ledger-stage.ts';
import { yearOf } from '../support/ledger-year.ts';

describe('A year of a small company in the ledger', function () {
  this.timeout(120_000);

  it('ends with nothing at any provider, and with books in which all holds', async () => {
    const stage = await postgresLedgerStage();
    try {
      const seals = new PostgresLedgerSeals(stage.pool);
      const counts = await yearOf(stage, { customers: 20, seed: 7 }, async () => {
        await seals.seal(ledgerNow);
      });

      const differences: string[] = [];
      const reports = new PostgresLedgerReports(stage.pool);
      const found = await checkLedger(reports)({
        begins: () => undefined,
        differs: (check, { place }) => differences.push(`${check}: ${place}`),
      });
      const unsettled: string[] = [];
      const { currencies } = await trialBalance(reports)(undefined, async (line) => {
        if (line.name.startsWith('clearing:') && line.balance !== 0n) unsettled.push(line.name);
      });

      assert.deepEqual([differences, unsettled], [[], []]);
      assert.equal(found.seals, 12);
      assert.equal(counts.charges, 240);
      assert.ok(counts.refunds > 0 && counts.chargebacks > 0 && counts.settlements > 12);
      for (const { debits, credits } of currencies) assert.equal(debits, credits);
    } finally {
      await stage.close();
    }
  });
});
