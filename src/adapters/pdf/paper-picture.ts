import type { PaperPicture } from '../../application/ports/stationery.ts';
import type { Document } from './archive-document.ts';

/** A place on the page in points, its corner at x and y. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
type Sides = Pick<Box, 'width' | 'height'>;

/** As large as the box allows, its sides in proportion. */
export function fitted(picture: Sides, box: Sides): Sides {
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

/** Draws a picture of dots into the box, which has its proportions. */
export function drawPicture(doc: Document, picture: PaperPicture, box: Box, size: Sides): void {
  const { x, y, width, height } = box;
  const source =
    picture.kind === 'jpeg' && picture.byLightness
      ? byLightness(picture.bytes, size)
      : Buffer.from(picture.bytes);
  // The package takes a picture that was opened already, too; its types do not know.
  doc.image(source as Buffer, x, y, { fit: [width, height] });
}

/** Lightness of the darkest and the lightest dot, beyond black and white: a thermal head prints no greys. */
const steep = [-60, 115] as const;

/**
 * A JPEG in colour that is shown in greys without being unpacked: its first channel is how light each dot is, which is
 * read as the lightness of CIE L*a*b*, and the other two, the colours, are read as nothing.
 */
function byLightness(bytes: Uint8Array, { width, height }: Sides) {
  const picture = {
    width,
    height,
    label: 'InGrey',
    obj: undefined as unknown,
    embed: (doc: Document): void => {
      const stream = doc.ref({
        Type: 'XObject',
        Subtype: 'Image',
        BitsPerComponent: 8,
        Width: width,
        Height: height,
        ColorSpace: ['Lab', { WhitePoint: [0.9642, 1, 0.8249], Range: [-128, 127, -128, 127] }],
        Decode: [...steep, 0, 0, 0, 0],
        Filter: 'DCTDecode',
        DecodeParms: { ColorTransform: 0 },
      });
      stream.end(Buffer.from(bytes));
      picture.obj = stream;
    },
  };
  return picture;
}
