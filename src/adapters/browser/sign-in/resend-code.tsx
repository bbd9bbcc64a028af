import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { SignInAttemptJson } from '../../http/contract/sign-in-json.ts';
import { problemText } from '../api/problem-text.ts';
import { serverNow } from '../api/server-clock.ts';
import { resendCode } from '../api/sign-in-calls.ts';
import { useText } from '../i18n/text.ts';
import { Announcer } from '../parts/announcer.tsx';
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import styles from './sign-in.module.css';

interface ResendCodeProps {
  readonly attempt: SignInAttemptJson;
  readonly onResent: (attempt: SignInAttemptJson) => void;
}

/** Counts down to when a new code may be asked for; only the end of it is read out. */
export function ResendCode({ attempt, onResent }: ResendCodeProps): ReactNode {
  const text = useText();
  const [wasSent, setSent] = useState(false);
  const secondsLeft = useSecondsUntil(attempt.resendAt);
  const sending = useMutation({
    mutationFn: () => resendCode(attempt.attemptId),
    onSuccess: (fresh) => {
      setSent(true);
      onResent(fresh);
    },
  });
  const problem = sending.isError ? problemText(sending.error) : undefined;
  const isReady = secondsLeft === 0;
  const spoken = isReady ? text('code.resend-ready') : wasSent ? text('code.resent') : '';

  return (
    <>
      {problem !== undefined && (
        <div role="alert">
          <Notice look="warn">{text(problem.id, problem.values)}</Notice>
        </div>
      )}
      <div className={styles.resend}>
        {isReady ? (
          <Button
            look="quiet"
            onPress={sending.mutate}
            busyText={sending.isPending ? text('code.resending') : undefined}
          >
            {text('code.resend')}
          </Button>
        ) : (
          <span>
            {wasSent ? `${text('code.resent')} ` : ''}
            {text('code.resend-in', { time: minutesAndSeconds(secondsLeft) })}
          </span>
        )}
        <Announcer text={spoken} />
      </div>
    </>
  );
}

function useSecondsUntil(instant: string): number {
  const left = (): number => Math.max(0, Math.ceil((Date.parse(instant) - serverNow()) / 1_000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const tick = (): void => {
      setSeconds(left());
    };
    tick();
    const timer = setInterval(tick, 1_000);
    return () => {
      clearInterval(timer);
    };
    // `left` is made anew each time but depends on nothing else.
  }, [instant]);
  return seconds;
}

function minutesAndSeconds(seconds: number): string {
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}
