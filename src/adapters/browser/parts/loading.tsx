import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../i18n/text.ts';
import { Spoken } from './announcer.tsx';
import { Button } from './button.tsx';
import styles from './loading.module.css';

const slowAfterMs = 8_000;

interface LoadingProps {
  /** Widths of the grey lines, to resemble what will stand there. */
  readonly lines: readonly ('short' | 'medium' | 'long' | 'hero')[];
  readonly onRetry?: () => void;
}

/** Nothing for 200 ms (by CSS), then grey lines; after 8 s a sentence and a way to try again. */
export function Loading({ lines, onRetry }: LoadingProps): ReactNode {
  const text = useText();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(setSlow, slowAfterMs, true);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <div className={styles.loading} aria-busy="true">
      <Spoken>{text('loading.now')}</Spoken>
      {lines.map((width, position) => (
        <span key={position} aria-hidden="true" className={`${styles.line} ${styles[width]}`} />
      ))}
      {isSlow && (
        <p role="status" className={styles.slow}>
          {text('loading.slow')}{' '}
          {onRetry !== undefined && (
            <Button look="quiet" onPress={onRetry}>
              {text('loading.retry')}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
