import type { ReactNode } from 'react';
import type { ReceiptJson } from '../../http/contract/receipt-json.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { ReceiptQr } from './receipt-qr.tsx';
import styles from './receipt-slip.module.css';

/** The fiscal receipt of the same money, as the cash register told it. */
export function FiscalBlock({
  fiscal,
}: {
  readonly fiscal: NonNullable<ReceiptJson['fiscal']>;
}): ReactNode {
  const text = useText();
  const locale = useLocale();
  return (
    <section aria-labelledby="fiscal" className={styles.fiscal}>
      <h3 id="fiscal">{text('receipt.fiscal')}</h3>
      <dl>
        {fiscal.lines[locale].map(({ label, value }) => (
          <div key={label} className={styles.line}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ReceiptQr qr={fiscal.qr} label={text('receipt.fiscal-qr')} />
    </section>
  );
}
