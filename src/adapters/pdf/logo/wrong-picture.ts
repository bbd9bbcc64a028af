/** Why a file is no picture we can use: the end of a sentence that begins with the file's name. */
export class WrongPicture extends Error {
  override readonly name = 'WrongPicture';
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The longest side a logo may have, in dots: more is a poster, and opening it would cost the memory of one. */
export const longestSide = 2_000;

/** Looked at before anything is unpacked: a few bytes may promise any number of dots. */
export function checkSize({ width, height }: Size): void {
  if (width < 1 || height < 1) throw new WrongPicture('has no size: save it anew');
  if (width <= longestSide && height <= longestSide) return;
  const most = longestSide.toLocaleString('en').replace(',', '');
  throw new WrongPicture(
    `is ${String(width)} × ${String(height)} dots: save it with no side longer than ${most}`,
  );
}
