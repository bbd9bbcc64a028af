import { deflateSync } from 'node:zlib';
import { fileOf, uint32 } from './png-chunks.ts';
import type { GreyRaster, Raster } from './raster.ts';

/**
 * A picture as PNG of eight bits a channel, without transparency. The same dots give the same bytes; what a PDF needs
 * of it can be copied as it stands.
 */
export const pngOf = (picture: Raster | GreyRaster): Buffer =>
  'rgb' in picture ? written(picture, picture.rgb, 3) : written(picture, picture.grey, 1);

function written(
  { width, height }: { readonly width: number; readonly height: number },
  dots: Uint8Array,
  channels: 1 | 3,
): Buffer {
  const row = width * channels;
  const rows = Buffer.alloc((row + 1) * height);
  for (let y = 0; y < height; y += 1) {
    // Filter 1 keeps what differs from the dot on the left: even areas become rows of zeros.
    rows[y * (row + 1)] = 1;
    for (let x = 0; x < row; x += 1) {
      const left = x < channels ? 0 : (dots[y * row + x - channels] ?? 0);
      rows[y * (row + 1) + 1 + x] = (dots[y * row + x] ?? 0) - left;
    }
  }
  const colourType = channels === 1 ? 0 : 2;
  const head = [uint32(width), uint32(height), Buffer.from([8, colourType, 0, 0, 0])];
  return fileOf([
    { type: 'IHDR', data: Buffer.concat(head) },
    { type: 'IDAT', data: deflateSync(rows, { level: 9 }) },
  ]);
}
