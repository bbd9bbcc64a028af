import { Readable, pipeline } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';
import { Zip, type ZipInputFile } from 'fflate';
import { CannotBeWritten } from '../../application/ports/statement-form.ts';

/** A file of an archive, written piece by piece. */
export interface ZipPart {
  readonly name: string;
  readonly pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Sizes and places in an archive are numbers of 32 bits. */
const mostBytes = 0xff_ff_ff_ff;
const deflate = { method: 8, level: 3 } as const;

/**
 * Packs files into a ZIP archive as they come, one after the other, in memory that does not grow with them. Throws
 * CannotBeWritten where a file or the archive has more bytes than the format can count.
 */
export async function* zipped(
  parts: AsyncIterable<ZipPart>,
  most = mostBytes,
): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let written = 0;
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    ready.push(chunk);
    written += chunk.length;
    if (written > most) throw tooLong();
  });
  const taken = (): Uint8Array[] => {
    const now = ready;
    ready = [];
    return now;
  };
  for await (const { name, pieces } of parts) {
    const file: ZipInputFile = { filename: name, crc: 0, size: 0, compression: deflate.method };
    zip.add(file);
    for await (const chunk of deflated(counted(file, pieces, most))) {
      file.ondata?.(null, chunk, false);
      yield* taken();
    }
    file.ondata?.(null, new Uint8Array(), true);
  }
  zip.end();
  yield* taken();
}

/** Digest and size are said behind the file, when they are known. */
async function* counted(
  file: ZipInputFile,
  pieces: ZipPart['pieces'],
  most: number,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    file.crc = crc32(piece, file.crc);
    file.size += piece.length;
    if (file.size > most) throw tooLong();
    yield piece;
  }
}

/** Compressed on another thread. */
function deflated(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array<ArrayBuffer>> {
  // What goes wrong comes out of the stream, too.
  const ignore = (): void => undefined;
  return pipeline(Readable.from(pieces), createDeflateRaw({ level: deflate.level }), ignore);
}

const tooLong = (): CannotBeWritten =>
  new CannotBeWritten(
    'the file would have more than 4 GiB, which no XLSX can: take fewer days, or --format csv',
  );
