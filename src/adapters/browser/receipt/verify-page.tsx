import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReceiptCheckJson } from '../../http/contract/receipt-json.ts';
import { Problem } from '../api/problem.ts';
import { receiptCheckQuery } from '../api/queries.ts';
import { useText } from '../i18n/text.ts';
import { useMoments } from '../i18n/use-moments.ts';
import { Amount } from '../parts/amount.tsx';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { Notice } from '../parts/notice.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { Trouble } from '../parts/trouble.tsx';
import styles from './verify.module.css';

/** Anyone who holds a receipt may ask whether it is ours. */
export function VerifyPage(): ReactNode {
  const text = useText();
  const { code } = useParams({ from: '/public/verify/$code' });
  const check = useQuery(receiptCheckQuery(code));
  const retry = (): void => void check.refetch();
  const isUnknown = check.error instanceof Problem && check.error.status === 404;
  return (
    <Sheet>
      <PageHeading title={text('verify.title')}>{text('verify.title')}</PageHeading>
      <p className={styles.code}>{code}</p>
      {check.isPending && <Loading lines={['medium', 'long', 'long']} onRetry={retry} />}
      {isUnknown && (
        <div role="alert">
          <Notice look="bad">
            <p>{text('verify.unknown')}</p>
          </Notice>
        </div>
      )}
      {check.isError && !isUnknown && <Trouble error={check.error} onRetry={retry} />}
      {check.data !== undefined && <Found receipt={check.data} />}
    </Sheet>
  );
}

function Found({ receipt }: { readonly receipt: ReceiptCheckJson }): ReactNode {
  const text = useText();
  const moments = useMoments();
  return (
    <>
      <p role="status" className={styles.genuine}>
        <Icon name="check" />
        {text('verify.genuine')}
      </p>
      <p>
        <Amount money={receipt.amount} size="hero" />
      </p>
      <dl className={styles.lines}>
        <div>
          <dt>{text('verify.number')}</dt>
          <dd>{receipt.number}</dd>
        </div>
        <div>
          <dt>{text('verify.payee')}</dt>
          <dd>{receipt.payee}</dd>
        </div>
        <div>
          <dt>{text('account.word')}</dt>
          <dd>{receipt.account}</dd>
        </div>
        <div>
          <dt>{text('receipt.paid-at')}</dt>
          <dd>{moments.full(receipt.paidAt)}</dd>
        </div>
        <div>
          <dt>{text('verify.issued-at')}</dt>
          <dd>{moments.full(receipt.issuedAt)}</dd>
        </div>
      </dl>
      <p className={styles.muted}>{text('verify.compare')}</p>
    </>
  );
}
