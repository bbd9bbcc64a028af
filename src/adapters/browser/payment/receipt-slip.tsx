import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReceiptJson } from '../../http/contract/receipt-json.ts';
import { receiptPdfPath } from '../api/customer-calls.ts';
import { receiptQuery } from '../api/queries.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { useMoments } from '../i18n/use-moments.ts';
import { isEqual, isPositive } from '../money/money-sum.ts';
import { Amount } from '../parts/amount.tsx';
import { Button, buttonClass } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import styles from './receipt-slip.module.css';

/** The receipt as a till slip. Printing the page prints only this. */
export function ReceiptSlip({ paymentId }: { readonly paymentId: string }): ReactNode {
  const text = useText();
  const receipt = useQuery(receiptQuery(paymentId));
  const retry = (): void => void receipt.refetch();
  return (
    <section aria-labelledby="receipt" className={styles.place}>
      <div className={styles.bar}>
        <h2 id="receipt">{text('receipt.title')}</h2>
        <div className={styles.actions}>
          <Button
            onPress={() => {
              window.print();
            }}
          >
            <Icon name="print" />
            {text('receipt.print')}
          </Button>
          <a href={receiptPdfPath(paymentId)} className={buttonClass('plain')}>
            <Icon name="download" />
            {text('receipt.pdf')}
          </a>
        </div>
      </div>
      {receipt.isError && <Trouble error={receipt.error} onRetry={retry} />}
      {receipt.isPending && <Loading lines={['medium', 'hero', 'long', 'long']} onRetry={retry} />}
      {receipt.data !== undefined && <Slip receipt={receipt.data} />}
    </section>
  );
}

function Slip({ receipt }: { readonly receipt: ReceiptJson }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const moments = useMoments(receipt.timeZone);
  const { payee, payer } = receipt;
  return (
    <article className={styles.slip} aria-labelledby="receipt">
      <header>
        <p className={styles.payee}>{payee.name}</p>
        <p className={styles.small}>{text('receipt.tax-number', { number: payee.taxNumber })}</p>
        <p className={styles.small}>{payee.address}</p>
      </header>
      <p className={styles.number}>{text('receipt.number', { number: receipt.number })}</p>
      <p className={styles.sum}>
        <Amount money={receipt.amount} size="hero" />
      </p>
      <p className={styles.inWords}>{receipt.amountInWords[locale]}</p>
      <dl>
        <Line name={text('receipt.paid-at')}>{moments.full(receipt.paidAt)}</Line>
        <Line name={text('receipt.purpose')}>{receipt.purpose[locale]}</Line>
        <Line name={text('account.word')}>{receipt.accountNumber}</Line>
        <Line name={text('receipt.payer')}>
          {payer.name}, {text('receipt.contract', { contract: payer.contract })}
        </Line>
        {isPositive(receipt.fee) && (
          <Line name={text('pay.fee-word')}>
            <Amount money={receipt.fee} />
          </Line>
        )}
        {isEqual(receipt.total, receipt.amount) || (
          <Line name={text('receipt.debited')}>
            <Amount money={receipt.total} />
          </Line>
        )}
        <Line name={text('pay.method')}>{receipt.method[locale]}</Line>
        <Line name={text('receipt.provider-id')}>
          {receipt.provider} {receipt.providerPaymentId}
        </Line>
        <Line name={text('receipt.payment-id')}>{receipt.paymentId}</Line>
      </dl>
      <footer>
        <p className={styles.small}>{text('receipt.check')}</p>
        <p className={styles.code}>
          <Link to="/verify/$code" params={{ code: receipt.code }}>
            {receipt.code}
          </Link>
        </p>
        <p className={styles.address}>{receipt.verifyUrl}</p>
        <p className={styles.small}>{text('shell.support', { support: payee.support })}</p>
      </footer>
    </article>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.line}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
