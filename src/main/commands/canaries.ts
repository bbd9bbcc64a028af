import { canariesFile } from '../../adapters/settings/canaries-file.ts';
import { PostgresRealIds } from '../../adapters/postgres/books/postgres-real-ids.ts';
import { openPool } from '../../adapters/postgres/pool.ts';
import { cryptoRandomness } from '../../adapters/system/crypto-randomness.ts';
import {
  addCanary,
  type AddCanaryRefusal,
  canaryId,
  longestNote,
  mostCanaries,
  removeCanary,
} from '../../application/canaries/change-canaries.ts';
import type { CanarySettings } from '../../application/ports/canary-settings.ts';
import { readConfig } from '../config.ts';
import { prepareDatabase } from '../database.ts';
import { openDatabaseUrl } from '../database-server.ts';
import type { Started } from '../running.ts';
import { canariesHelp, canariesOptions, type CanariesOptions } from './canaries-options.ts';
import { runCommand } from './run-command.ts';

const refusals: Readonly<Record<AddCanaryRefusal['reason'], string>> = {
  'no-id': 'is no account id: give a UUID, or none for a new one',
  real: 'means a real customer or account: their owner would be told that it does not exist',
  known: 'is a canary already',
  'too-many': `is one too many: there are ${String(mostCanaries)} canaries`,
  'note-too-long': `has a note of more than ${String(longestNote)} characters`,
};

async function run(options: CanariesOptions, started: Started): Promise<void> {
  if (options.command === 'help') {
    console.log(canariesHelp);
    return;
  }
  const path = readConfig(process.env).canariesFile;
  const settings = canariesFile(path);
  switch (options.command) {
    case 'list':
      for (const { id, note } of await settings.read()) console.log(`${id}  ${note}`.trimEnd());
      break;
    case 'add': {
      const id = options.id ?? canaryId(cryptoRandomness().bytes(16));
      await add(settings, { id, note: options.note }, started);
      console.log(id);
      break;
    }
    case 'remove': {
      const removed = await removeCanary(settings)(options.id);
      if (!removed.ok) throw new Error(`${options.id} is no canary; list shows them`);
      console.log(`${options.id} is a canary no more`);
    }
  }
  console.log(`\nkept in ${path}`);
}

async function add(
  settings: CanarySettings,
  canary: { readonly id: string; readonly note: string },
  started: Started,
): Promise<void> {
  const url = await openDatabaseUrl('books', started);
  await prepareDatabase('books', url);
  const pool = openPool(url, 1, 'canaries');
  started.add(() => pool.end());
  const added = await addCanary(settings, new PostgresRealIds(pool))(canary);
  if (!added.ok) throw new Error(`${canary.id} ${refusals[added.refusal.reason]}`);
}

await runCommand((started) => run(canariesOptions(process.argv.slice(2)), started));
