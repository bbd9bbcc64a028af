import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { fileOf, uint32 } from '../../src/adapters/pdf/logo/png-chunks.ts';
import { readLogo } from '../../src/adapters/pdf/logo/read-logo.ts';
import type { CompanyLogo } from '../../src/application/ports/stationery.ts';

/** What a PNG file is made of, before its rows are filtered and packed. */
export interface PngPlan {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colour: number;
  /** Rows of samples as bytes. */
  readonly rows: readonly Uint8Array[];
  /** One for each row, from 0 to 4. */
  readonly filters: readonly number[];
  readonly palette?: Uint8Array;
  readonly clear?: Uint8Array;
  readonly interlace?: number;
}

/** Writes a PNG file, filtering each row as the standard says (section 9), byte by byte. */
export function pngFile(plan: PngPlan): Buffer {
  const { width, height, bits, colour, rows, filters, palette, clear, interlace = 0 } = plan;
  const samples = [1, 0, 3, 1, 2, 0, 4][colour] ?? 1;
  const dot = Math.max(1, (bits * samples) >> 3);
  const filtered = rows.flatMap((row, y) => {
    const filter = filters[y] ?? 0;
    const guesses = [...row].map((_, x) => {
      const left = row[x - dot] ?? 0;
      const up = rows[y - 1]?.[x] ?? 0;
      const corner = rows[y - 1]?.[x - dot] ?? 0;
      const slope = left + up - corner;
      const [nearest = 0] = [left, up, corner].toSorted(
        (a, b) => Math.abs(slope - a) - Math.abs(slope - b),
      );
      return [0, left, up, Math.floor((left + up) / 2), nearest][filter] ?? 0;
    });
    return [filter, ...[...row].map((byte, x) => (byte - (guesses[x] ?? 0)) & 255)];
  });
  const head = Buffer.concat([
    uint32(width),
    uint32(height),
    Buffer.from([bits, colour, 0, 0, interlace]),
  ]);
  return fileOf([
    { type: 'IHDR', data: head },
    ...(palette === undefined ? [] : [{ type: 'PLTE', data: Buffer.from(palette) }]),
    ...(clear === undefined ? [] : [{ type: 'tRNS', data: Buffer.from(clear) }]),
    { type: 'IDAT', data: deflateSync(Buffer.from(filtered)) },
  ]);
}

/** A plain one of eight bits in red, green, blue and opacity: the dots of its corner are (r, g, b, a). */
export const plainPng = (
  width: number,
  height: number,
  [r, g, b, a]: readonly [number, number, number, number],
): Buffer =>
  pngFile({
    ...{ width, height, bits: 8, colour: 6 },
    rows: Array.from({ length: height }, () =>
      Uint8Array.from({ length: width * 4 }, (_, x) => [r, g, b, a][x % 4] ?? 0),
    ),
    filters: [],
  });

/** 64 × 24 dots: the left half is orange, the right one white. */
export const jpegFile = (): Buffer =>
  Buffer.from(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAYAEADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAcE/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABYBAQEBAAAAAAAAAAAAAAAAAAAFBv/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AMACQ0AACngK7PgAJgAkNAAAp4Cuz4AD/9k=',
    'base64',
  );

/** A logo of a company of tests: a square, half of it see-through. */
export const givenLogo = (width = 40, height = 40): CompanyLogo =>
  readLogo(plainPng(width, height, [200, 40, 0, 128]));

/** Any PNG of the kinds the standard knows, with what each of its dots is. */
export const anyPng = (): fc.Arbitrary<PngPlan> =>
  fc
    .record({
      kind: fc.constantFrom(
        ...[1, 2, 4, 8, 16].map((bits) => ({ bits, colour: 0 })),
        ...[8, 16].flatMap((bits) => [2, 4, 6].map((colour) => ({ bits, colour }))),
        ...[1, 2, 4, 8].map((bits) => ({ bits, colour: 3 })),
      ),
      width: fc.integer({ min: 1, max: 9 }),
      height: fc.integer({ min: 1, max: 5 }),
    })
    .chain(({ kind, width, height }) => {
      const samples = [1, 0, 3, 1, 2, 0, 4][kind.colour] ?? 1;
      const rowBytes = Math.ceil((width * samples * kind.bits) / 8);
      const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
      return fc.record(
        {
          ...{ width: fc.constant(width), height: fc.constant(height) },
          ...{ bits: fc.constant(kind.bits), colour: fc.constant(kind.colour) },
          rows: fc.array(bytes(rowBytes), { minLength: height, maxLength: height }),
          filters: fc.array(fc.nat(4), { minLength: height, maxLength: height }),
          ...(kind.colour === 3 && {
            palette: bytes(3 * 2 ** kind.bits),
            clear: fc.uint8Array({ maxLength: 2 ** kind.bits }),
          }),
        },
        { requiredKeys: ['width', 'height', 'bits', 'colour', 'rows', 'filters'] },
      );
    })
    .filter(({ colour, palette }) => colour !== 3 || palette !== undefined);
