import { useQuery } from '@tanstack/react-query';
import { useLocation, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReceiptCheckJson } from '../../http/contract/receipt-json.ts';
import { Problem } from '../api/problem.ts';
import { receiptCheckQuery } from '../api/receipt-calls.ts';
import { useText } from '../i18n/text.ts';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { Notice } from '../parts/notice.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { CheckedLines } from './checked-lines.tsx';
import { CheckFile } from './check-file.tsx';
import styles from './verify.module.css';

/** Anyone who holds a receipt may ask whether it is ours. A QR code brings its signature behind the `#`. */
export function VerifyPage(): ReactNode {
  const text = useText();
  const { code } = useParams({ from: '/public/verify/$code' });
  const seal = useLocation({ select: ({ hash }) => (hash === '' ? undefined : hash) });
  const check = useQuery(receiptCheckQuery(code, seal));
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
      {check.data !== undefined && (
        <>
          <Verdict seal={check.data.seal} />
          <CheckedLines receipt={check.data} />
        </>
      )}
      <CheckFile />
    </Sheet>
  );
}

function Verdict({ seal }: { readonly seal: ReceiptCheckJson['seal'] }): ReactNode {
  const text = useText();
  if (seal === 'altered') {
    return (
      <div role="alert">
        <Notice look="bad">
          <p>{text('verify.seal-altered')}</p>
        </Notice>
      </div>
    );
  }
  return (
    <p role="status" className={styles.genuine}>
      <Icon name="check" />
      {text(seal === 'valid' ? 'verify.seal-valid' : 'verify.genuine')}
    </p>
  );
}
