import type { ReactNode } from 'react';
import styles from './empty.module.css';

const drawings = {
  sheet: 'M20 8h34l14 14v50H20zM54 8v14h14M30 36h28M30 46h28M30 56h16',
  envelope: 'M12 22h64v44H12zM12 24l32 24 32-24',
  magnifier: 'M38 14a24 24 0 1 0 .01 0M56 56l18 18M28 38h20',
} as const;

interface EmptyProps {
  readonly drawing: keyof typeof drawings;
  readonly children: ReactNode;
}

/** What will be here one day: a thin drawing, a sentence, perhaps one action. */
export function Empty({ drawing, children }: EmptyProps): ReactNode {
  return (
    <div className={styles.empty}>
      <svg viewBox="0 0 88 80" aria-hidden="true" focusable="false">
        <path d={drawings[drawing]} />
      </svg>
      {children}
    </div>
  );
}
