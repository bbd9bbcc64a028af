import { inflateSync } from 'node:zlib';
import { chunksOf, type Chunk } from './png-chunks.ts';
import type { Raster } from './raster.ts';
import { checkSize, WrongPicture, type Size } from './wrong-picture.ts';

interface Head extends Size {
  /** Of one sample: 1, 2, 4, 8 or 16. */
  readonly bits: number;
  readonly colour: keyof typeof samplesOf;
}
/** Samples of one dot by the colour type: grey, red-green-blue, place in the palette, the first two with opacity. */
const samplesOf = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/**
 * Reads a PNG picture (ISO/IEC 15948) as it looks on white paper. Throws WrongPicture for the first thing wrong, as pngjs
 * does not: it takes a picture with rows missing, or with its dots in a chunk whose checksum is wrong, for a whole one.
 */
export function readPng(file: Buffer): Raster {
  const chunks = chunksOf(file);
  const head = headOf(chunks);
  const palette = chunks.find(({ type }) => type === 'PLTE')?.data;
  if (head.colour === 3 && palette === undefined) throw damaged();
  const clear = chunks.find(({ type }) => type === 'tRNS')?.data;
  const { width, height } = head;
  const samples = samplesIn(head, chunks);
  const rgb = new Uint8Array(width * height * 3);
  const paint = painter(head, palette, clear);
  for (let n = 0; n < width * height; n += 1) paint(samples, n, rgb);
  return { width, height, rgb };
}

const damaged = (): WrongPicture => new WrongPicture('is a damaged PNG picture: save it anew');

function headOf([first]: readonly Chunk[]): Head {
  if (first?.type !== 'IHDR' || first.data.length !== 13) throw damaged();
  const { data } = first;
  const size = { width: data.readUInt32BE(0), height: data.readUInt32BE(4) };
  checkSize(size);
  const [bits = 0, colour = -1, packing, filter, interlace] = data.subarray(8);
  if (interlace !== 0) throw new WrongPicture('is an interlaced PNG picture: save it without that');
  const isKnown = colour in samplesOf && [1, 2, 4, 8, 16].includes(bits);
  if (!isKnown || packing !== 0 || filter !== 0) throw damaged();
  return { ...size, bits, colour: colour as Head['colour'] };
}

/** All samples as numbers from 0 to 255; places in a palette as they are. */
function samplesIn(head: Head, chunks: readonly Chunk[]): Uint8Array {
  const { width, height, bits, colour } = head;
  const perRow = width * samplesOf[colour];
  const rowBytes = Math.ceil((perRow * bits) / 8);
  const parts = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
  const rows = unfiltered(unpacked(parts, (rowBytes + 1) * height), rowBytes, dotBytes(head));
  const samples = new Uint8Array(perRow * height);
  const most = 2 ** Math.min(bits, 8) - 1;
  const scale = colour === 3 ? 1 : 255 / most;
  for (let n = 0; n < samples.length; n += 1) {
    const bit = (n % perRow) * bits;
    const byte = rows[Math.floor(n / perRow) * rowBytes + (bit >> 3)] ?? 0;
    // Of sixteen bits the upper eight are enough for paper.
    samples[n] = bits >= 8 ? byte : ((byte >> (8 - bits - (bit & 7))) & most) * scale;
  }
  return samples;
}

const dotBytes = ({ bits, colour }: Head): number =>
  Math.max(1, Math.floor((bits * samplesOf[colour]) / 8));

function unpacked(parts: readonly Buffer[], length: number): Buffer {
  try {
    const rows = inflateSync(Buffer.concat(parts), { maxOutputLength: length });
    if (rows.length === length) return rows;
  } catch {
    // Told below: more than its size says, or no deflated bytes at all.
  }
  throw damaged();
}

/** Takes back what each row's filter did (section 9 of the standard), and the filter's own byte. */
function unfiltered(rows: Buffer, rowBytes: number, dot: number): Uint8Array {
  const height = rows.length / (rowBytes + 1);
  const plain = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (rowBytes + 1)] ?? 0;
    if (filter > 4) throw damaged();
    const at = y * rowBytes;
    for (let x = 0; x < rowBytes; x += 1) {
      const left = x < dot ? 0 : (plain[at + x - dot] ?? 0);
      const up = y === 0 ? 0 : (plain[at + x - rowBytes] ?? 0);
      const corner = y === 0 || x < dot ? 0 : (plain[at + x - rowBytes - dot] ?? 0);
      plain[at + x] = (rows[y * (rowBytes + 1) + 1 + x] ?? 0) + guess(filter, left, up, corner);
    }
  }
  return plain;
}

function guess(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    default:
      return paeth(left, up, corner);
  }
}

/** Of three neighbours the one nearest to what their slope promises. */
function paeth(left: number, up: number, corner: number): number {
  const fromLeft = Math.abs(up - corner);
  const fromUp = Math.abs(left - corner);
  const fromCorner = Math.abs(left + up - 2 * corner);
  if (fromLeft <= fromUp && fromLeft <= fromCorner) return left;
  return fromUp <= fromCorner ? up : corner;
}

/** Paints a dot as it looks over white. */
type Painter = (samples: Uint8Array, dot: number, rgb: Uint8Array) => void;

function painter(head: Head, palette: Buffer | undefined, clear: Buffer | undefined): Painter {
  const put = (rgb: Uint8Array, dot: number, colour: readonly number[], opacity: number): void => {
    for (let n = 0; n < 3; n += 1) {
      rgb[dot * 3 + n] = Math.round(255 + (((colour[n] ?? 0) - 255) * opacity) / 255);
    }
  };
  if (head.colour === 3) {
    return (samples, dot, rgb) => {
      const place = samples[dot] ?? 0;
      const colour = palette?.subarray(place * 3, place * 3 + 3) ?? [];
      if (colour.length < 3) throw damaged();
      put(rgb, dot, [...colour], clear?.[place] ?? 255);
    };
  }
  const channels = samplesOf[head.colour];
  const isGrey = channels <= 2;
  const key = clear && keyOf(head, clear);
  return (samples, dot, rgb) => {
    const own = samples.subarray(dot * channels, dot * channels + channels);
    const [first = 0, second = 0, third = 0, last = 255] = own;
    const colour = isGrey ? [first, first, first] : [first, second, third];
    const opacity = channels === 2 ? second : last;
    put(rgb, dot, colour, key?.every((one, n) => one === colour[n]) === true ? 0 : opacity);
  };
}

/** The one colour that is transparent, as the samples are: from 0 to 255. */
function keyOf({ bits, colour }: Head, clear: Buffer): number[] | undefined {
  if (colour !== 0 && colour !== 2) return undefined;
  if (clear.length < samplesOf[colour] * 2) throw damaged();
  const scaled = (sample: number): number =>
    bits === 16 ? sample >> 8 : (sample * 255) / (2 ** bits - 1);
  const [grey, green, blue] = [0, 2, 4].map((at) =>
    at + 2 <= clear.length ? scaled(clear.readUInt16BE(at)) : 0,
  );
  return colour === 0 ? [grey ?? 0, grey ?? 0, grey ?? 0] : [grey ?? 0, green ?? 0, blue ?? 0];
}
