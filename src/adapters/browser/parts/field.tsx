import { type HTMLInputAutoCompleteAttribute, type ReactNode, type RefObject, useId } from 'react';
import styles from './field.module.css';

interface FieldProps {
  readonly label: string;
  /** Also the id of the input, so that the list of mistakes can lead to it. */
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  /** What is wrong with the value; shown by the field and read with it. */
  readonly error?: string | undefined;
  readonly type?: 'text' | 'password' | 'search';
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly inputMode?: 'text' | 'numeric' | 'decimal';
  readonly look?: 'plain' | 'code' | 'sum';
  readonly suffix?: string;
  readonly maxLength?: number;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
}

/** A labelled text field; hint and mistake are read together with its name. */
export function Field(props: FieldProps): ReactNode {
  const { label, name, value, onChange, hint, error, look = 'plain' } = props;
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  const errorId = error === undefined ? undefined : `${id}-error`;
  const describedBy = [hintId, errorId].filter((each) => each !== undefined).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={name} className={styles.label}>
        {label}
      </label>
      {hintId !== undefined && (
        <span id={hintId} className={styles.hint}>
          {hint}
        </span>
      )}
      {errorId !== undefined && (
        <span id={errorId} className={styles.error}>
          {error}
        </span>
      )}
      <span className={styles.box}>
        <input
          ref={props.inputRef}
          id={name}
          name={name}
          type={props.type ?? 'text'}
          value={value}
          onChange={(event) => {
            onChange(event.target.value);
          }}
          className={`${styles.input} ${styles[look]}`}
          aria-invalid={error !== undefined}
          aria-describedby={describedBy === '' ? undefined : describedBy}
          autoComplete={props.autoComplete}
          inputMode={props.inputMode}
          maxLength={props.maxLength}
          spellCheck={false}
          autoCapitalize="none"
        />
        {props.suffix !== undefined && (
          <span aria-hidden="true" className={styles.suffix}>
            {props.suffix}
          </span>
        )}
      </span>
    </div>
  );
}
