import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { MeJson, SignInAttemptJson } from '../../http/contract/sign-in-json.ts';
import { Problem } from '../api/problem.ts';
import { problemText } from '../api/problem-text.ts';
import { enterCode } from '../api/sign-in-calls.ts';
import { useText } from '../i18n/text.ts';
import { Announcer } from '../parts/announcer.tsx';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Mistakes } from '../parts/mistakes.tsx';
import { arrivedWhole, plainCode } from './code-input.ts';
import styles from './sign-in.module.css';
import { useSmsCode } from './sms-code.ts';

interface CodeFormProps {
  readonly attempt: SignInAttemptJson;
  readonly onEntered: (me: MeJson) => void;
  readonly onMistakes: (hasMistakes: boolean) => void;
}

/** One text field, so that pasting, dictation and the phone's own filling-in work. */
export function CodeForm({ attempt, onEntered, onMistakes }: CodeFormProps): ReactNode {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [tries, setTries] = useState(0);
  const sending = useMutation({
    mutationFn: (entered: string) => enterCode(attempt.attemptId, entered),
    onSuccess: onEntered,
  });

  const send = (entered: string): void => {
    if (sending.isPending) return;
    const plain = plainCode(entered);
    setTries((count) => count + 1);
    setMissing(plain === '');
    if (plain === '') sending.reset();
    else sending.mutate(plain);
  };
  const change = (value: string): void => {
    setCode(value);
    if (arrivedWhole(code, value, attempt.codeLength)) send(value);
  };
  useSmsCode(change);

  const isWrong = sending.error instanceof Problem && sending.error.reason === 'code-wrong';
  const mistake = useMistake(isMissing, sending.error);
  const isByField = isMissing || isWrong;
  useEffect(() => {
    onMistakes(mistake !== undefined);
    // The wrong code stays, selected: the next key replaces it.
    if (!isWrong || sending.isPending) return;
    input.current?.focus();
    input.current?.select();
  }, [mistake, isWrong, sending.isPending, onMistakes]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send(code);
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      {!isByField && (
        <Mistakes mistakes={mistake === undefined ? [] : [{ text: mistake }]} attempt={tries} />
      )}
      <Field
        label={text('code.label', { length: attempt.codeLength })}
        name="code"
        value={code}
        onChange={change}
        look="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={attempt.codeLength * 2 + 8}
        error={isByField ? mistake : undefined}
        inputRef={input}
      />
      <Announcer text={isByField ? (mistake ?? '') : ''} />
      <Button
        look="main"
        type="submit"
        busyText={sending.isPending ? text('code.checking') : undefined}
      >
        {text('code.enter')}
      </Button>
    </form>
  );
}

function useMistake(isMissing: boolean, error: unknown): string | undefined {
  const text = useText();
  if (isMissing) return text('code.missing');
  if (error === null || error === undefined) return undefined;
  const { id, values } = problemText(error);
  return text(id, values);
}
