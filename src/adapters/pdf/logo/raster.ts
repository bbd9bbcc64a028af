/** A picture as dots on white paper, row by row from above. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each dot. */
  readonly rgb: Uint8Array;
}

/** The same, each dot only as light as it is. */
export interface GreyRaster {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

/** Makes a picture no larger than the box, its sides in proportion: each new dot is the mean of those it stands for. */
export function shrunk(picture: Raster, box: Readonly<Record<'width' | 'height', number>>): Raster {
  const scale = Math.min(1, box.width / picture.width, box.height / picture.height);
  if (scale === 1) return picture;
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const rows = spanOf(y, height, picture.height);
    for (let x = 0; x < width; x += 1) {
      rgb.set(meanOf(picture, spanOf(x, width, picture.width), rows), (y * width + x) * 3);
    }
  }
  return { width, height, rgb };
}

type Span = readonly [from: number, to: number];

/** Which of the old dots a new one stands for, along one side. */
const spanOf = (n: number, of: number, old: number): Span => {
  const from = Math.floor((n * old) / of);
  return [from, Math.max(from + 1, Math.floor(((n + 1) * old) / of))];
};

function meanOf({ width, rgb }: Raster, [left, right]: Span, [top, bottom]: Span): number[] {
  const sums = [0, 0, 0];
  for (let y = top; y < bottom; y += 1) {
    for (let at = (y * width + left) * 3; at < (y * width + right) * 3; at += 1) {
      const channel = (at - (y * width + left) * 3) % 3;
      sums[channel] = (sums[channel] ?? 0) + (rgb[at] ?? 0);
    }
  }
  const count = (right - left) * (bottom - top);
  return sums.map((sum) => Math.round(sum / count));
}

/** How light each dot is to the eye (ITU-R BT.601). */
export function greyOf({ width, height, rgb }: Raster): GreyRaster {
  const grey = new Uint8Array(width * height);
  for (let n = 0; n < grey.length; n += 1) {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(n * 3, n * 3 + 3);
    grey[n] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return { width, height, grey };
}

/** The darkest dot: 0 is black, 255 white. */
export const darkest = ({ grey }: GreyRaster): number => grey.reduce((a, b) => Math.min(a, b), 255);

/** Stretches the greys until the darkest is black: a thermal head draws black well and light grey hardly at all. */
export function asBlackAsCanBe(picture: GreyRaster): GreyRaster {
  const floor = darkest(picture);
  if (floor === 255) return picture;
  const grey = picture.grey.map((one) => Math.round(((one - floor) * 255) / (255 - floor)));
  return { ...picture, grey };
}
