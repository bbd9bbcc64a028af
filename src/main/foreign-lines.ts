import type pg from 'pg';
import { PostgresForeignLines } from '../adapters/postgres/books/postgres-foreign-lines.ts';
import { bringForeignLines } from '../application/accounting/bring-foreign-lines.ts';
import type { Books } from '../application/ports/books.ts';
import type { Clock } from '../application/ports/clock.ts';
import type { ForeignLines } from '../application/ports/foreign-lines.ts';
import type { Randomness } from '../application/ports/randomness.ts';
import { second } from '../domain/time.ts';
import { loop } from './loop.ts';
import type { Running } from './running.ts';
import { reporter, type Surroundings } from './surroundings.ts';

/** From the end of a round to the next. A page shows a bookkeeper’s line so much later, and what a round takes. */
const everyMs = 3 * second;

/** What bringing lines of others needs. */
export interface ForeignLineNeeds {
  readonly system: ForeignLines;
  readonly books: Books;
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/** Brings what others post in the accounting system, round after round; while it is away nothing comes, and later all. */
export function startForeignLines(around: Surroundings, needs: ForeignLineNeeds): Running {
  const { system, books, pool, clock, randomness } = needs;
  const { log, metrics, config } = around;
  const zone = config.company.timeZone;
  const lines = new PostgresForeignLines(pool);
  const bring = bringForeignLines(system, { books, lines, zone }, clock, randomness);
  const round = async (): Promise<boolean> => {
    const at = clock.now();
    const { conflicts, ...done } = await bring();
    metrics.foreignRound(at, { ...done, conflicts: conflicts.length });
    const fields = { program: 'accounting', reason: system.source };
    if (done.brought > 0) log.event('foreign-lines-brought', { ...fields, count: done.brought });
    for (const id of conflicts) {
      log.event('foreign-line-differs', { ...fields, messageId: id }, 'error');
    }
    return false;
  };
  return loop(round, everyMs, reporter(around, 'accounting'));
}
