import type { ReactNode } from 'react';
import styles from './sheet.module.css';

interface SheetProps {
  readonly children: ReactNode;
  /** Id of the heading that names this part of the page. */
  readonly labelledBy?: string;
}

/** A white sheet on the paper. */
export function Sheet({ children, labelledBy }: SheetProps): ReactNode {
  return labelledBy === undefined ? (
    <div className={styles.sheet}>{children}</div>
  ) : (
    <section className={styles.sheet} aria-labelledby={labelledBy}>
      {children}
    </section>
  );
}

/** Parts of a page under one another, with air between. */
export function Column({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={styles.column}>{children}</div>;
}
