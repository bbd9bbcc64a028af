import type pg from 'pg';
import { postgresWatcherStore } from '../adapters/postgres/gateway/postgres-watcher-store.ts';
import { cryptoRandomness } from '../adapters/system/crypto-randomness.ts';
import { addWatcher } from '../application/gateway/add-watcher.ts';
import { demoWatchers } from './demo-watchers.ts';
import { watcherTools } from './gateway-console.ts';

/** Lets the demo's watchers sign in at the console; those who are there already stay as they are. */
export async function addDemoWatchers(gateway: pg.Pool, keysDirectory: string): Promise<void> {
  const store = postgresWatcherStore(gateway);
  const { passwords, codes } = watcherTools(keysDirectory);
  const add = addWatcher(store, passwords, codes, cryptoRandomness());
  const known = new Set((await store.list()).map(({ login }) => login));
  for (const person of demoWatchers) if (!known.has(person.login)) await add(person);
}
