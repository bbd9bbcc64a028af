import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { Button } from '../parts/button.tsx';
import styles from './pay.module.css';

interface SettledStepProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly detail?: string;
  readonly onChange: () => void;
}

/** A step already taken: what was chosen, and the way back to it. */
export function SettledStep({ title, children, detail, onChange }: SettledStepProps): ReactNode {
  const text = useText();
  return (
    <div className={styles.settled}>
      <div>
        <p className={styles.caption}>{title}</p>
        <p className={styles.choice}>{children}</p>
        {detail !== undefined && <p className={styles.caption}>{detail}</p>}
      </div>
      <Button look="quiet" onPress={onChange} label={`${text('pay.change')}: ${title}`}>
        {text('pay.change')}
      </Button>
    </div>
  );
}
