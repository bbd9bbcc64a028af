import { checkSize, WrongPicture, type Size } from './wrong-picture.ts';

export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;

export interface JpegFacts extends Size {
  readonly isGrey: boolean;
}

/**
 * Looks a JPEG picture over (ITU-T T.81), without unpacking it: a reader of PDF does that. Throws WrongPicture for the
 * first thing wrong, also for one in the four inks of printers, which no document with the colours of a screen may hold.
 */
export function jpegFacts(file: Buffer): JpegFacts {
  let facts: JpegFacts | undefined;
  let at = 2;
  while (at + 4 <= file.length && file[at] === 0xff) {
    const marker = file[at + 1] ?? 0;
    // Any number of fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + file.readUInt16BE(at + 2);
    if (isFrame(marker)) facts = factsOf(marker, file.subarray(at + 4, end));
    if (marker === 0xda) {
      const ends = file.includes(Buffer.from([0xff, 0xd9]), end);
      if (facts === undefined || !ends) break;
      return facts;
    }
    at = end;
  }
  throw new WrongPicture('is a JPEG picture that is damaged or ends too early: copy it again');
}

/** Frame headers; the three others of their row are tables and reserved. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function factsOf(marker: number, frame: Buffer): JpegFacts {
  const [bits, , , , , channels] = frame;
  const isUsual = marker <= 0xc2 && bits === 8 && frame.length >= 6;
  if (!isUsual)
    throw new WrongPicture('is an unusual JPEG picture: save it as the usual one, or PNG');
  if (channels !== 1 && channels !== 3) {
    throw new WrongPicture('is a JPEG picture in CMYK: save it in RGB');
  }
  const size = { height: frame.readUInt16BE(1), width: frame.readUInt16BE(3) };
  checkSize(size);
  return { ...size, isGrey: channels === 1 };
}
