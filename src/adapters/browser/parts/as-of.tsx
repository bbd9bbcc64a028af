import type { ReactNode } from 'react';
import { useMoments } from '../i18n/use-moments.ts';
import { useText } from '../i18n/text.ts';
import { useLiveState } from '../live/live-provider.tsx';
import styles from './as-of.module.css';

/** When a figure was true. Amber while news do not arrive: then it may have changed since. */
export function AsOf({ instant }: { readonly instant: string }): ReactNode {
  const text = useText();
  const moments = useMoments();
  const isStale = useLiveState() === 'down';
  return (
    <time
      dateTime={instant}
      title={moments.full(instant)}
      className={isStale ? styles.stale : styles.asOf}
    >
      {text(isStale ? 'as-of.stale' : 'as-of.now', { time: moments.short(instant) })}
    </time>
  );
}
