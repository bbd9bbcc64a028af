import { type FormEvent, type ReactNode, useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import type { MoneyJson } from '../../http/contract/money-json.ts';
import type { PaymentMethodJson } from '../../http/contract/payment-json.ts';
import { intlLocale } from '../i18n/locale.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { isPositive } from '../money/money-sum.ts';
import { moneyText } from '../money/money-text.ts';
import { Button } from '../parts/button.tsx';
import styles from './pay.module.css';
import { StepTitle } from './step-title.tsx';
import { takes } from './sum-limits.ts';

interface MethodStepProps {
  readonly methods: readonly PaymentMethodJson[];
  readonly sum: MoneyJson;
  readonly before: string | undefined;
  readonly onMethod: (method: PaymentMethodJson) => void;
}

/** Ways to pay this sum, with fee and speed said before the choice. */
export function MethodStep({ methods, sum, before, onMethod }: MethodStepProps): ReactNode {
  const text = useText();
  const possible = methods.filter((method) => takes(method, sum));
  const [picked, setPicked] = useState(before);
  const chosen = possible.find(({ method }) => method === picked) ?? possible[0];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen !== undefined) onMethod(chosen);
  };
  return (
    <form className={styles.step} onSubmit={submit} aria-labelledby="method-title">
      <StepTitle id="method-title" takesFocus>
        {text('pay.method')}
      </StepTitle>
      <RadioGroup
        className={styles.methods ?? ''}
        aria-labelledby="method-title"
        value={chosen?.method ?? ''}
        onChange={setPicked}
      >
        {possible.map((method) => (
          <MethodRow key={method.method} method={method} />
        ))}
      </RadioGroup>
      <div>
        <Button look="main" type="submit">
          {text('pay.continue')}
        </Button>
      </div>
    </form>
  );
}

function MethodRow({ method }: { readonly method: PaymentMethodJson }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const fee = isPositive(method.fee)
    ? text('pay.fee', { fee: moneyText(method.fee, intlLocale[locale]) })
    : text('pay.no-fee');
  const speed = text(method.speed === 'at-once' ? 'pay.at-once' : 'pay.days');
  return (
    <Radio value={method.method} className={styles.method ?? ''}>
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.methodText}>
        <span className={styles.methodTitle}>{method.title[locale]}</span>
        <span className={styles.caption}>
          {fee} · {speed}
        </span>
      </span>
      {method.marks.length > 0 && (
        <span className={styles.marks}>
          {method.marks.map((mark) => (
            <span key={mark} className={styles.mark}>
              {wordmark(mark)}
            </span>
          ))}
        </span>
      )}
    </Radio>
  );
}

const wordmarks: Readonly<Record<string, string>> = {
  visa: 'VISA',
  mastercard: 'Mastercard',
  mir: 'МИР',
  maestro: 'Maestro',
  unionpay: 'UnionPay',
  qiwi: 'QIWI',
  webmoney: 'WebMoney',
  yoomoney: 'ЮMoney',
  sbp: 'СБП',
};

// Plain words in our own ink; an unknown mark is written as it came.
function wordmark(mark: string): string {
  return wordmarks[mark] ?? mark;
}
