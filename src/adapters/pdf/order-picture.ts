import { create } from 'qrcode';

type Canvas = PDFKit.PDFDocument;

/** Points: 0.53 mm, for readers that want half a millimetre a module. */
const moduleSize = 1.5;
const quietModules = 4;

/** A QR picture of bytes, ready to be drawn; its size includes the white around it. */
export interface OrderPicture {
  /** Points. */
  readonly size: number;
  draw(doc: Canvas, x: number, y: number): void;
}

/** The bytes as they are, in byte mode; level M is for paper. Modules are one path of squares: sharp at any size. */
export function orderPicture(bytes: Uint8Array): OrderPicture {
  const segments = [{ data: bytes, mode: 'byte' as const }];
  const { modules } = create(segments, { errorCorrectionLevel: 'M' });
  return {
    size: (modules.size + 2 * quietModules) * moduleSize,
    draw: (doc, x, y) => {
      const place = (n: number): number => (n + quietModules) * moduleSize;
      for (const [n, dark] of modules.data.entries()) {
        if (dark === 0) continue;
        const column = place(n % modules.size);
        const row = place(Math.floor(n / modules.size));
        doc.rect(x + column, y + row, moduleSize, moduleSize);
      }
      doc.fillColor('#000000').fill();
    },
  };
}
