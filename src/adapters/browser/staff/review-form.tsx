import type { ReactNode } from 'react';
import type { ReviewEndJson, StaffPaymentJson } from '../../http/contract/staff-json.ts';
import { resolveReview } from '../api/staff-calls.ts';
import { useText } from '../i18n/text.ts';
import { Amount } from '../parts/amount.tsx';
import { ActButton, ActMistake } from './act-button.tsx';
import { reviewTexts, whyText } from './staff-words.ts';
import styles from './staff.module.css';
import { useAct } from './use-act.ts';
import { useMay, useStaffMe } from './use-staff.ts';

const ends: readonly ReviewEndJson[] = ['succeeded', 'failed', 'canceled'];

/** Money that does not fit: who proposed what, and how it may end. */
export function ReviewForm({ payment }: { readonly payment: StaffPaymentJson }): ReactNode {
  const text = useText();
  const may = useMay();
  const { review, captured } = payment;
  const proposal = review?.proposal;
  return (
    <>
      <p>{whyText(text, payment.why ?? '')}</p>
      <p>
        {text('staff.review.said')}{' '}
        {captured === undefined ? text('staff.review.no-sum') : <Amount money={captured} />}
      </p>
      <p className={styles.line}>
        <span>
          {text('staff.review.first')}: {proposal?.by.name ?? '—'}
          {proposal !== undefined && `, «${text(reviewTexts[proposal.as])}»`}
        </span>
        <span>
          {text('staff.review.second')}:{' '}
          {review?.takesTwo === true
            ? text('staff.review.awaited')
            : text('staff.review.not-needed')}
        </span>
      </p>
      {may('resolve-review') && (
        <div className={styles.buttons}>
          {ends.map((as) => (
            <EndButton key={as} as={as} payment={payment} />
          ))}
        </div>
      )}
    </>
  );
}

interface EndButtonProps {
  readonly as: ReviewEndJson;
  readonly payment: StaffPaymentJson;
}

function EndButton({ as, payment }: EndButtonProps): ReactNode {
  const text = useText();
  const me = useStaffMe();
  const act = useAct(() => resolveReview(payment.id, as));
  const proposal = payment.review?.proposal;
  const isOwn = proposal?.as === as && proposal.by.id === me?.staffId;
  const isCreditable = payment.captured?.currency === payment.amount.currency;
  const isDisabled = isOwn || (as === 'succeeded' && !isCreditable);
  return (
    <div>
      <ActButton act={act} isDisabled={isDisabled}>
        {text(reviewTexts[as])}
      </ActButton>
      <ActMistake act={act} />
    </div>
  );
}
