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
  /** The fees are those of this very sum. Until then nobody chooses. */
  readonly isPriced: boolean;
  readonly before: string | undefined;
  readonly onMethod: (method: PaymentMethodJson) => void;
}

/** Ways to pay this sum, with fee, rate and speed said before the choice. */
export function MethodStep(props: MethodStepProps): ReactNode {
  const { methods, sum, isPriced, before, onMethod } = props;
  const text = useText();
  const possible = methods.filter((method) => takes(method, sum));
  const [picked, setPicked] = useState(before);
  const open = possible.filter(({ available }) => available);
  const chosen = open.find(({ method }) => method === picked) ?? open[0];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen !== undefined && isPriced) onMethod(chosen);
  };
  return (
    <form className={styles.step} onSubmit={submit} aria-labelledby="method-title">
      <StepTitle id="method-title" takesFocus>
        {text('pay.method')}
      </StepTitle>
      <RadioGroup
        className={styles.methods ?? ''}
        aria-labelledby="method-title"
        aria-busy={!isPriced}
        value={chosen?.method ?? ''}
        onChange={setPicked}
      >
        {possible.map((method) => (
          <MethodRow key={method.method} method={method} isPriced={isPriced} />
        ))}
      </RadioGroup>
      <div>
        <Button look="main" type="submit" isDisabled={!isPriced || chosen === undefined}>
          {text('pay.continue')}
        </Button>
      </div>
    </form>
  );
}

interface MethodRowProps {
  readonly method: PaymentMethodJson;
  readonly isPriced: boolean;
}

function MethodRow({ method, isPriced }: MethodRowProps): ReactNode {
  const locale = useLocale();
  return (
    <Radio value={method.method} className={styles.method ?? ''} isDisabled={!method.available}>
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.methodText}>
        <span className={styles.methodTitle}>{method.title[locale]}</span>
        <span className={styles.caption}>
          <Terms method={method} isPriced={isPriced} />
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

/** What a method costs and how fast it is, or why it cannot be chosen now. */
function Terms({ method, isPriced }: MethodRowProps): ReactNode {
  const text = useText();
  const locale = intlLocale[useLocale()];
  if (!method.available) return text('pay.unavailable');
  const speed = text(method.speed === 'at-once' ? 'pay.at-once' : 'pay.days');
  if (!isPriced) return speed;
  const fee = isPositive(method.fee)
    ? text('pay.fee', { fee: moneyText(method.fee, locale) })
    : text('pay.no-fee');
  const converted =
    method.converted === undefined
      ? []
      : [text('pay.converted', { sum: moneyText(method.converted, locale) })];
  return [fee, ...converted, speed].join(' · ');
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
  sberpay: 'SberPay',
  tpay: 'T-Pay',
};

// Plain words in our own ink; an unknown mark is written as it came.
function wordmark(mark: string): string {
  return wordmarks[mark] ?? mark;
}
