import type { ReactNode } from 'react';
import styles from './button.module.css';

interface ButtonProps {
  readonly children: ReactNode;
  /** `main` is the one filled button of a page. */
  readonly look?: ButtonLook;
  readonly type?: 'button' | 'submit';
  readonly onPress?: () => void;
  /** While busy the button keeps its place and focus, says this, and pressing it does nothing. */
  readonly busyText?: string | undefined;
  readonly isDisabled?: boolean;
  readonly label?: string;
}

export type ButtonLook = 'main' | 'plain' | 'quiet';

/** The browser's own button: it is on every page, and React Aria's would be 10 kB of the first. */
export function Button(props: ButtonProps): ReactNode {
  const { children, look = 'plain', type = 'button', onPress, busyText, isDisabled } = props;
  const isBusy = busyText !== undefined;
  const press = (event: { preventDefault: () => void }): void => {
    if (isBusy) event.preventDefault();
    else onPress?.();
  };
  return (
    <button
      type={type}
      className={buttonClass(look)}
      disabled={isDisabled ?? false}
      aria-disabled={isBusy}
      aria-label={props.label}
      onClick={press}
    >
      {isBusy ? busyText : children}
    </button>
  );
}

/** The same look for links that act as the page's way on. */
export function buttonClass(look: ButtonLook): string {
  return `${styles.button ?? ''} ${styles[look] ?? ''}`;
}
