// A year of a company in its ledger: charges, payments by every provider, fees, settlements, refunds and chargebacks,
// each told to the real ledger on PostgreSQL; at the end everything must agree: the check, the trial balance, clearing
// accounts at nothing, and hledger and ledger on every balance.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { journalAccount, journalForm } from '../src/adapters/books/journal.ts';
import { PostgresLedgerReports } from '../src/adapters/postgres/books/postgres-ledger-reports.ts';
import { PostgresLedgerSeals } from '../src/adapters/postgres/books/postgres-ledger-seals.ts';
import { checkLedger } from '../src/application/accounting/check-ledger.ts';
import { exportJournal } from '../src/application/accounting/export-journal.ts';
import { trialBalance } from '../src/application/accounting/trial-balance.ts';
import { currencies, exponentOf, type Currency } from '../src/domain/currency.ts';
import { checkPrinter } from '../src/main/commands/ledger-printing.ts';
import {
  ensureBookkeeping,
  hledgerBalances,
  hledgerChecks,
  ledgerBalances,
  type Balances,
} from '../test/support/bookkeeping-programs.ts';
import { yearOf, type YearCounts } from '../test/support/ledger-year.ts';
import { ledgerNow, postgresLedgerStage } from '../test/support/ledger-stage.ts';
import { stopTestPostgres } from '../test/support/postgres.ts';

const help = `Usage: npm run soak:ledger -- [--customers 10000] [--seed 1]

Plays a year of that many customers. Ends with exit code 1 if anything at all does not agree.`;

async function year(customers: number, seed: number): Promise<void> {
  const begin = performance.now();
  const stage = await postgresLedgerStage();
  const folder = mkdtempSync(join(tmpdir(), 'kabinet-year-'));
  try {
    const seals = new PostgresLedgerSeals(stage.pool);
    const counts = await yearOf(stage, { customers, seed }, async (month) => {
      await seals.seal(ledgerNow);
      const seconds = Math.round((performance.now() - begin) / 1_000);
      console.error(`${String(seconds).padStart(6)} s  month ${String(month)} of 12`);
    });
    await agree(stage.pool, join(folder, 'books.journal'), counts);
  } finally {
    await stage.close();
    rmSync(folder, { recursive: true });
  }
}

async function agree(
  pool: ConstructorParameters<typeof PostgresLedgerReports>[0],
  file: string,
  counts: YearCounts,
): Promise<void> {
  const reports = new PostgresLedgerReports(pool);
  const found = await checkLedger(reports)(checkPrinter(false, process.stderr));
  claim(found.differences === 0, `${String(found.differences)} differences`);

  const ours = new Map<string, bigint>();
  const balance = await trialBalance(reports)(undefined, ({ name, currency, debits, credits }) => {
    if (debits !== credits) ours.set(`${journalAccount(name)} ${currency}`, debits - credits);
    if (name.startsWith('clearing:')) claim(debits === credits, `${name} is not settled`);
    return Promise.resolve();
  });
  for (const { currency, debits, credits } of balance.currencies) {
    claim(debits === credits, `${currency} does not come to nothing`);
  }
  const output = createWriteStream(file);
  const { entries } = await exportJournal(reports, journalForm)(
    { from: undefined, to: undefined },
    async (text) => {
      if (!output.write(text)) await once(output, 'drain');
    },
    () => undefined,
  );
  output.end();
  await once(output, 'close');
  console.error('hledger and ledger read the journal: a minute for each hundred thousand entries');
  const digits = (currency: string): number => exponentOf(currency as Currency);
  const [theirs, hledgers] = await Promise.all([
    ledgerBalances(file),
    hledgerBalances(file, digits),
    hledgerChecks(file),
  ]);
  same('ledger', theirs, ours);
  same('hledger', hledgers, ours);
  const told = Object.entries(counts).map(([name, count]) => `${String(count)} ${name}`);
  console.log(
    `${told.join(', ')}; ${String(entries)} entries in ${String(currencies.length)} currencies`,
  );
  console.log(
    `all holds: trial balance nothing, clearing settled, hledger and ledger agree on ${String(ours.size)} balances`,
  );
}

function same(program: string, theirs: Balances, ours: Balances): void {
  claim(
    theirs.size === ours.size,
    `${program} knows ${String(theirs.size)} balances, not ${String(ours.size)}`,
  );
  for (const [account, minor] of ours) {
    claim(theirs.get(account) === minor, `${program} finds another balance on ${account}`);
  }
}

function claim(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence);
}

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(help);
else {
  try {
    const there = await ensureBookkeeping();
    if (there !== true) throw new Error(there);
    await year(Number(values.customers), Number(values.seed));
  } catch (error) {
    console.error(`kabinet: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    await stopTestPostgres();
  }
}
