import type { ReactNode } from 'react';
import type { ReceiptJson } from '../../http/contract/receipt-json.ts';
import styles from './receipt-slip.module.css';

/** Squares that must stay white around a QR code (ISO/IEC 18004). */
const quiet = 4;

/** A QR code for a camera: black on white in any theme. */
export function ReceiptQr({
  qr,
  label,
}: {
  readonly qr: ReceiptJson['qr'];
  readonly label: string;
}): ReactNode {
  const side = qr.size + 2 * quiet;
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.qr}
      viewBox={`${-quiet} ${-quiet} ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <rect x={-quiet} y={-quiet} width={side} height={side} fill="#fff" />
      <path d={qr.path} fill="#000" />
    </svg>
  );
}
