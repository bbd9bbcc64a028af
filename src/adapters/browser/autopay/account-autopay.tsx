import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { AccountJson } from '../../http/contract/account-json.ts';
import type { AutoPayJson, SavedMethodJson } from '../../http/contract/autopay-json.ts';
import { stopAutoPay } from '../api/autopay-calls.ts';
import { dayOf } from '../history/day-groups.ts';
import { intlLocale } from '../i18n/locale.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { useMoments, useTimeZone } from '../i18n/use-moments.ts';
import { moneyText } from '../money/money-text.ts';
import { Button } from '../parts/button.tsx';
import { AskedTwice } from './asked-twice.tsx';
import styles from './autopay.module.css';
import { AutoPayForm } from './autopay-form.tsx';
import { lastWords, nextWords, type RoundWords } from './round-words.ts';

interface AccountAutoPayProps {
  readonly account: AccountJson;
  readonly autopay: AutoPayJson | undefined;
  readonly methods: readonly SavedMethodJson[];
}

/** Auto-pay of one account: how it is set, what comes next, how it went; and the ways to change it. */
export function AccountAutoPay({ account, autopay, methods }: AccountAutoPayProps): ReactNode {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const name = `${account.title} · ${account.number}`;
  const close = (): void => {
    setOpen(false);
  };
  const open = (): void => {
    setOpen(true);
  };
  const word = text(autopay === undefined ? 'autopay.turn-on' : 'autopay.change');
  return (
    <li className={styles.account}>
      <h3 className={styles.name}>{name}</h3>
      {autopay === undefined ? (
        <p className={styles.caption}>{text('autopay.off')}</p>
      ) : (
        <Standing autopay={autopay} methods={methods} />
      )}
      {isOpen ? (
        <AutoPayForm account={account} autopay={autopay} methods={methods} onClose={close} />
      ) : (
        <div className={styles.buttons}>
          {methods.length > 0 && (
            <Button onPress={open} label={`${word}: ${name}`}>
              {word}
            </Button>
          )}
          {autopay !== undefined && (
            <AskedTwice
              word={text('autopay.turn-off')}
              label={`${text('autopay.turn-off')}: ${name}`}
              question={text('autopay.turn-off.sure')}
              yes={text('autopay.turn-off.yes')}
              no={text('autopay.turn-off.no')}
              work={() => stopAutoPay(account.id)}
            />
          )}
        </div>
      )}
    </li>
  );
}

type StandingProps = Pick<AccountAutoPayProps, 'methods'> & { readonly autopay: AutoPayJson };

function Standing({ autopay, methods }: StandingProps): ReactNode {
  const text = useText();
  const locale = intlLocale[useLocale()];
  const { dayOfMonth: day, last } = autopay;
  const limit = moneyText(autopay.limit, locale);
  const title = methods.find(({ id }) => id === autopay.savedMethod)?.title ?? '';
  const before = lastWords(autopay);
  return (
    <>
      <p>{text('autopay.on', { day, limit, title })}</p>
      <p className={styles.next}>
        <Words words={nextWords(autopay)} />
      </p>
      {before !== undefined && (
        <p className={styles.caption}>
          <Words words={before} />{' '}
          {last?.paymentId !== undefined && (
            <Link to="/payments/$id" params={{ id: last.paymentId }}>
              {text('autopay.payment')}
            </Link>
          )}
        </p>
      )}
    </>
  );
}

function Words({ words }: { readonly words: RoundWords }): ReactNode {
  const text = useText();
  const locale = intlLocale[useLocale()];
  const moments = useMoments();
  const zone = useTimeZone();
  const date = moments.day(dayOf(words.at, zone));
  return text(words.id, {
    date,
    sum: words.sum === undefined ? '' : moneyText(words.sum, locale),
  });
}
