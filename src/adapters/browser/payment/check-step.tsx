import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, type RefObject, useState } from 'react';
import type { AccountJson } from '../../http/contract/account-json.ts';
import type { MoneyJson } from '../../http/contract/money-json.ts';
import type { PaymentMethodJson } from '../../http/contract/payment-json.ts';
import { type StartPayment, startPayment } from '../api/customer-calls.ts';
import { problemText } from '../api/problem-text.ts';
import { paymentQuery } from '../api/queries.ts';
import { intlLocale } from '../i18n/locale.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { sumByCurrency } from '../money/money-sum.ts';
import { moneyText } from '../money/money-text.ts';
import { Amount } from '../parts/amount.tsx';
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { Tick } from '../parts/tick.tsx';
import { useOnline } from '../shell/offline-banner.tsx';
import { announceDeparture } from './departures.ts';
import styles from './pay.module.css';
import type { SavedChoice } from './method-choices.ts';
import { keyFor, type PaymentKey } from './payment-key.ts';
import { StepTitle } from './step-title.tsx';

interface CheckStepProps {
  readonly account: AccountJson;
  readonly sum: MoneyJson;
  readonly method: PaymentMethodJson;
  /** The remembered one of this method that is charged, without the provider's page. */
  readonly saved: SavedChoice | undefined;
  /** Lives as long as the page: going back a step and forth again is still one wish to pay. */
  readonly paymentKey: RefObject<PaymentKey>;
}

/** Everything once more, and the button that says the sum. */
export function CheckStep(props: CheckStepProps): ReactNode {
  const { account, sum, method, saved, paymentKey } = props;
  const text = useText();
  const locale = useLocale();
  const isOnline = useOnline();
  const sending = useStart(paymentKey);
  const [isSaved, setSaved] = useState(false);
  const total = sumByCurrency([sum, method.fee])[0] ?? sum;
  const problem = sending.isError ? problemText(sending.error) : undefined;
  const isLeaving = sending.isPending || sending.isSuccess;
  const pay = (): void => {
    if (isLeaving) return;
    const request = { accountId: account.id, amount: sum, method: method.method };
    if (saved !== undefined) sending.mutate({ ...request, savedMethod: saved.id });
    else sending.mutate(isSaved ? { ...request, saves: true } : request);
  };
  return (
    <div className={styles.step}>
      <StepTitle id="check-title" takesFocus>
        {text('pay.check')}
      </StepTitle>
      <dl className={styles.check}>
        <div>
          <dt>{text('account.word')}</dt>
          <dd>
            {account.number}
            <span className={styles.caption}>{account.title}</span>
          </dd>
        </div>
        <div>
          <dt>{text('pay.sum')}</dt>
          <dd>
            <Amount money={sum} />
          </dd>
        </div>
        <div>
          <dt>{text('pay.fee-word')}</dt>
          <dd>
            <Amount money={method.fee} />
          </dd>
        </div>
        <div className={styles.total}>
          <dt>{text('pay.total')}</dt>
          <dd>
            <Amount money={total} />
          </dd>
        </div>
        {method.converted !== undefined && (
          <div>
            <dt>{text('pay.converted-word')}</dt>
            <dd>
              <Amount money={method.converted} />
              <span className={styles.caption}>{text('pay.frozen')}</span>
            </dd>
          </div>
        )}
      </dl>
      {method.canBeSaved && saved === undefined && (
        <Tick isSelected={isSaved} onChange={setSaved} caption={text('pay.save.consent')}>
          {text('pay.save')}
        </Tick>
      )}
      {problem !== undefined && (
        <div role="alert">
          <Notice look="bad">
            <p>{text(problem.id, problem.values)}</p>
            <p>{text('pay.not-started')}</p>
          </Notice>
        </div>
      )}
      <p className={styles.caption}>
        {saved === undefined ? text('pay.leaving') : text('pay.saved.note', { title: saved.title })}
      </p>
      {!isOnline && <Notice look="warn">{text('pay.offline')}</Notice>}
      <div className={styles.payLine}>
        <Button
          look="main"
          onPress={pay}
          isDisabled={!isOnline}
          busyText={isLeaving ? text('pay.starting') : undefined}
        >
          {text('pay.pay-sum', { sum: moneyText(total, intlLocale[locale]) })}
        </Button>
      </div>
    </div>
  );
}

/** Starts the payment, then shows its own page, which sends the payer on to the provider. */
function useStart(paymentKey: RefObject<PaymentKey>) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (request: StartPayment) => {
      paymentKey.current = keyFor(paymentKey.current, request, () => crypto.randomUUID());
      return startPayment(request, paymentKey.current.key);
    },
    onSuccess: async (payment, { savedMethod }) => {
      client.setQueryData(paymentQuery(payment.id).queryKey, payment);
      if (savedMethod === undefined) announceDeparture(payment.id);
      await navigate({ to: '/payments/$id', params: { id: payment.id }, replace: true });
    },
  });
}
