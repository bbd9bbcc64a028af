import { grantBooks } from '../adapters/postgres/books/books-role.ts';
import { prepareDatabase } from './database.ts';
import { databaseUrl, type DatabaseName } from './database-urls.ts';
import { sentence } from './run-alone.ts';

const names: readonly DatabaseName[] = ['portal', 'gateway', 'books'];

/**
 * Brings the databases of DATABASE_URL up to date. Programs do it by themselves too; this is for a careful release, and for
 * one whose accounting works under a role of its own (BOOKS_ROLE) that may add to the ledger and change nothing of it.
 */
async function migrate(): Promise<void> {
  for (const name of names) {
    const url = databaseUrl(process.env, name);
    if (url === undefined)
      throw new Error('set DATABASE_URL to the server whose databases to migrate');
    await prepareDatabase(name, url);
    const role = process.env['BOOKS_ROLE'];
    if (name === 'books' && role !== undefined && role !== '') await grantBooks(url, role);
    console.log(`${name}: up to date`);
  }
}

await migrate().catch((error: unknown) => {
  console.error(`kabinet: ${sentence(error)}`);
  process.exit(1);
});
