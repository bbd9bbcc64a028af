import type pg from 'pg';
import {
  serveCommands,
  serveInside,
  serveQueries,
  type InsideEnd,
} from '../adapters/amqp/connector-line.ts';
import { PostgresBooks } from '../adapters/postgres/books/postgres-books.ts';
import { sessionLock } from '../adapters/postgres/session-lock.ts';
import type { AccountingSystem } from '../application/ports/accounting-system.ts';
import { TooBusy } from '../application/ports/outage.ts';
import type { Randomness } from '../application/ports/randomness.ts';
import { second } from '../domain/time.ts';
import { byTurn } from './by-turn.ts';
import { startForeignLines } from './foreign-lines.ts';
import { openAccounting } from './open-accounting.ts';
import type { Started } from './running.ts';
import type { Surroundings } from './surroundings.ts';

/** What serving needs of the program it is a part of. */
export interface ServingNeeds {
  readonly end: Omit<InsideEnd, 'accounting'>;
  readonly pool: pg.Pool;
  readonly randomness: Randomness;
  /** Stands between the line and the accounting system. */
  readonly around: (system: AccountingSystem) => AccountingSystem;
}

/**
 * Serves the accounting system that was set. Our own ledger may have many processes. A system of others has one that
 * posts, and brings what others post; the rest answer questions and wait for its turn to become theirs.
 */
export async function serveAccounting(
  surroundings: Surroundings,
  needs: ServingNeeds,
  started: Started,
): Promise<void> {
  const { pool, randomness, end } = needs;
  const { clock, report } = end;
  const { config } = surroundings;
  const zone = config.company.timeZone;
  const books = new PostgresBooks(pool, zone);
  const turn = sessionLock(surroundings.databaseUrl('books'), 'posting-turn');
  started.add(() => turn.end());
  const mayPost = async (): Promise<void> => {
    if (!(await turn.isOurs())) throw new TooBusy('another process has the turn to post', second);
  };
  const { system, isShared, foreign } = openAccounting(config.accounting, {
    ...{ books, clock, randomness, zone, mayPost },
  });
  const inside = { ...end, accounting: needs.around(system) };
  if (isShared) {
    started.add(await serveInside(inside));
    return;
  }
  started.add(await serveQueries(inside));
  const posting = byTurn(
    turn,
    async () => {
      const parts = { books, pool, clock, randomness };
      const bringing = foreign && startForeignLines(surroundings, { ...parts, system: foreign });
      const stop = await serveCommands(inside);
      return async () => {
        await Promise.all([bringing?.stop(), stop()]);
      };
    },
    report,
  );
  started.add(() => posting.stop());
}
