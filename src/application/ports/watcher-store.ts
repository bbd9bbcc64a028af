import type { Watcher } from '../../domain/protection/watcher.ts';
import type { PeopleStore, PersonCredential, SignedInPerson } from './people-store.ts';

/** Keeps who may watch the gateway. */
export type WatcherStore = PeopleStore<Watcher>;
export type WatcherCredential = PersonCredential<Watcher>;
export type SignedInWatcher = SignedInPerson<Watcher>;
