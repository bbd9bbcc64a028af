import { useParams } from '@tanstack/react-router';
import { type ReactNode, useCallback, useState } from 'react';
import { Problem } from '../api/problem.ts';
import { useText } from '../i18n/text.ts';
import { Loading } from '../parts/loading.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Column, Sheet } from '../parts/sheet.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { NotFound } from '../shell/lost-pages.tsx';
import { isDeparting } from './departures.ts';
import { PaymentSheet } from './payment-sheet.tsx';
import { ReceiptSlip } from '../receipt/receipt-slip.tsx';
import { useDeparture } from './use-departure.ts';
import { useWatchedPayment } from './use-watched-payment.ts';

/** What has become of a payment; this address shows it for ever, on any device of its owner. */
export function ResultPage(): ReactNode {
  const { id } = useParams({ from: '/customer/payments/$id' });
  return <Result key={id} id={id} />;
}

function Result({ id }: { readonly id: string }): ReactNode {
  const text = useText();
  const [isLeaving, setLeaving] = useState(() => isDeparting(id));
  const stay = useCallback(() => {
    setLeaving(false);
  }, []);
  const { payment, checkedAt, isLong, query } = useWatchedPayment(id, isLeaving);
  useDeparture(payment, isLeaving, stay);
  const retry = (): void => void query.refetch();

  if (query.error instanceof Problem && query.error.status === 404) return <NotFound />;
  if (payment === undefined) {
    return (
      <Column>
        <PageHeading title={text('payment.title')}>{text('payment.title')}</PageHeading>
        {query.isError ? (
          <Trouble error={query.error} onRetry={retry} />
        ) : (
          <Sheet>
            <Loading lines={['short', 'hero', 'medium']} onRetry={retry} />
          </Sheet>
        )}
      </Column>
    );
  }
  return (
    <Column>
      <PaymentSheet
        payment={payment}
        checkedAt={checkedAt}
        isLong={isLong}
        isLeaving={isLeaving}
        hasNoAnswer={query.isError || query.isRefetchError}
      />
      {payment.state === 'succeeded' && payment.receipt !== undefined && (
        <ReceiptSlip of={{ kind: 'payment', id: payment.id }} />
      )}
    </Column>
  );
}
