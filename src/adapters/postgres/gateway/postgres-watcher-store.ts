import type pg from 'pg';
import type { WatcherStore } from '../../../application/ports/watcher-store.ts';
import type { WatcherId } from '../../../domain/protection/watcher.ts';
import { PostgresPeopleStore } from '../postgres-people-store.ts';

/** The watchers and their sessions in the gateway's database. */
export const postgresWatcherStore = (pool: pg.Pool): WatcherStore =>
  new PostgresPeopleStore(pool, {
    person: 'console_person',
    session: 'console_session',
    owner: 'person_id',
    more: () => ({}),
    toPerson: ({ id, login, name, is_active: isActive }) => ({
      id: id as WatcherId,
      login,
      name,
      isActive,
    }),
  });
