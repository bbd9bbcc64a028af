import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { problemText } from '../api/problem-text.ts';
import { signIn } from '../api/sign-in-calls.ts';
import { useText } from '../i18n/text.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { type Mistake, Mistakes } from '../parts/mistakes.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { saveAttempt } from './saved-attempt.ts';
import styles from './sign-in.module.css';

/** Contract number and password. The answer is the same whether they match or not. */
export function SignInPage(): ReactNode {
  const text = useText();
  const navigate = useNavigate();
  const { to } = useSearch({ from: '/public/sign-in' });
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [isWorking, setIsWorking] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [missing, setMissing] = useState<readonly Mistake[]>([]);
  const sending = useMutation({
    mutationFn: () => {
      setIsWorking(false);
      return signIn(login.trim(), password, () => {
        setIsWorking(true);
      });
    },
    onSuccess: async (answer) => {
      saveAttempt(answer);
      await navigate({ to: '/sign-in/code', search: { to } });
    },
  });

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (sending.isPending) return;
    setAttempt((count) => count + 1);
    const found: Mistake[] = [];
    if (login.trim() === '') found.push({ field: 'login', text: text('sign-in.login.missing') });
    if (password === '') found.push({ field: 'password', text: text('sign-in.password.missing') });
    setMissing(found);
    if (found.length === 0) sending.mutate();
    else sending.reset();
  };
  const problem = sending.isError ? problemText(sending.error) : undefined;
  const mistakes = problem === undefined ? missing : [{ text: text(problem.id, problem.values) }];
  const mistakeAt = (field: string): string | undefined =>
    missing.find((mistake) => mistake.field === field)?.text;

  const busyText = isWorking ? 'sign-in.working' : 'sign-in.sending';

  return (
    <Sheet>
      <PageHeading title={text('sign-in.title')} hasMistakes={mistakes.length > 0}>
        {text('sign-in.title')}
      </PageHeading>
      {to !== undefined && <p className={styles.muted}>{text('sign-in.to-continue')}</p>}
      <Mistakes mistakes={mistakes} attempt={attempt} />
      <form className={styles.form} noValidate onSubmit={submit}>
        <Field
          label={text('sign-in.login')}
          name="login"
          hint={text('sign-in.login.hint')}
          value={login}
          onChange={setLogin}
          error={mistakeAt('login')}
          autoComplete="username"
          maxLength={64}
        />
        <Field
          label={text('sign-in.password')}
          name="password"
          type="password"
          value={password}
          onChange={setPassword}
          error={mistakeAt('password')}
          autoComplete="current-password"
          maxLength={1024}
        />
        <Button look="main" type="submit" busyText={sending.isPending ? text(busyText) : undefined}>
          {text('sign-in.continue')}
        </Button>
      </form>
      <p className={styles.muted}>{text('sign-in.help')}</p>
    </Sheet>
  );
}
