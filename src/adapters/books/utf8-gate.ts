import { isUtf8 } from 'node:buffer';
import { FileRefused } from '../../application/ports/company-books.ts';

const lineBreak = 0x0a;

/** Lets bytes through that are UTF-8; throws FileRefused, with the line, at the first that are not. */
export async function* utf8Only(
  chunks: AsyncIterable<Buffer>,
  fileName: string,
): AsyncGenerator<Buffer> {
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = endOfWholeCharacters(bytes);
    const whole = bytes.subarray(0, end);
    rest = bytes.subarray(end);
    if (!isUtf8(whole)) throw refusal(fileName, line, whole);
    line += countLines(whole);
    yield whole;
  }
  if (rest.length > 0) throw refusal(fileName, line, rest);
}

/** Where the last character that has all its bytes ends. A chunk may end in the middle of one. */
function endOfWholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function refusal(fileName: string, firstLine: number, bytes: Buffer): FileRefused {
  let line = firstLine;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(lineBreak, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) break;
    line += 1;
    start = end + 1;
  }
  return new FileRefused(`${fileName} is not UTF-8: look at line ${String(line)}`);
}

/** Line breaks in the bytes. */
function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(lineBreak); at !== -1; at = bytes.indexOf(lineBreak, at + 1)) {
    count += 1;
  }
  return count;
}
