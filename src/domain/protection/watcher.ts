import type { DeskPerson } from '../desk-session.ts';
import type { Brand } from '../ids.ts';

export type WatcherId = Brand<string, 'WatcherId'>;

/** Somebody who watches the gateway. */
export type Watcher = DeskPerson<WatcherId>;
