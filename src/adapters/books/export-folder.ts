import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { ExportShelf, WritePiece } from '../../application/ports/export-shelf.ts';
import { parseDay } from '../../domain/time.ts';

/** The owner writes, a group reads, nobody else: it is a company's books. */
const mode = 0o640;

/**
 * A folder of exports: `<name>-2026-11-28.<extension>`. A file appears under its name when all of it is there, so a
 * program that watches the folder never takes half of one.
 */
export const exportFolder = (
  directory: string,
  extensions: Readonly<Record<string, string>>,
): ExportShelf => ({
  newest: async (name) => {
    await mkdir(directory, { recursive: true });
    const files = await readdir(directory);
    const [begin, end] = [`${name}-`, `.${extensions[name] ?? ''}`];
    const days = files
      .filter((file) => file.startsWith(begin) && file.endsWith(end))
      .map((file) => parseDay(file.slice(begin.length, -end.length)))
      .filter((day) => day !== undefined);
    return days.toSorted().at(-1);
  },
  put: async (name, day, fill) => {
    const path = join(directory, `${name}-${day}.${extensions[name] ?? ''}`);
    await writeWhole(path, fill);
  },
});

/** Writes beside the file and puts it in its place when all is there; `fill` may answer that nothing is to be kept. */
export async function writeWhole(
  path: string,
  fill: (write: WritePiece) => Promise<boolean>,
): Promise<void> {
  const beside = `${path}.${String(process.pid)}.part`;
  const file = createWriteStream(beside, { mode });
  // What goes wrong is told by whoever waits; writes that were on their way then would bring the program down.
  file.on('error', () => undefined);
  try {
    await once(file, 'open');
    const isKept = await fill(writerTo(file));
    if (file.errored) throw file.errored;
    file.end();
    await once(file, 'close');
    if (isKept) await rename(beside, path);
    else await rm(beside);
  } catch (error) {
    file.destroy();
    await rm(beside, { force: true });
    throw error;
  }
}

/** Waits while the other end is slower than the books, so that nothing heaps up here. */
export const writerTo =
  (output: Writable): WritePiece =>
  async (piece) => {
    if (output.errored) throw output.errored;
    if (!output.write(piece)) await once(output, 'drain');
  };
