import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface NoticeProps {
  readonly look: 'warn' | 'bad' | 'plain';
  readonly children: ReactNode;
}

/** A sentence that matters, set apart. Meaning is in the words; the colour only agrees. */
export function Notice({ look, children }: NoticeProps): ReactNode {
  return <div className={`${styles.notice} ${styles[look]}`}>{children}</div>;
}
