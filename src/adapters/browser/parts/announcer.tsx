import type { ReactNode } from 'react';
import styles from './hidden.module.css';

/** Says a sentence to screen readers when it changes, without interrupting. */
export function Announcer({ text }: { readonly text: string }): ReactNode {
  return (
    <p role="status" aria-live="polite" className={styles.hidden}>
      {text}
    </p>
  );
}

/** A heading the eye does not need, so that the outline of the page has no gap. */
export function SpokenHeading({ children }: { readonly children: ReactNode }): ReactNode {
  return <h2 className={styles.hidden}>{children}</h2>;
}

/** Text for those who listen, in the place where the eye needs none. */
export function Spoken({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className={styles.hidden}>{children}</span>;
}
