import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { ReceiptSlip } from './receipt-slip.tsx';

/** Money that was paid back, with its receipt. */
export function RefundPage(): ReactNode {
  const text = useText();
  const { id } = useParams({ from: '/customer/refunds/$id' });
  return (
    <>
      <PageHeading title={text('receipt.title-refund')}>{text('receipt.refund-page')}</PageHeading>
      <ReceiptSlip of={{ kind: 'refund', id }} />
    </>
  );
}
