import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { useMoments } from '../i18n/use-moments.ts';
import { Amount } from '../parts/amount.tsx';
import { Spoken } from '../parts/announcer.tsx';
import type { DayGroup } from './day-groups.ts';
import styles from './history.module.css';

/** `14 ноября`, or the word for today. */
export function DayName({ day }: { readonly day: string }): ReactNode {
  const text = useText();
  const moments = useMoments();
  return (
    <time dateTime={day}>{day === moments.today() ? text('day.today') : moments.day(day)}</time>
  );
}

/** What the day comes to, in muted ink. */
export function DayTotal({ group }: { readonly group: DayGroup }): ReactNode {
  const text = useText();
  return (
    <span className={styles.total}>
      <Spoken>{text('day.total')} </Spoken>
      {group.totals?.map((total) => (
        <Amount key={total.currency} money={total} sign="always" />
      ))}
    </span>
  );
}
