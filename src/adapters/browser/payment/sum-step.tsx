import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { AccountJson } from '../../http/contract/account-json.ts';
import type { MoneyJson } from '../../http/contract/money-json.ts';
import type { PaymentMethodJson } from '../../http/contract/payment-json.ts';
import { intlLocale } from '../i18n/locale.ts';
import { type Text, useLocale, useText } from '../i18n/text.ts';
import { currencyExponent } from '../money/currency-exponent.ts';
import { moneyInputText, readMoney } from '../money/money-input.ts';
import { compareMoney, isPositive, roundedUp } from '../money/money-sum.ts';
import { moneyParts, moneyText } from '../money/money-text.ts';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/choice.tsx';
import { Field } from '../parts/field.tsx';
import { Mistakes } from '../parts/mistakes.tsx';
import styles from './pay.module.css';
import { StepTitle } from './step-title.tsx';
import { type SumLimits, sumLimits } from './sum-limits.ts';

interface SumStepProps {
  readonly account: AccountJson;
  readonly accounts: readonly AccountJson[];
  readonly methods: readonly PaymentMethodJson[];
  /** The sum to begin with; without it, what is due. */
  readonly start: MoneyJson | undefined;
  /** The payer came back to change a sum already settled. */
  readonly isReturning: boolean;
  readonly onSum: (money: MoneyJson) => void;
}

/** How much, and for which account. Both decimal marks are understood; limits are told first. */
export function SumStep(props: SumStepProps): ReactNode {
  const { account, accounts, methods, isReturning, onSum } = props;
  const text = useText();
  const locale = useLocale();
  const navigate = useNavigate();
  const { due } = account;
  const start = props.start ?? (isPositive(due) ? due : undefined);
  const [typed, setTyped] = useState(start === undefined ? '' : moneyInputText(start, locale));
  const [mistake, setMistake] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const limits = sumLimits(methods, due.currency);
  const write = (money: MoneyJson): string => moneyText(money, intlLocale[locale]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const answer = checkedSum(typed, due.currency, limits, text, write);
    setAttempt((count) => count + 1);
    setMistake(answer.mistake);
    if (answer.sum !== undefined) onSum(answer.sum);
  };
  return (
    <form className={styles.step} noValidate onSubmit={submit} aria-labelledby="sum-title">
      <StepTitle id="sum-title" takesFocus={isReturning}>
        {text('pay.sum')}
      </StepTitle>
      <Mistakes
        mistakes={mistake === undefined ? [] : [{ field: 'sum', text: mistake }]}
        attempt={attempt}
      />
      {accounts.length > 1 ? (
        <Choice
          label={text('account.word')}
          value={account.id}
          options={accounts.map((each) => ({
            value: each.id,
            title: `${each.title} · ${each.number}`,
          }))}
          onChange={(id) => void navigate({ to: '/pay', search: { account: id }, replace: true })}
        />
      ) : (
        <p className={styles.caption}>
          {account.title} · {account.number}
        </p>
      )}
      <Field
        label={text('pay.how-much')}
        name="sum"
        value={typed}
        onChange={setTyped}
        look="sum"
        inputMode="decimal"
        autoComplete="transaction-amount"
        suffix={currencySign(due, intlLocale[locale])}
        hint={limits && text('pay.limits', { min: write(limits.min), max: write(limits.max) })}
        error={mistake}
        maxLength={30}
      />
      <SumChips
        due={due}
        onSum={(money) => {
          setTyped(moneyInputText(money, locale));
        }}
      />
      <div>
        <Button look="main" type="submit">
          {text('pay.continue')}
        </Button>
      </div>
    </form>
  );
}

interface SumChipsProps {
  readonly due: MoneyJson;
  readonly onSum: (money: MoneyJson) => void;
}

function SumChips({ due, onSum }: SumChipsProps): ReactNode {
  const text = useText();
  const locale = useLocale();
  if (!isPositive(due)) return null;
  const rounded = roundedUp(due, 100n, currencyExponent(due.currency));
  const sum = (money: MoneyJson): string => moneyText(money, intlLocale[locale]);
  return (
    <div className={styles.chips}>
      <Button
        onPress={() => {
          onSum(due);
        }}
      >
        {text('pay.all-due', { sum: sum(due) })}
      </Button>
      {compareMoney(rounded, due) > 0 && (
        <Button
          onPress={() => {
            onSum(rounded);
          }}
        >
          {text('pay.rounded', { sum: sum(rounded) })}
        </Button>
      )}
    </div>
  );
}

interface CheckedSum {
  readonly sum?: MoneyJson;
  readonly mistake: string | undefined;
}

function checkedSum(
  typed: string,
  currency: string,
  limits: SumLimits | undefined,
  text: Text,
  write: (money: MoneyJson) => string,
): CheckedSum {
  const read = readMoney(typed, currency);
  if (read.kind === 'empty') return { mistake: text('pay.sum.missing') };
  if (read.kind === 'unreadable') return { mistake: text('pay.sum.unreadable') };
  if (read.kind === 'too-precise') {
    return { mistake: text('pay.sum.too-precise', { decimals: read.decimals }) };
  }
  const { money } = read;
  if (!isPositive(money)) return { mistake: text('problem.amount-not-positive') };
  if (limits !== undefined && compareMoney(money, limits.min) < 0) {
    return { mistake: text('pay.sum.too-small', { min: write(limits.min) }) };
  }
  if (limits !== undefined && compareMoney(money, limits.max) > 0) {
    return { mistake: text('pay.sum.too-large', { max: write(limits.max) }) };
  }
  return { sum: money, mistake: undefined };
}

function currencySign(money: MoneyJson, locale: string): string {
  return moneyParts(money, locale, 'never').find((part) => part.kind === 'currency')?.text ?? '';
}
