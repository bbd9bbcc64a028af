import { type FormEvent, type ReactNode, useState } from 'react';
import type { StaffPaymentJson } from '../../http/contract/staff-json.ts';
import { capturePayment, releasePayment } from '../api/staff-calls.ts';
import { intlLocale } from '../i18n/locale.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { moneyInputText, readMoney } from '../money/money-input.ts';
import { compareMoney, isPositive } from '../money/money-sum.ts';
import { moneyText } from '../money/money-text.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { ActButton, ActMistake } from './act-button.tsx';
import styles from './staff.module.css';
import { useAct } from './use-act.ts';

/** Held money: take it, or a part of it, or let it go. */
export function HeldForm({ payment }: { readonly payment: StaffPaymentJson }): ReactNode {
  const text = useText();
  const tag = intlLocale[useLocale()];
  const { charge, can, id } = payment;
  const [typed, setTyped] = useState(moneyInputText(charge, tag));
  const read = readMoney(typed, charge.currency);
  const sum = read.kind === 'sum' && isPositive(read.money) ? read.money : undefined;
  const isGood = sum !== undefined && compareMoney(sum, charge) <= 0;
  const capture = useAct(() => capturePayment(id, sum ?? charge));
  const release = useAct(() => releasePayment(id));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isGood) capture.start();
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <Field
        label={text('staff.take-sum')}
        name="capture-sum"
        hint={text('staff.held-hint', { sum: moneyText(charge, tag) })}
        value={typed}
        onChange={setTyped}
        inputMode="decimal"
        error={isGood ? undefined : text('staff.held-wrong')}
        maxLength={30}
      />
      <div className={styles.buttons}>
        {can.capture && (
          <Button
            look="main"
            type="submit"
            busyText={capture.isBusy ? text('staff.acting') : undefined}
          >
            {text('staff.take', { sum: moneyText(sum ?? charge, tag) })}
          </Button>
        )}
        {can.release && <ActButton act={release}>{text('staff.release')}</ActButton>}
      </div>
      <ActMistake act={capture} />
      <ActMistake act={release} />
    </form>
  );
}
