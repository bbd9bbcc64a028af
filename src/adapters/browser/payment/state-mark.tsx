import type { ReactNode } from 'react';
import type { PaymentView } from './payment-view.ts';
import styles from './result.module.css';

const signs: Readonly<Record<PaymentView['mark'], string>> = {
  waiting: 'M32 20v13l8 5',
  checking: 'M32 20v13l8 5',
  paid: 'M22 33l7 7 14-15',
  failed: 'M24 24l16 16M40 24 24 40',
};

/** A ring that is open while we wait and closes when paid. The heading beside it says the same. */
export function StateMark({ mark }: { readonly mark: PaymentView['mark'] }): ReactNode {
  return (
    <svg
      className={`${styles.mark} ${styles[mark]}`}
      viewBox="0 0 64 64"
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="32" cy="32" r="28" pathLength="100" />
      <path d={signs[mark]} />
    </svg>
  );
}
