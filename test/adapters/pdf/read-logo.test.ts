import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { jpegFacts } from '../../../src/adapters/pdf/logo/jpeg-facts.ts';
import { readPng } from '../../../src/adapters/pdf/logo/png-reader.ts';
import { pngOf } from '../../../src/adapters/pdf/logo/png-writer.ts';
import { greyOf, shrunk, type Raster } from '../../../src/adapters/pdf/logo/raster.ts';
import { readLogo } from '../../../src/adapters/pdf/logo/read-logo.ts';
import { WrongPicture } from '../../../src/adapters/pdf/logo/wrong-picture.ts';
import {
  anyPng,
  givenLogo,
  jpegFile,
  plainPng,
  pngFile,
  type PngPlan,
} from '../../support/given-logo.ts';
import '../../support/fc-runs.ts';

/** What a dot of the plan looks like on white, worked out one dot at a time. */
function dotOf({ bits, colour, rows, palette, clear }: PngPlan, x: number, y: number): number[] {
  const samples = [1, 0, 3, 1, 2, 0, 4][colour] ?? 1;
  const most = 2 ** bits - 1;
  const row = rows[y] ?? new Uint8Array();
  const sampleAt = (n: number): number => {
    const first = (x * samples + n) * bits;
    const text = [...row].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    return Number.parseInt(text.slice(first, first + bits), 2);
  };
  const eight = (sample: number): number =>
    bits === 16 ? sample >> 8 : Math.round((sample * 255) / most);
  const over = (value: number, opacity: number): number =>
    Math.round(255 + ((value - 255) * opacity) / 255);
  if (colour === 3) {
    const place = sampleAt(0);
    const opacity = clear?.[place] ?? 255;
    return [0, 1, 2].map((n) => over(palette?.[place * 3 + n] ?? 0, opacity));
  }
  const own = Array.from({ length: samples }, (_, n) => eight(sampleAt(n)));
  const [first = 0] = own;
  const opacity = samples === 2 || samples === 4 ? (own.at(-1) ?? 0) : 255;
  return (samples <= 2 ? [first, first, first] : own.slice(0, 3)).map((one) => over(one, opacity));
}

const anyRaster = (): fc.Arbitrary<Raster> =>
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
    .chain(([width, height]) => {
      const length = width * height * 3;
      return fc
        .uint8Array({ minLength: length, maxLength: length })
        .map((rgb) => ({ width, height, rgb }));
    });

describe('a picture as PNG', () => {
  it('is read dot by dot as it looks on white, whatever its depth, colours, opacity and filters', () => {
    fc.assert(
      fc.property(anyPng(), (plan) => {
        const { width, height, rgb } = readPng(pngFile(plan));

        assert.deepEqual([width, height], [plan.width, plan.height]);
        for (let n = 0; n < width * height; n += 1) {
          const dot = [...rgb.subarray(n * 3, n * 3 + 3)];
          assert.deepEqual(dot, dotOf(plan, n % width, Math.floor(n / width)));
        }
      }),
    );
  });

  it('has its one see-through colour taken for white', () => {
    const dots = { ...{ width: 2, height: 1, bits: 8, filters: [] } };
    const grey = { ...dots, colour: 0, rows: [Uint8Array.of(7, 8)], clear: Uint8Array.of(0, 7) };
    const rows = [Uint8Array.of(1, 2, 3, 1, 2, 4)];
    const rgb = { ...dots, colour: 2, rows, clear: Uint8Array.of(0, 1, 0, 2, 0, 3) };

    assert.deepEqual([...readPng(pngFile(grey)).rgb], [255, 255, 255, 8, 8, 8]);
    assert.deepEqual([...readPng(pngFile(rgb)).rgb], [255, 255, 255, 1, 2, 4]);
  });

  it('comes back from what we write, in colour and in grey', () => {
    fc.assert(
      fc.property(anyRaster(), (picture) => {
        assert.deepEqual(readPng(pngOf(picture)), picture);
        const grey = greyOf(picture);
        const read = readPng(pngOf(grey));
        assert.deepEqual(
          [...read.rgb].filter((_, n) => n % 3 === 0),
          [...grey.grey],
        );
      }),
    );
  });

  it('is no picture any more once a bit of it is another', () => {
    const file = plainPng(8, 8, [10, 20, 30, 255]);
    fc.assert(
      fc.property(fc.nat(file.length - 9), fc.nat(7), (at, bit) => {
        const broken = Buffer.from(file);
        broken[at + 8] = (broken[at + 8] ?? 0) ^ (1 << bit);
        assert.throws(() => readPng(broken), WrongPicture);
      }),
    );
  });

  it('shrinks into a box, keeps its proportions and its mean colour', () => {
    fc.assert(
      fc.property(anyRaster(), fc.integer({ min: 1, max: 6 }), (picture, side) => {
        const small = shrunk(picture, { width: side, height: side });
        assert.ok(small.width <= Math.max(side, 1) && small.height <= Math.max(side, 1));
        const range = (bytes: Uint8Array): [number, number] => [
          Math.min(...bytes),
          Math.max(...bytes),
        ];
        const [low, high] = range(picture.rgb);
        for (const one of small.rgb) assert.ok(one >= low && one <= high);
      }),
    );
    const halves = {
      width: 4,
      height: 1,
      rgb: Uint8Array.of(0, 0, 0, 100, 0, 0, 9, 9, 9, 9, 9, 9),
    };
    assert.deepEqual([...shrunk(halves, { width: 2, height: 9 }).rgb], [50, 0, 0, 9, 9, 9]);
  });
});

describe('a company’s logo', () => {
  it('is opaque on paper: in colour on sheets, in greys down to black on rolls', () => {
    const logo = givenLogo();

    assert.deepEqual([logo.type, logo.width, logo.height], ['image/png', 40, 40]);
    assert.deepEqual(
      [...readPng(Buffer.from(logo.onSheets.bytes)).rgb.subarray(0, 3)],
      [227, 147, 127],
    );
    assert.deepEqual([...readPng(Buffer.from(logo.onRolls.bytes)).rgb.subarray(0, 3)], [0, 0, 0]);
  });

  it('is made small enough for each receipt to carry it', () => {
    const logo = readLogo(plainPng(2_000, 400, [0, 0, 120, 255]));

    const { width, height } = readPng(Buffer.from(logo.onSheets.bytes));
    assert.deepEqual([logo.width, width, height], [2_000, 720, 144]);
  });

  it('may be a JPEG, which stays as it is', () => {
    const logo = readLogo(jpegFile());

    assert.deepEqual([logo.type, logo.width, logo.height], ['image/jpeg', 64, 24]);
    assert.deepEqual(Buffer.from(logo.onSheets.bytes), jpegFile());
    assert.ok(logo.onRolls.kind === 'jpeg' && logo.onRolls.byLightness);
  });

  it('of the demo company is small and can be read', () => {
    const file = readFileSync(join(import.meta.dirname, '../../../src/main/demo-logo.png'));

    const logo = readLogo(file);
    assert.deepEqual([logo.width, logo.height], [240, 240]);
    assert.ok(file.length < 32_000, `${file.length} bytes`);
  });

  const withByte = (file: Buffer, at: number, byte: number): Buffer => {
    const changed = Buffer.from(file);
    changed[at] = byte;
    return changed;
  };
  /** The frame header: bits a sample two bytes after the marker's length, channels seven. */
  const frame = jpegFile().indexOf(Buffer.from([0xff, 0xc0]));
  const wide = {
    ...{ width: 9, height: 1, bits: 8, colour: 0, filters: [] },
    rows: [new Uint8Array(9)],
  };
  for (const [what, file, sentence] of [
    ['nothing', Buffer.alloc(0), /^is empty: copy it again$/],
    ['a text', Buffer.from('<html>'), /^is no picture that is known: save it as PNG or JPEG$/],
    [
      'a drawing',
      Buffer.from('<?xml?><svg xmlns="…">'),
      /^is an SVG drawing, .*: save it as PNG or JPEG$/,
    ],
    ['too many bytes', Buffer.alloc(256 * 1_024 + 1), /^is larger than 256 KiB: save it smaller$/],
    [
      'too many dots',
      plainPng(2_001, 1, [0, 0, 0, 255]),
      /^is 2001 × 1 dots: .* longer than 2000$/,
    ],
    ['an end too early', plainPng(9, 9, [0, 0, 0, 255]).subarray(0, -6), /ends too early/],
    [
      'interlaced rows',
      pngFile({ ...wide, interlace: 1 }),
      /^is an interlaced PNG picture: save it/,
    ],
    ['rows missing', pngFile({ ...wide, height: 2 }), /^is a damaged PNG picture/],
    ['no palette', pngFile({ ...wide, colour: 3 }), /^is a damaged PNG picture/],
    [
      'a colour its palette lacks',
      pngFile({ ...wide, colour: 3, palette: new Uint8Array(0) }),
      /damaged/,
    ],
    ['a filter nobody knows', pngFile({ ...wide, filters: [5] }), /damaged/],
    ['a depth nobody knows', pngFile({ ...wide, bits: 3 }), /damaged/],
    [
      'white on nothing',
      plainPng(9, 9, [255, 255, 255, 255]),
      /^cannot be seen on white paper: give/,
    ],
    ['all see-through', plainPng(9, 9, [0, 0, 0, 0]), /^cannot be seen on white paper/],
    [
      'four inks',
      withByte(jpegFile(), frame + 9, 4),
      /^is a JPEG picture in CMYK: save it in RGB$/,
    ],
    ['twelve bits', withByte(jpegFile(), frame + 4, 12), /^is an unusual JPEG picture/],
    ['lossless', withByte(jpegFile(), frame + 1, 0xc3), /^is an unusual JPEG picture/],
    ['no size', withByte(withByte(jpegFile(), frame + 5, 0), frame + 6, 0), /^has no size/],
    ['half a JPEG', jpegFile().subarray(0, -30), /ends too early: copy it again$/],
    ['the head of a JPEG', jpegFile().subarray(0, 30), /ends too early: copy it again$/],
  ] as const) {
    it(`is refused in one sentence: ${what}`, () => {
      assert.throws(
        () => readLogo(file),
        (error: unknown) => error instanceof WrongPicture && sentence.test(error.message),
      );
    });
  }

  it('is taken or refused, whatever follows the beginning of a JPEG', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(300), (bytes, at) => {
        const file = jpegFile();
        file.set(
          bytes.subarray(0, Math.max(0, file.length - at - 2)),
          Math.min(at + 2, file.length),
        );
        try {
          const { width, height } = jpegFacts(file);
          assert.ok(width >= 1 && height >= 1);
        } catch (error) {
          assert.ok(error instanceof WrongPicture, String(error));
        }
      }),
    );
  });
});
