import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { Icon } from '../parts/icon.tsx';
import styles from './shell.module.css';

/** The bottom bar on phones, the left rail on wide screens. */
export function Navigation(): ReactNode {
  const text = useText();
  return (
    <nav aria-label={text('shell.navigation')} className={styles.navigation}>
      <ul>
        <li>
          <Link to="/" className={styles.place ?? ''} activeOptions={{ exact: true }}>
            <Icon name="home" />
            {text('shell.home')}
          </Link>
        </li>
        <li>
          <Link to="/operations" className={styles.place ?? ''}>
            <Icon name="list" />
            {text('shell.operations')}
          </Link>
        </li>
        <li>
          <Link to="/pay" className={styles.place ?? ''}>
            <Icon name="pay" />
            {text('shell.pay')}
          </Link>
        </li>
        <li>
          <Link to="/autopay" className={styles.place ?? ''}>
            <Icon name="refresh" />
            {text('autopay.title')}
          </Link>
        </li>
      </ul>
    </nav>
  );
}
