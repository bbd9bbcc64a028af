import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresLedgerSeals } from '../../src/adapters/postgres/books/postgres-ledger-seals.ts';
import { prepareDatabase } from '../../src/main/database.ts';
import { ledgerNow, postgresLedgerStage, type PostgresLedgerStage } from './ledger-stage.ts';
import { type Ended, runScript } from './run-command.ts';

/** Facts of every kind, as people write them. */
export const exampleEvents = join(import.meta.dirname, '../../docs/examples/ledger-events.jsonl');

/** Commands over books of their own for each test of a suite, with the account 7000001 in it. */
export function ledgerCommands() {
  let folder: string;
  let stage: PostgresLedgerStage;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kabinet-ledger-'));
    stage = await postgresLedgerStage();
    await prepareDatabase('books', stage.url);
    await stage.addAccount('RUB', '7000001');
  });
  afterEach(async () => {
    await stage.close();
    rmSync(folder, { recursive: true });
  });
  const run = (command: 'ledger' | 'books', ...args: string[]): Promise<Ended> => {
    const env = {
      BOOKS_DATABASE_URL: stage.url,
      SETTLEMENTS_FILE: join(folder, 'settlements.json'),
      TOLERATED_A_DAY: '100.00 RUB',
    };
    return runScript(`src/main/commands/${command}.ts`, args, env, folder);
  };
  return {
    stage: () => stage,
    file: (name: string): string => join(folder, name),
    run,
    ledger: (...args: string[]) => run('ledger', ...args),
    /** A file of events; answers its name. */
    given: (text: string): string => {
      writeFileSync(join(folder, 'events.jsonl'), text);
      return 'events.jsonl';
    },
    seal: () => new PostgresLedgerSeals(stage.pool).seal(ledgerNow),
  };
}
