import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import type { MoneyJson } from '../../http/contract/money-json.ts';
import type { StaffPaymentJson } from '../../http/contract/staff-json.ts';
import { requestRefund } from '../api/staff-calls.ts';
import { intlLocale } from '../i18n/locale.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { moneyInputText, readMoney } from '../money/money-input.ts';
import { compareMoney, isPositive } from '../money/money-sum.ts';
import { moneyText } from '../money/money-text.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { keyFor, newPaymentKey } from '../payment/payment-key.ts';
import { ActMistake } from './act-button.tsx';
import styles from './staff.module.css';
import { useAct } from './use-act.ts';

interface RefundFormProps {
  readonly payment: StaffPaymentJson;
  readonly left: MoneyJson;
}

const leastReason = 3;

/** A sum and a reason; says beforehand whether a second person will be needed. */
export function RefundForm({ payment, left }: RefundFormProps): ReactNode {
  const text = useText();
  if (!payment.can.refund) return <p>{text('staff.cannot-refund')}</p>;
  if (!isPositive(left)) return <p>{text('staff.nothing-left')}</p>;
  // A sum that was asked for is not proposed a second time.
  return <OpenForm key={left.minor} payment={payment} left={left} />;
}

function OpenForm({ payment, left }: RefundFormProps): ReactNode {
  const text = useText();
  const tag = intlLocale[useLocale()];
  const [typed, setTyped] = useState(moneyInputText(left, tag));
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const read = readMoney(typed, left.currency);
  const sum = read.kind === 'sum' && isPositive(read.money) ? read.money : undefined;
  const isTooMuch = sum !== undefined && compareMoney(sum, left) > 0;
  const hasReason = reason.trim().length >= leastReason;
  const [newKey] = useState(() => newPaymentKey(() => crypto.randomUUID()));
  const key = useRef(newKey);
  const act = useAct(() => {
    const wish = { amount: sum ?? left, reason };
    key.current = keyFor(key.current, wish, () => crypto.randomUUID());
    return requestRefund(payment.id, wish, key.current.key);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (sum !== undefined && !isTooMuch && hasReason) act.start();
  };
  const wrongSum =
    sum === undefined ? text('pay.sum.unreadable') : isTooMuch ? text('staff.too-much') : undefined;
  const waits =
    payment.alone === undefined || (sum !== undefined && compareMoney(sum, payment.alone) > 0);
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <Field
        label={text('history.sum')}
        name="refund-sum"
        hint={text('staff.left-hint', { sum: moneyText(left, tag) })}
        value={typed}
        onChange={setTyped}
        inputMode="decimal"
        error={isTried ? wrongSum : undefined}
        maxLength={30}
      />
      <Field
        label={text('staff.reason')}
        name="refund-reason"
        value={reason}
        onChange={setReason}
        error={isTried && !hasReason ? text('staff.reason.missing') : undefined}
        maxLength={200}
      />
      {waits && <p className={styles.muted}>{text('staff.will-wait')}</p>}
      <ActMistake act={act} />
      <div className={styles.buttons}>
        <Button look="main" type="submit" busyText={act.isBusy ? text('staff.acting') : undefined}>
          {text('staff.refund-sum', { sum: moneyText(sum ?? left, tag) })}
        </Button>
      </div>
    </form>
  );
}
