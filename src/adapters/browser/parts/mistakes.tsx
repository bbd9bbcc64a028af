import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../i18n/text.ts';
import styles from './mistakes.module.css';

export interface Mistake {
  /** Id of the input; absent when the mistake belongs to no field. */
  readonly field?: string;
  readonly text: string;
}

interface MistakesProps {
  readonly mistakes: readonly Mistake[];
  /** Grows with every attempt to send, so that focus comes here each time. */
  readonly attempt: number;
}

/** What has to be corrected before the form can go on; takes the focus when it appears. */
export function Mistakes({ mistakes, attempt }: MistakesProps): ReactNode {
  const text = useText();
  const box = useRef<HTMLDivElement>(null);
  const isShown = mistakes.length > 0;
  useEffect(() => {
    if (isShown) box.current?.focus();
  }, [isShown, attempt]);
  if (!isShown) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1} className={styles.mistakes}>
      <h2>{text('mistakes.title')}</h2>
      <ul>
        {mistakes.map((mistake) => (
          <li key={mistake.text}>
            {mistake.field === undefined ? (
              mistake.text
            ) : (
              <a href={`#${mistake.field}`} onClick={focusField(mistake.field)}>
                {mistake.text}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

const focusField = (field: string) => (event: { preventDefault: () => void }) => {
  event.preventDefault();
  document.getElementById(field)?.focus();
};
