import type { ReactNode } from 'react';
import type { ReceiptJson } from '../../http/contract/receipt-json.ts';
import { useText } from '../i18n/text.ts';
import styles from './receipt-slip.module.css';

/** Squares that must stay white around a QR code (ISO/IEC 18004). */
const quiet = 4;

/** The link to the public check, for a camera: black on white in any theme. */
export function ReceiptQr({ qr }: { readonly qr: ReceiptJson['qr'] }): ReactNode {
  const text = useText();
  const side = qr.size + 2 * quiet;
  return (
    <svg
      role="img"
      aria-label={text('receipt.qr')}
      className={styles.qr}
      viewBox={`${-quiet} ${-quiet} ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <rect x={-quiet} y={-quiet} width={side} height={side} fill="#fff" />
      <path d={qr.path} fill="#000" />
    </svg>
  );
}
