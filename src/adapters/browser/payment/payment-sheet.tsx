import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PaymentJson } from '../../http/contract/payment-json.ts';
import { cancelPayment } from '../api/customer-calls.ts';
import { problemText } from '../api/problem-text.ts';
import { paymentQuery } from '../api/queries.ts';
import { intlLocale } from '../i18n/locale.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { useMoments } from '../i18n/use-moments.ts';
import { moneyText } from '../money/money-text.ts';
import { Amount } from '../parts/amount.tsx';
import { Announcer } from '../parts/announcer.tsx';
import { Button, buttonClass } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { type PaymentView, isSettled, paymentView } from './payment-view.ts';
import { leaveForProvider } from './provider-form.ts';
import styles from './result.module.css';
import { StateMark } from './state-mark.tsx';

interface PaymentSheetProps {
  readonly payment: PaymentJson;
  readonly checkedAt: number;
  readonly isLong: boolean;
  readonly isLeaving: boolean;
  /** The last question about this payment got no answer. */
  readonly hasNoAnswer: boolean;
}

/** The state as the server sees it: what happened, whether money was taken, what comes next. */
export function PaymentSheet(props: PaymentSheetProps): ReactNode {
  const { payment, isLeaving } = props;
  const text = useText();
  const locale = useLocale();
  const view = paymentView(payment);
  const isWaiting = !isSettled(payment);
  const heading = text(isLeaving && isWaiting ? 'payment.leaving' : view.heading);
  const sum = moneyText(payment.amount, intlLocale[locale]);
  return (
    <div className={styles.screenOnly}>
      <Sheet>
        <div className={styles.head}>
          <StateMark mark={view.mark} />
          <div>
            <PageHeading title={`${heading} — ${sum}`}>{heading}</PageHeading>
            <p>
              <Amount money={payment.amount} size="hero" />
            </p>
            <p className={styles.muted}>
              {text('account.word')} {payment.accountNumber}
            </p>
          </div>
        </div>
        <Words {...props} view={view} />
        <Ways payment={payment} view={view} />
        <p className={styles.small}>{text('payment.number', { id: payment.id })}</p>
        <Announcer text={`${heading}. ${text(view.money)}`} />
      </Sheet>
    </div>
  );
}

function Words(props: PaymentSheetProps & { readonly view: PaymentView }): ReactNode {
  const { payment, view, checkedAt, isLong, isLeaving, hasNoAnswer } = props;
  const text = useText();
  const moments = useMoments();
  const isWaiting = !isSettled(payment);
  return (
    <div className={styles.words}>
      {view.why !== undefined && <p>{text(view.why)}</p>}
      <p className={styles.strong}>{text(view.money)}</p>
      <p>{text(isLeaving && isWaiting ? 'payment.leaving.next' : view.next)}</p>
      {isWaiting && isLong && <Notice look="plain">{text('payment.long')}</Notice>}
      {isWaiting && hasNoAnswer && <Notice look="warn">{text('payment.no-answer')}</Notice>}
      {isWaiting && checkedAt > 0 && (
        <p className={styles.small}>
          {text('payment.checked', { time: moments.time(new Date(checkedAt).toISOString()) })}
        </p>
      )}
    </div>
  );
}

/** Takes the payment back, and shows what the server makes of it. */
function useCancel(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => cancelPayment(id),
    onSuccess: (payment) => {
      client.setQueryData(paymentQuery(id).queryKey, payment);
    },
    onError: () => client.invalidateQueries({ queryKey: paymentQuery(id).queryKey }),
  });
}

interface WaysProps {
  readonly payment: PaymentJson;
  readonly view: PaymentView;
}

function Ways({ payment, view }: WaysProps): ReactNode {
  const text = useText();
  const cancelling = useCancel(payment.id);
  const problem = cancelling.isError ? problemText(cancelling.error) : undefined;
  const { redirect } = payment;
  return (
    <div className={styles.ways}>
      {view.canContinue && redirect !== undefined && (
        <Button
          look="main"
          onPress={() => {
            leaveForProvider(redirect);
          }}
        >
          {text('payment.continue')}
        </Button>
      )}
      {view.canRetry && (
        <Link
          to="/pay"
          search={{ account: payment.accountId, sum: payment.amount.minor }}
          className={buttonClass('main')}
        >
          {text('payment.again')}
        </Link>
      )}
      {payment.canCancel && (
        <Button
          look="plain"
          onPress={() => {
            cancelling.mutate();
          }}
          busyText={cancelling.isPending ? text('payment.cancel.busy') : undefined}
        >
          {text('payment.cancel')}
        </Button>
      )}
      {problem !== undefined && (
        <div role="alert">
          <Notice look="bad">{text(problem.id, problem.values)}</Notice>
        </div>
      )}
      <Link
        to="/operations"
        search={{ account: payment.accountId }}
        className={buttonClass('plain')}
      >
        {text('shell.operations')}
      </Link>
    </div>
  );
}
