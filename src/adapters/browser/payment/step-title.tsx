import { type ReactNode, useEffect, useRef } from 'react';
import styles from './pay.module.css';

interface StepTitleProps {
  readonly id: string;
  readonly children: ReactNode;
  /** The first step does not take the focus away from the page's own heading. */
  readonly takesFocus: boolean;
}

/** The heading of the step now open; focus moves here when the sheet grows. */
export function StepTitle({ id, children, takesFocus }: StepTitleProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <h2 ref={heading} id={id} tabIndex={-1} className={styles.stepTitle}>
      {children}
    </h2>
  );
}
