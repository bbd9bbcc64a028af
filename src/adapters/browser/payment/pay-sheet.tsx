import { useQuery } from '@tanstack/react-query';
import { type ReactNode, type RefObject, useState } from 'react';
import type { AccountJson } from '../../http/contract/account-json.ts';
import type { MoneyJson } from '../../http/contract/money-json.ts';
import { paymentMethodsQuery } from '../api/queries.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { Amount } from '../parts/amount.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { CheckStep } from './check-step.tsx';
import type { MethodChoice } from './method-choices.ts';
import { MethodStep } from './method-step.tsx';
import type { PaymentKey } from './payment-key.ts';
import { SettledStep } from './settled-step.tsx';
import { SumStep } from './sum-step.tsx';

interface PaySheetProps {
  readonly account: AccountJson;
  readonly accounts: readonly AccountJson[];
  readonly startSum: MoneyJson | undefined;
  readonly paymentKey: RefObject<PaymentKey>;
}

type Step = 'sum' | 'method' | 'check';

/** The three steps of one payment. What is settled stays above as a line that can be changed. */
export function PaySheet(props: PaySheetProps): ReactNode {
  const { account, accounts, startSum, paymentKey } = props;
  const text = useText();
  const locale = useLocale();
  const [step, setStep] = useState<Step>('sum');
  const [sum, setSum] = useState<MoneyJson>();
  const [chosen, setChosen] = useState<MethodChoice>();
  const methods = useQuery(paymentMethodsQuery(account.id));
  const list = methods.data?.items;
  const priced = useQuery({
    ...paymentMethodsQuery(account.id, sum?.minor),
    enabled: sum !== undefined,
  });
  const retry = (): void => void methods.refetch();

  if (methods.isError && list === undefined) {
    return <Trouble error={methods.error} onRetry={retry} />;
  }
  if (list === undefined) return <Loading lines={['short', 'hero', 'medium']} onRetry={retry} />;
  if (list.length === 0) {
    return (
      <Empty drawing="envelope">
        <p>{text('pay.no-methods')}</p>
      </Empty>
    );
  }
  return (
    <>
      {step === 'sum' || sum === undefined ? (
        <SumStep
          account={account}
          accounts={accounts}
          methods={list}
          start={sum ?? startSum}
          isReturning={sum !== undefined}
          onSum={(money) => {
            setSum(money);
            setStep('method');
          }}
        />
      ) : (
        <SettledStep
          title={text('pay.sum')}
          detail={`${account.title} · ${account.number}`}
          onChange={() => {
            setStep('sum');
          }}
        >
          <Amount money={sum} />
        </SettledStep>
      )}
      {step === 'method' && sum !== undefined && (
        <MethodStep
          methods={priced.data?.items ?? list}
          isPriced={priced.data !== undefined || priced.isError}
          sum={sum}
          before={chosen?.key}
          onChoice={(choice) => {
            setChosen(choice);
            setStep('check');
          }}
        />
      )}
      {step === 'check' && sum !== undefined && chosen !== undefined && (
        <>
          <SettledStep
            title={text('pay.method')}
            onChange={() => {
              setStep('method');
            }}
          >
            {chosen.saved?.title ?? chosen.method.title[locale]}
          </SettledStep>
          <CheckStep account={account} sum={sum} {...chosen} paymentKey={paymentKey} />
        </>
      )}
    </>
  );
}
