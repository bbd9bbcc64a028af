import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { problemText } from '../api/problem-text.ts';
import { signInStaff, staffMeQuery } from '../api/staff-calls.ts';
import { useText } from '../i18n/text.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { type Mistake, Mistakes } from '../parts/mistakes.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { staffReturn } from './staff-return.ts';
import styles from './staff.module.css';

/** Login, password and code of the authenticator at once: nobody learns which of them was wrong. */
export function StaffSignInPage(): ReactNode {
  const text = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { to } = useSearch({ from: '/public/staff/sign-in' });
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [attempt, setAttempt] = useState(0);
  const [missing, setMissing] = useState<readonly Mistake[]>([]);
  const sending = useMutation({
    mutationFn: () => signInStaff({ login: login.trim(), password, code }),
    onSuccess: async (me) => {
      client.clear();
      client.setQueryData(staffMeQuery.queryKey, me);
      await navigate({ href: staffReturn(to) });
    },
    // A code works once, right or wrong.
    onError: () => {
      setCode('');
    },
  });

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (sending.isPending) return;
    setAttempt((count) => count + 1);
    const found: Mistake[] = [];
    if (login.trim() === '') found.push({ field: 'login', text: text('staff.login.missing') });
    if (password === '') found.push({ field: 'password', text: text('sign-in.password.missing') });
    if (code.trim() === '') found.push({ field: 'code', text: text('staff.code.missing') });
    setMissing(found);
    if (found.length === 0) sending.mutate();
    else sending.reset();
  };
  const problem = sending.isError ? problemText(sending.error) : undefined;
  const mistakes = problem === undefined ? missing : [{ text: text(problem.id, problem.values) }];
  const at = (field: string): string | undefined =>
    missing.find((mistake) => mistake.field === field)?.text;

  return (
    <Sheet>
      <PageHeading title={text('staff.sign-in')} hasMistakes={mistakes.length > 0}>
        {text('staff.sign-in')}
      </PageHeading>
      <Mistakes mistakes={mistakes} attempt={attempt} />
      <form className={styles.form} noValidate onSubmit={submit}>
        <Field
          label={text('staff.login')}
          name="login"
          value={login}
          onChange={setLogin}
          error={at('login')}
          autoComplete="username"
          maxLength={64}
        />
        <Field
          label={text('sign-in.password')}
          name="password"
          type="password"
          value={password}
          onChange={setPassword}
          error={at('password')}
          autoComplete="current-password"
          maxLength={1024}
        />
        <Field
          label={text('staff.code')}
          name="code"
          hint={text('staff.code.hint')}
          look="code"
          value={code}
          onChange={setCode}
          error={at('code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
        />
        <Button
          look="main"
          type="submit"
          busyText={sending.isPending ? text('sign-in.sending') : undefined}
        >
          {text('staff.enter')}
        </Button>
      </form>
    </Sheet>
  );
}
