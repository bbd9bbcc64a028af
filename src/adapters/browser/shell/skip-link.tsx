import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import styles from './shell.module.css';

/** Lets the keyboard jump over the header. */
export function SkipLink(): ReactNode {
  const text = useText();
  const jump = (event: { preventDefault: () => void }): void => {
    event.preventDefault();
    document.getElementById('main')?.focus();
  };
  return (
    <a href="#main" className={styles.skip} onClick={jump}>
      {text('shell.skip')}
    </a>
  );
}
