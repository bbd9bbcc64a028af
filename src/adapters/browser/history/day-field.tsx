import type { ReactNode } from 'react';
import styles from './history.module.css';

interface DayFieldProps {
  readonly label: string;
  readonly day: string | undefined;
  readonly onDay: (day: string) => void;
  /** The last day that makes sense. */
  readonly most?: string;
}

// The browser's own date field: it knows the keyboard, the phone's wheel and the language.
export function DayField({ label, day, onDay, most }: DayFieldProps): ReactNode {
  return (
    <label className={styles.dayField}>
      {label}
      <input
        type="date"
        value={day ?? ''}
        max={most}
        onChange={(event) => {
          onDay(event.target.value);
        }}
      />
    </label>
  );
}
