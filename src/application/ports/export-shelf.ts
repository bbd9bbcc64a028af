import type { CalendarDay } from '../../domain/time.ts';

/** Writes a piece of a file; waits while the other end is slower. */
export type WritePiece = (piece: string | Uint8Array) => Promise<void>;

/** Where files for other programs are put, one a day under each name. */
export interface ExportShelf {
  /** The last day there is a file of; undefined without any. */
  newest(name: string): Promise<CalendarDay | undefined>;
  /**
   * Puts a file there, whole or not at all; one of the same day is replaced. `fill` answers whether there is something
   * to keep: with false nothing is put there.
   */
  put(name: string, day: CalendarDay, fill: (write: WritePiece) => Promise<boolean>): Promise<void>;
}
