import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { AccountJson } from '../../http/contract/account-json.ts';
import type { AutoPayJson, SavedMethodJson } from '../../http/contract/autopay-json.ts';
import { agreeToAutoPay, consentQuery } from '../api/autopay-calls.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { moneyInputText, readMoney } from '../money/money-input.ts';
import { isPositive } from '../money/money-sum.ts';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/choice.tsx';
import { Field } from '../parts/field.tsx';
import { Loading } from '../parts/loading.tsx';
import { Notice } from '../parts/notice.tsx';
import { Tick } from '../parts/tick.tsx';
import { Trouble } from '../parts/trouble.tsx';
import styles from './autopay.module.css';
import { useChange } from './use-change.ts';

interface AutoPayFormProps {
  readonly account: AccountJson;
  readonly autopay: AutoPayJson | undefined;
  /** At least one. */
  readonly methods: readonly SavedMethodJson[];
  readonly onClose: () => void;
}

const days = Array.from({ length: 28 }, (_, n) => String(n + 1));

/** By what, how much at most, on which day; and the words to agree to, made of these answers. */
export function AutoPayForm({ account, autopay, methods, onClose }: AutoPayFormProps): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { currency } = account.balance;
  const [method, setMethod] = useState(autopay?.savedMethod ?? methods[0]?.id ?? '');
  const [typed, setTyped] = useState(autopay ? moneyInputText(autopay.limit, locale) : '');
  const [dayOfMonth, setDay] = useState(String(autopay?.dayOfMonth ?? 10));
  const [agreedTo, setAgreedTo] = useState<string>();
  const [isTried, setTried] = useState(false);

  const read = readMoney(typed, currency);
  const limit = read.kind === 'sum' && isPositive(read.money) ? read.money : undefined;
  const settings = { accountId: account.id, savedMethod: method, dayOfMonth: Number(dayOfMonth) };
  const wish = { ...settings, limit: limit ?? { minor: '1', currency } };
  const consent = useQuery({ ...consentQuery(wish, locale), enabled: limit !== undefined });
  const words = limit === undefined ? undefined : consent.data?.words;
  // Words that changed since they were ticked are not agreed to.
  const isAgreed = words !== undefined && agreedTo === words;
  const saving = useChange(() => agreeToAutoPay({ ...wish, words: words ?? '' }), onClose);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isAgreed) saving.start();
  };
  const isWrong = limit === undefined && (isTried || typed !== '');
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <Choice
        label={text('autopay.form.method')}
        value={method}
        options={methods.map(({ id, title }) => ({ value: id, title }))}
        onChange={setMethod}
      />
      <Field
        label={text('autopay.form.limit')}
        name={`limit-${account.id}`}
        value={typed}
        onChange={setTyped}
        inputMode="decimal"
        hint={text('autopay.form.limit.hint')}
        error={isWrong ? text('autopay.form.limit.wrong') : undefined}
        maxLength={30}
      />
      <Choice
        label={text('autopay.form.day')}
        value={dayOfMonth}
        options={days.map((value) => ({ value, title: value }))}
        onChange={setDay}
      />
      {limit !== undefined && consent.isError && (
        <Trouble error={consent.error} onRetry={() => void consent.refetch()} />
      )}
      {limit !== undefined && consent.isPending && (
        <Loading lines={['long', 'long']} onRetry={() => void consent.refetch()} />
      )}
      {words !== undefined && (
        <Tick
          isSelected={isAgreed}
          onChange={(yes) => {
            setAgreedTo(yes ? words : undefined);
          }}
        >
          {words}
        </Tick>
      )}
      <div role="alert">
        {isTried && words !== undefined && !isAgreed && (
          <Notice look="bad">{text('autopay.form.consent.missing')}</Notice>
        )}
        {saving.mistake !== undefined && <Notice look="bad">{saving.mistake}</Notice>}
      </div>
      <div className={styles.buttons}>
        <Button
          look="main"
          type="submit"
          busyText={saving.isBusy ? text('autopay.busy') : undefined}
        >
          {text(autopay === undefined ? 'autopay.turn-on' : 'autopay.save')}
        </Button>
        <Button look="quiet" onPress={onClose}>
          {text('autopay.form.cancel')}
        </Button>
      </div>
    </form>
  );
}
