import { randomBytes } from 'node:crypto';
import { postgresWatcherStore } from '../../adapters/postgres/gateway/postgres-watcher-store.ts';
import { openPool } from '../../adapters/postgres/pool.ts';
import { cryptoRandomness } from '../../adapters/system/crypto-randomness.ts';
import { addWatcher } from '../../application/gateway/add-watcher.ts';
import { readConfig } from '../config.ts';
import { prepareDatabase } from '../database.ts';
import { openDatabaseUrl } from '../database-server.ts';
import { watcherTools } from '../gateway-console.ts';
import type { Started } from '../running.ts';
import { watchersHelp, watchersOptions, type WatchersOptions } from './watchers-options.ts';
import { runCommand } from './run-command.ts';

const refusals = {
  'login-malformed': 'this is no login',
  'login-taken': 'this login is taken, for ever: choose another',
} as const;

async function run(options: WatchersOptions, open: Started): Promise<void> {
  if (options.command === 'help') {
    console.log(watchersHelp);
    return;
  }
  const url = await openDatabaseUrl('gateway', open);
  await prepareDatabase('gateway', url);
  const pool = openPool(url, 1, 'watchers');
  open.add(() => pool.end());
  const store = postgresWatcherStore(pool);
  if (options.command === 'list') {
    for (const { login, name, isActive } of await store.list()) {
      console.log(`${login.padEnd(16)}${isActive ? 'active' : 'disabled'}  ${name}`);
    }
    return;
  }
  if (options.command === 'disable') {
    if (!(await store.disable(options.login))) throw new Error(`nobody is called ${options.login}`);
    console.log(`${options.login} may sign in no more`);
    return;
  }
  const { passwords, codes, factor } = watcherTools(readConfig(process.env).keysDirectory);
  const [password, secret] = [randomBytes(12).toString('base64url'), factor.newSecret()];
  const add = addWatcher(store, passwords, codes, cryptoRandomness());
  const added = await add({ ...options, password, secret });
  if (!added.ok) throw new Error(refusals[added.refusal.reason]);
  console.log(`login         ${added.value.login}`);
  console.log(`password      ${password}`);
  console.log(`authenticator ${factor.address(secret, added.value.login)}`);
}

await runCommand((started) => run(watchersOptions(process.argv.slice(2)), started));
