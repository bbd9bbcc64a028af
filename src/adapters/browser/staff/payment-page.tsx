import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { StaffPaymentJson } from '../../http/contract/staff-json.ts';
import { Problem } from '../api/problem.ts';
import { staffPaymentQuery } from '../api/staff-calls.ts';
import { useText } from '../i18n/text.ts';
import { Amount } from '../parts/amount.tsx';
import { Loading } from '../parts/loading.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { HeldForm } from './held-form.tsx';
import { JournalList } from './journal-list.tsx';
import { PaymentFacts } from './payment-facts.tsx';
import { RefundForm } from './refund-form.tsx';
import { RefundList } from './refund-list.tsx';
import { ReviewForm } from './review-form.tsx';
import { StaffSection } from './staff-table.tsx';
import { stateTexts } from './staff-words.ts';
import styles from './staff.module.css';
import { useMay } from './use-staff.ts';

/** While the provider is waited for, the page asks again. */
const watchMs = 3_000;
const moving: readonly StaffPaymentJson['state'][] = ['capturing', 'canceling', 'pending'];

/** One payment: its facts, its refunds, and what may be done with it. */
export function StaffPaymentPage(): ReactNode {
  const text = useText();
  const { id } = useParams({ from: '/staff/staff/payments/$id' });
  const query = useQuery({
    ...staffPaymentQuery(id),
    refetchInterval: ({ state: { data } }) => (data && isMoving(data) ? watchMs : false),
  });
  const retry = (): void => void query.refetch();
  const isAbsent = query.error instanceof Problem && query.error.status === 404;
  return (
    <div className={styles.page}>
      <PageHeading title={text('staff.payment')}>
        {text('staff.payment')}
        {query.data !== undefined && (
          <>
            {' · '}
            <Amount money={query.data.charge} />
            {' · '}
            {text(stateTexts[query.data.state])}
          </>
        )}
      </PageHeading>
      {isAbsent && <p>{text('staff.no-payment')}</p>}
      {query.isError && !isAbsent && <Trouble error={query.error} onRetry={retry} />}
      {query.isPending && <Loading lines={['medium', 'long', 'long']} onRetry={retry} />}
      {query.data !== undefined && <Parts payment={query.data} />}
    </div>
  );
}

const isMoving = ({ state, refunds }: StaffPaymentJson): boolean =>
  moving.includes(state) ||
  refunds.some((refund) => refund.state === 'sending' || refund.state === 'pending');

function Parts({ payment }: { readonly payment: StaffPaymentJson }): ReactNode {
  const text = useText();
  const may = useMay();
  const { can, state, sums } = payment;
  return (
    <>
      <StaffSection title={text('staff.facts')}>
        <PaymentFacts payment={payment} />
      </StaffSection>
      {state === 'review' && (
        <StaffSection title={text('staff.review')}>
          <ReviewForm payment={payment} />
        </StaffSection>
      )}
      {(can.capture || can.release) && may('capture-payment') && (
        <StaffSection title={text('staff.held-money')}>
          <HeldForm payment={payment} />
        </StaffSection>
      )}
      <div className={styles.columns}>
        {(sums !== undefined || payment.refunds.length > 0) && (
          <StaffSection title={text('staff.refunds')}>
            <RefundList payment={payment} />
          </StaffSection>
        )}
        {sums !== undefined && may('request-refund') && (
          <StaffSection title={text('staff.refund')}>
            <RefundForm payment={payment} left={sums.left} />
          </StaffSection>
        )}
      </div>
      <StaffSection title={text('staff.journal')}>
        <JournalList payment={payment} />
      </StaffSection>
    </>
  );
}
