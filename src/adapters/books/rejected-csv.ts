import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** One line of the list of rows that were not loaded. */
export interface Rejection {
  readonly file: string;
  readonly line: number;
  readonly column: string | undefined;
  readonly reason: string;
  readonly text: string;
}

/** The list of rejected rows, written as it grows and created with its first row. */
export class RejectedCsv {
  readonly path: string;
  #stream: WriteStream | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** Adds a row; resolves when there is room for more. */
  async add(row: Rejection): Promise<void> {
    this.#stream ??= this.#open();
    const cells = [row.file, String(row.line), row.column ?? '', row.reason, row.text];
    if (!this.#stream.write(`${cells.map(quoted).join(',')}\r\n`)) {
      await once(this.#stream, 'drain');
    }
  }

  async close(): Promise<void> {
    if (this.#stream === undefined) return;
    this.#stream.end();
    await finished(this.#stream);
  }

  #open(): WriteStream {
    const stream = createWriteStream(this.path);
    stream.write('file,line,column,reason,row\r\n');
    return stream;
  }
}

const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
