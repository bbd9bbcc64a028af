import type { StatementLayout, StatementRow } from './statement-layout.ts';

/** A row and how high it stands, in points. */
export interface PlacedRow {
  readonly row: StatementRow;
  readonly height: number;
  /** The balances before and after, which are set apart. */
  readonly isBalance: boolean;
}
/** The room for rows on the first page and on every other, in points, and what must stand under the last row. */
export interface Room {
  readonly first: number;
  readonly other: number;
  readonly notes: number;
}

/**
 * Spreads the rows over pages, each as full as it gets. The closing balance never stands on a page without an
 * operation, and the notes come under it.
 */
export function statementPages(
  layout: StatementLayout,
  heightOf: (row: StatementRow) => number,
  room: Room,
): readonly (readonly PlacedRow[])[] {
  const placed = (row: StatementRow, isBalance: boolean): PlacedRow => ({
    row,
    height: heightOf(row),
    isBalance,
  });
  const operations = layout.rows.map((row) => placed(row, false));
  const closing = placed(layout.closing, true);
  const pages: PlacedRow[][] = [[]];
  let left = room.first;
  const put = (rows: readonly PlacedRow[], under = 0): void => {
    const height = rows.reduce((sum, row) => sum + row.height, 0);
    if (height + under > left) {
      pages.push([]);
      left = room.other;
    }
    pages.at(-1)?.push(...rows);
    left -= height;
  };
  put([placed(layout.opening, true)]);
  for (const row of operations.slice(0, -1)) put([row]);
  put([...operations.slice(-1), closing], room.notes);
  return pages;
}
