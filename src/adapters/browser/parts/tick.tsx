import type { ReactNode } from 'react';
import { Checkbox } from 'react-aria-components/Checkbox';
import styles from './tick.module.css';

interface TickProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly children: ReactNode;
  /** What saying yes means. */
  readonly caption?: string;
}

/** A yes that is said by a tick. */
export function Tick({ isSelected, onChange, children, caption }: TickProps): ReactNode {
  return (
    <Checkbox className={styles.tick ?? ''} isSelected={isSelected} onChange={onChange}>
      <span className={styles.box} aria-hidden="true" />
      <span>
        {children}
        {caption !== undefined && <span className={styles.caption}>{caption}</span>}
      </span>
    </Checkbox>
  );
}
