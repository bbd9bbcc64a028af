import type { ForeignLine, ForeignLines } from '../../src/application/ports/foreign-lines.ts';
import { money } from '../../src/domain/money.ts';
import { instant, parseDay, type Instant } from '../../src/domain/time.ts';
import { ledgerNow } from './given-ledger.ts';

/** A line as a bookkeeper posts it: a charge of 100 RUB. */
export const aLine = (change: Partial<ForeignLine> = {}): ForeignLine => ({
  id: '1',
  move: '1',
  key: 'Ремонт',
  isUndoing: false,
  kind: 'charge',
  account: 'N-1',
  amount: money(-10_000n, 'RUB'),
  day: parseDay('2026-11-21')!,
  description: 'Ремонт',
  changedAt: ledgerNow,
  ...change,
});

/**
 * A model of an accounting system: lines come to be seen when their transaction commits, with the time it began. Pages
 * are short, and the order in them is whatever the caller says.
 */
export class ModelLines implements ForeignLines {
  readonly source = 'model';
  /** What is committed. */
  readonly lines: ForeignLine[] = [];
  /** How many lines were read, settled ones not. */
  read = 0;
  isDown = false;
  readonly #order: (lines: readonly ForeignLine[]) => readonly ForeignLine[];

  constructor(order: (lines: readonly ForeignLine[]) => readonly ForeignLine[] = (all) => all) {
    this.#order = order;
  }

  async newest(): Promise<Instant | undefined> {
    const times = this.lines.map(({ changedAt }) => changedAt);
    return times.length === 0 ? undefined : instant(Math.max(...times));
  }

  async *changedSince(from: Instant, isSettled: (id: string) => boolean) {
    const all = this.#order(this.lines.filter(({ changedAt }) => changedAt >= from));
    const pageSize = 3;
    for (let n = 0; n < all.length; n += pageSize) {
      if (this.isDown && n > 0) throw new Error('down');
      const page = all.slice(n, n + pageSize).filter(({ id }) => !isSettled(id));
      this.read += page.length;
      yield page;
    }
    if (this.isDown) throw new Error('down');
  }
}
