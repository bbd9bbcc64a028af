import { crc32 } from 'node:zlib';
import { WrongPicture } from './wrong-picture.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export const isPng = (bytes: Uint8Array): boolean =>
  signature.every((byte, n) => bytes[n] === byte);

export interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/** The chunks of a PNG file up to its end, each whole by its own checksum. Throws WrongPicture. */
export function chunksOf(file: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  let at = signature.length;
  while (at + 12 <= file.length) {
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length) break;
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) {
      throw new WrongPicture('is a damaged PNG picture: save it anew');
    }
    const type = file.toString('latin1', at + 4, at + 8);
    if (type === 'IEND') return chunks;
    chunks.push({ type, data: file.subarray(at + 8, end) });
    at = end + 4;
  }
  throw new WrongPicture('is a PNG picture that ends too early: copy it again');
}

/** A PNG file of these chunks. */
export const fileOf = (chunks: readonly Chunk[]): Buffer =>
  Buffer.concat([
    Buffer.from(signature),
    ...[...chunks, { type: 'IEND', data: Buffer.alloc(0) }].flatMap(({ type, data }) => {
      const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
      return [uint32(data.length), named, uint32(crc32(named))];
    }),
  ]);

export const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
