import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { StaffPaymentRowJson } from '../../http/contract/staff-json.ts';
import {
  oddNotificationsQuery,
  staffPaymentsQuery,
  waitingRefundsQuery,
} from '../api/staff-calls.ts';
import { useText } from '../i18n/text.ts';
import { Amount } from '../parts/amount.tsx';
import { Button } from '../parts/button.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { stateTexts, whyText } from './staff-words.ts';
import { Queue } from './staff-table.tsx';
import styles from './staff.module.css';
import { useStaffMoments } from './use-staff.ts';

/** What waits for somebody: money that does not fit, second persons, held money, odd proofs. */
export function DeskPage(): ReactNode {
  const text = useText();
  return (
    <div className={styles.page}>
      <PageHeading title={text('staff.queues')}>{text('staff.queues')}</PageHeading>
      <PaymentQueue
        state="review"
        title={text('staff.to-review')}
        empty={text('staff.no-review')}
      />
      <RefundQueue />
      <PaymentQueue state="held" title={text('staff.held')} empty={text('staff.no-held')} />
      <OddQueue />
      <PaymentQueue
        state="succeeded"
        title={text('staff.latest-paid')}
        empty={text('staff.no-paid')}
      />
    </div>
  );
}

interface PaymentQueueProps {
  readonly state: string;
  readonly title: string;
  readonly empty: string;
}

function PaymentQueue({ state, title, empty }: PaymentQueueProps): ReactNode {
  const text = useText();
  const moments = useStaffMoments();
  const query = useInfiniteQuery(staffPaymentsQuery(state));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const cells = (payment: StaffPaymentRowJson): ReactNode[] => [
    <PaymentLink key="link" id={payment.id} name={payment.accountNumber} />,
    <Amount key="sum" money={payment.charge} />,
    payment.why === undefined ? text(stateTexts[payment.state]) : whyText(text, payment.why),
    moments.short(payment.createdAt),
    payment.provider,
  ];
  return (
    <Queue
      title={title}
      query={query}
      empty={empty}
      columns={[
        text('account.word'),
        text('history.sum'),
        text('staff.what'),
        text('staff.when'),
        text('staff.provider'),
      ]}
      sums={[1]}
      rows={items.map((payment) => ({ id: payment.id, cells: cells(payment) }))}
      more={
        query.hasNextPage && (
          <div>
            <Button onPress={() => void query.fetchNextPage()}>{text('staff.more')}</Button>
          </div>
        )
      }
    />
  );
}

export function PaymentLink(props: { readonly id: string; readonly name: string }): ReactNode {
  return (
    <Link to="/staff/payments/$id" params={{ id: props.id }} className={styles.link ?? ''}>
      {props.name}
    </Link>
  );
}

function RefundQueue(): ReactNode {
  const text = useText();
  const moments = useStaffMoments();
  const query = useQuery(waitingRefundsQuery);
  return (
    <Queue
      title={text('staff.waiting-refunds')}
      query={query}
      empty={text('staff.no-refunds')}
      columns={[
        text('staff.when'),
        text('history.sum'),
        text('staff.reason'),
        text('staff.asked-by'),
      ]}
      sums={[1]}
      rows={(query.data?.items ?? []).map((refund) => ({
        id: refund.id,
        cells: [
          <PaymentLink key="link" id={refund.paymentId} name={moments.short(refund.createdAt)} />,
          <Amount key="sum" money={refund.amount} />,
          refund.reason,
          refund.requestedBy?.name ?? '—',
        ],
      }))}
    />
  );
}

function OddQueue(): ReactNode {
  const text = useText();
  const moments = useStaffMoments();
  const query = useQuery(oddNotificationsQuery);
  return (
    <Queue
      title={text('staff.odd')}
      query={query}
      empty={text('staff.no-odd')}
      columns={[
        text('staff.when'),
        text('staff.provider'),
        text('staff.named'),
        text('staff.what'),
      ]}
      rows={(query.data?.items ?? []).map((one) => ({
        id: `${one.provider} ${one.eventKey}`,
        cells: [moments.short(one.receivedAt), one.provider, one.paymentId, whyText(text, one.why)],
      }))}
    />
  );
}
