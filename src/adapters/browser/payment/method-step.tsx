import { type FormEvent, type ReactNode, useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import type { MoneyJson } from '../../http/contract/money-json.ts';
import type { PaymentMethodJson } from '../../http/contract/payment-json.ts';
import { intlLocale } from '../i18n/locale.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { isPositive } from '../money/money-sum.ts';
import { moneyText } from '../money/money-text.ts';
import { Button } from '../parts/button.tsx';
import { Loading } from '../parts/loading.tsx';
import { methodChoices, type MethodChoice } from './method-choices.ts';
import styles from './pay.module.css';
import { StepTitle } from './step-title.tsx';

interface MethodStepProps {
  readonly methods: readonly PaymentMethodJson[];
  readonly sum: MoneyJson;
  /** The fees are those of this very sum. Until then there is nothing to choose, and nothing that moves under a finger. */
  readonly isPriced: boolean;
  /** The key of what was chosen before. */
  readonly before: string | undefined;
  readonly onChoice: (choice: MethodChoice) => void;
}

/** Ways to pay this sum, with fee, rate and speed said before the choice. */
export function MethodStep(props: MethodStepProps): ReactNode {
  const { methods, sum, isPriced, before, onChoice } = props;
  const text = useText();
  const choices = methodChoices(methods, sum);
  const [picked, setPicked] = useState(before);
  const open = choices.filter(({ method }) => method.available);
  const chosen = open.find(({ key }) => key === picked) ?? open[0];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen !== undefined && isPriced) onChoice(chosen);
  };
  return (
    <form className={styles.step} onSubmit={submit} aria-labelledby="method-title">
      <StepTitle id="method-title" takesFocus>
        {text('pay.method')}
      </StepTitle>
      {isPriced ? (
        <RadioGroup
          className={styles.methods ?? ''}
          aria-labelledby="method-title"
          value={chosen?.key ?? ''}
          onChange={setPicked}
        >
          {choices.map((choice) => (
            <MethodRow key={choice.key} choice={choice} />
          ))}
        </RadioGroup>
      ) : (
        <Loading lines={['medium', 'medium', 'medium']} />
      )}
      <div>
        <Button look="main" type="submit" isDisabled={!isPriced || chosen === undefined}>
          {text('pay.continue')}
        </Button>
      </div>
    </form>
  );
}

interface MethodRowProps {
  readonly choice: MethodChoice;
}

function MethodRow({ choice }: MethodRowProps): ReactNode {
  const locale = useLocale();
  const { key, method, saved } = choice;
  return (
    <Radio value={key} className={styles.method ?? ''} isDisabled={!method.available}>
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.methodText}>
        <span className={styles.methodTitle}>{saved?.title ?? method.title[locale]}</span>
        <span className={styles.caption}>
          <Terms choice={choice} />
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
function Terms({ choice: { method, saved } }: MethodRowProps): ReactNode {
  const text = useText();
  const locale = intlLocale[useLocale()];
  if (!method.available) return text('pay.unavailable');
  const speed =
    saved === undefined
      ? text(method.speed === 'at-once' ? 'pay.at-once' : 'pay.days')
      : text('pay.saved');
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
