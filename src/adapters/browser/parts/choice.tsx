import { type ReactNode, useId } from 'react';
import styles from './choice.module.css';

export interface Option {
  readonly value: string;
  readonly title: string;
}

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isLabelHidden?: boolean;
}

/** One of a short list, by the browser's own select: the phone's wheel beats any menu of ours. */
export function Choice(props: ChoiceProps): ReactNode {
  const id = useId();
  const isLabelHidden = props.isLabelHidden === true;
  return (
    <div className={styles.choice}>
      {!isLabelHidden && <label htmlFor={id}>{props.label}</label>}
      <span className={styles.box}>
        <select
          id={id}
          className={styles.select}
          value={props.value}
          {...(isLabelHidden ? { 'aria-label': props.label } : {})}
          onChange={(event) => {
            props.onChange(event.target.value);
          }}
        >
          {props.options.map(({ value, title }) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </span>
    </div>
  );
}
