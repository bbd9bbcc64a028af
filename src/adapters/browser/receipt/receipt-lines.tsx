import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReceiptJson } from '../../http/contract/receipt-json.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { useMoments } from '../i18n/use-moments.ts';
import { isEqual, isPositive } from '../money/money-sum.ts';
import { Amount } from '../parts/amount.tsx';
import { kindTexts } from './receipt-words.ts';
import styles from './receipt-slip.module.css';

/** What was paid, by whom, how and where to; and what was paid back since. */
export function ReceiptLines({ receipt }: { readonly receipt: ReceiptJson }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const moments = useMoments(receipt.timeZone);
  const { payer, kind, fee } = receipt;
  return (
    <dl>
      <Line name={text(kindTexts[kind].at)}>{moments.full(receipt.paidAt)}</Line>
      <Line name={text('receipt.purpose')}>{receipt.purpose[locale]}</Line>
      <Line name={text('account.word')}>{receipt.accountNumber}</Line>
      <Line name={text(kindTexts[kind].payer)}>
        {payer.name}, {text('receipt.contract', { contract: payer.contract })}
      </Line>
      {fee !== undefined && (
        <Line name={text('pay.fee-word')}>
          {isPositive(fee) ? <Amount money={fee} /> : text('receipt.no-fee')}
        </Line>
      )}
      {isEqual(receipt.total, receipt.amount) || (
        <Line name={text(kind === 'payment' ? 'receipt.debited' : 'receipt.account-debited')}>
          <Amount money={kind === 'payment' ? receipt.total : receipt.amount} />
        </Line>
      )}
      <Line name={text('pay.method')}>
        {receipt.method[locale]}
        {receipt.instrument !== undefined && `, ${receipt.instrument.label}`}
      </Line>
      {receipt.instrument?.rrn !== undefined && (
        <Line name={text('receipt.rrn')}>{receipt.instrument.rrn}</Line>
      )}
      {receipt.instrument?.authCode !== undefined && (
        <Line name={text('receipt.auth-code')}>{receipt.instrument.authCode}</Line>
      )}
      <Line name={text('receipt.provider-id')}>
        {receipt.provider} {receipt.providerPaymentId}
      </Line>
      <Line name={text('receipt.payment-id')}>{receipt.paymentId}</Line>
      {receipt.refunds.map((refund) => (
        <Line key={refund.refundId} name={text('receipt.status-paid-back')}>
          <Amount money={refund.amount} /> {moments.full(refund.at)}{' '}
          <Link to="/refunds/$id" params={{ id: refund.refundId }}>
            {refund.number}
          </Link>
        </Line>
      ))}
    </dl>
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
