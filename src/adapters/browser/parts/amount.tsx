import type { ReactNode } from 'react';
import type { MoneyJson } from '../../http/contract/money-json.ts';
import { intlLocale } from '../i18n/locale.ts';
import { useLocale } from '../i18n/text.ts';
import { decimalText, moneyParts, type SignDisplay } from '../money/money-text.ts';
import styles from './amount.module.css';

interface AmountProps {
  readonly money: MoneyJson;
  readonly sign?: SignDisplay;
  /** `hero`: the one strong number of a page, with raised small minor units. */
  readonly size?: 'plain' | 'hero';
  /** Money in is green; money out stays ink: spending is not an error. */
  readonly credit?: boolean;
}

/** A sum, exact and in columns. */
export function Amount({ money, sign = 'auto', size = 'plain', credit }: AmountProps): ReactNode {
  const parts = moneyParts(money, intlLocale[useLocale()], sign);
  const classes = [
    styles.amount,
    size === 'hero' ? styles.hero : undefined,
    credit === true ? styles.credit : undefined,
  ];
  return (
    <data value={decimalText(money)} className={classes.filter(Boolean).join(' ')}>
      {parts.map((part, position) =>
        part.kind === 'fraction' ? (
          <span key={position} className={styles.fraction}>
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </data>
  );
}
