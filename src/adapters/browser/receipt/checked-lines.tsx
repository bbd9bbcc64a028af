import type { ReactNode } from 'react';
import type { ReceiptCheckJson } from '../../http/contract/receipt-json.ts';
import { useText } from '../i18n/text.ts';
import { useMoments } from '../i18n/use-moments.ts';
import { isEqual } from '../money/money-sum.ts';
import { Amount } from '../parts/amount.tsx';
import { Notice } from '../parts/notice.tsx';
import { kindTexts, warningTexts } from './receipt-words.ts';
import styles from './verify.module.css';

/** What anybody may see of a receipt, to compare it with the paper. */
export function CheckedLines({
  receipt,
}: {
  readonly receipt: Omit<ReceiptCheckJson, 'seal'>;
}): ReactNode {
  const text = useText();
  const moments = useMoments(receipt.timeZone);
  const { kind, status } = receipt;
  const warning = warningTexts[status];
  const line = (name: string, value: ReactNode) => (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
  return (
    <>
      {warning !== undefined && (
        <Notice look="warn">
          <p>{text(warning)}</p>
        </Notice>
      )}
      <p>
        <Amount money={kind === 'payment' ? receipt.amount : receipt.total} size="hero" />
      </p>
      <dl className={styles.lines}>
        {line(text('verify.what'), text(kindTexts[kind].title))}
        {line(text('verify.number'), receipt.number)}
        {line(text('verify.payee'), receipt.payee)}
        {line(text('account.word'), receipt.account)}
        {line(text(kindTexts[kind].at), moments.full(receipt.paidAt))}
        {isEqual(receipt.amount, receipt.total) ||
          line(text('receipt.debited'), <Amount money={receipt.total} />)}
        {line(text('verify.issued-at'), moments.full(receipt.issuedAt))}
        {receipt.refunds.map((refund, n) => (
          <div key={n}>
            <dt>{text('receipt.status-paid-back')}</dt>
            <dd>
              <Amount money={refund.amount} /> {moments.full(refund.at)}
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.muted}>{text('verify.compare')}</p>
    </>
  );
}
