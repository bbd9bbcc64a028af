import type { CompanyLogo } from '../../../application/ports/stationery.ts';
import { isJpeg, jpegFacts } from './jpeg-facts.ts';
import { isPng } from './png-chunks.ts';
import { readPng } from './png-reader.ts';
import { pngOf } from './png-writer.ts';
import { asBlackAsCanBe, darkest, greyOf, shrunk } from './raster.ts';
import { WrongPicture } from './wrong-picture.ts';

/** Bytes: every receipt carries it. */
export const largestLogo = 256 * 1_024;
/** Dots: nearly 300 an inch where it is drawn largest. */
const onPaper = { width: 720, height: 240 } as const;
/** Of 255: what is lighter cannot be told from the paper. */
const lightestInk = 200;

/**
 * Makes a PNG or JPEG picture ready for pages and papers. On paper it is opaque: what is see-through lies on white, so
 * no document needs a mask. Throws WrongPicture for the first thing that is wrong.
 */
export function readLogo(file: Buffer): CompanyLogo {
  if (file.length > largestLogo) {
    throw new WrongPicture('is larger than 256 KiB: save it smaller');
  }
  if (file.length === 0) throw new WrongPicture('is empty: copy it again');
  if (isPng(file)) return fromPng(file);
  if (isJpeg(file)) return fromJpeg(file);
  const isSvg = /<svg[\s>]/.test(file.toString('latin1', 0, 4_096));
  const kind = isSvg ? 'an SVG drawing, which papers cannot hold' : 'no picture that is known';
  throw new WrongPicture(`is ${kind}: save it as PNG or JPEG`);
}

function fromPng(file: Buffer): CompanyLogo {
  const picture = readPng(file);
  const small = shrunk(picture, onPaper);
  const grey = greyOf(small);
  if (darkest(grey) > lightestInk) {
    throw new WrongPicture('cannot be seen on white paper: give the form for a light background');
  }
  return {
    file: new Uint8Array(file),
    type: 'image/png',
    width: picture.width,
    height: picture.height,
    onSheets: { kind: 'png', bytes: new Uint8Array(pngOf(small)) },
    onRolls: { kind: 'png', bytes: new Uint8Array(pngOf(asBlackAsCanBe(grey))) },
  };
}

function fromJpeg(file: Buffer): CompanyLogo {
  const { width, height, isGrey } = jpegFacts(file);
  const bytes = new Uint8Array(file);
  return {
    file: bytes,
    type: 'image/jpeg',
    width,
    height,
    onSheets: { kind: 'jpeg', bytes, byLightness: false },
    onRolls: { kind: 'jpeg', bytes, byLightness: !isGrey },
  };
}
