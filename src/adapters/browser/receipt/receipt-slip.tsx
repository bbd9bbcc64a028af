import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReceiptJson } from '../../http/contract/receipt-json.ts';
import {
  receiptFilePath,
  receiptPdfPath,
  receiptQuery,
  type ReceiptOf,
} from '../api/receipt-calls.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { useMoments } from '../i18n/use-moments.ts';
import { Amount } from '../parts/amount.tsx';
import { Button, buttonClass } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { CompanyMark } from '../shell/company-mark.tsx';
import { FiscalBlock } from './fiscal-block.tsx';
import { ReceiptLines } from './receipt-lines.tsx';
import { ReceiptQr } from './receipt-qr.tsx';
import { kindTexts, statusTexts, warningTexts } from './receipt-words.ts';
import styles from './receipt-slip.module.css';

/** The receipt as a till slip. Printing the page prints only this. */
export function ReceiptSlip({ of }: { readonly of: ReceiptOf }): ReactNode {
  const text = useText();
  const receipt = useQuery(receiptQuery(of));
  const retry = (): void => void receipt.refetch();
  const print = (): void => {
    window.print();
  };
  return (
    <section aria-labelledby="receipt" className={styles.place}>
      <div className={styles.bar}>
        <h2 id="receipt">{text(kindTexts[of.kind].title)}</h2>
        <div className={styles.actions}>
          <Button onPress={print}>
            <Icon name="print" />
            {text('receipt.print')}
          </Button>
          <a href={receiptPdfPath(of)} className={buttonClass('plain')}>
            <Icon name="download" />
            {text('receipt.pdf')}
          </a>
          <a href={receiptPdfPath(of, 'roll')} className={buttonClass('plain')}>
            <Icon name="download" />
            {text('receipt.pdf-roll')}
          </a>
        </div>
      </div>
      {receipt.isError && <Trouble error={receipt.error} onRetry={retry} />}
      {receipt.isPending && <Loading lines={['medium', 'hero', 'long', 'long']} onRetry={retry} />}
      {receipt.data !== undefined && <Slip receipt={receipt.data} />}
      <p className={styles.file}>
        <a href={receiptFilePath(of)}>{text('receipt.file')}</a>
      </p>
    </section>
  );
}

function Slip({ receipt }: { readonly receipt: ReceiptJson }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const moments = useMoments(receipt.timeZone);
  const { payee } = receipt;
  const isTurned = warningTexts[receipt.status] !== undefined;
  return (
    <article className={styles.slip} aria-labelledby="receipt">
      <header>
        <CompanyMark logo={payee.logo} place="slip" />
        <p className={styles.payee}>{payee.name}</p>
        <p className={styles.small}>{text('receipt.tax-number', { number: payee.taxNumber })}</p>
        <p className={styles.small}>{payee.address}</p>
      </header>
      <p className={styles.number}>{text('receipt.number', { number: receipt.number })}</p>
      <p className={styles.small}>{moments.full(receipt.issuedAt)}</p>
      <p className={isTurned ? styles.turned : styles.status}>
        {text(statusTexts[receipt.status])}
      </p>
      <p className={styles.sum}>
        <Amount money={receipt.kind === 'payment' ? receipt.amount : receipt.total} size="hero" />
      </p>
      <p className={styles.inWords}>{receipt.amountInWords[locale]}</p>
      <ReceiptLines receipt={receipt} />
      {receipt.fiscal !== undefined && <FiscalBlock fiscal={receipt.fiscal} />}
      <footer>
        <p className={styles.small}>{text('receipt.check')}</p>
        <ReceiptQr qr={receipt.qr} label={text('receipt.qr')} />
        <p className={styles.code}>
          <Link to="/verify/$code" params={{ code: receipt.code }}>
            {receipt.code}
          </Link>
        </p>
        <p className={styles.address}>{receipt.verifyUrl}</p>
        <p className={styles.small}>{text('shell.support', { support: payee.support })}</p>
        <p className={styles.small}>{text('receipt.not-fiscal')}</p>
        {receipt.note?.[locale] !== undefined && (
          <p className={styles.note}>{receipt.note[locale]}</p>
        )}
      </footer>
    </article>
  );
}
