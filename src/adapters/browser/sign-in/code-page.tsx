import { useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { MeJson, SignInAttemptJson } from '../../http/contract/sign-in-json.ts';
import { meQuery } from '../api/queries.ts';
import { useText } from '../i18n/text.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { CodeForm } from './code-form.tsx';
import { ResendCode } from './resend-code.tsx';
import { returnPath } from './return-path.ts';
import { forgetAttempt, saveAttempt, savedAttempt } from './saved-attempt.ts';
import styles from './sign-in.module.css';

/** The second step: the code from the phone. The attempt survives a reload of the page. */
export function CodePage(): ReactNode {
  const { to } = useSearch({ from: '/public/sign-in/code' });
  const [attempt, setAttempt] = useState(savedAttempt);
  if (attempt === undefined) return <Navigate to="/sign-in" search={{ to }} replace />;
  const replaceAttempt = (fresh: SignInAttemptJson): void => {
    saveAttempt(fresh);
    setAttempt(fresh);
  };
  return <CodeSheet attempt={attempt} to={to} onResent={replaceAttempt} />;
}

interface CodeSheetProps {
  readonly attempt: SignInAttemptJson;
  readonly to: string | undefined;
  readonly onResent: (attempt: SignInAttemptJson) => void;
}

function CodeSheet({ attempt, to, onResent }: CodeSheetProps): ReactNode {
  const text = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [hasMistakes, setMistakes] = useState(false);
  const enter = (me: MeJson): void => {
    // Whatever another person left in this tab must not be seen, not for a moment.
    client.clear();
    client.setQueryData(meQuery.queryKey, me);
    // The attempt is forgotten only after leaving, or this page would send back to the first step.
    void navigate({ href: returnPath(to), replace: true }).then(forgetAttempt);
  };
  return (
    <Sheet>
      <PageHeading title={text('code.title')} hasMistakes={hasMistakes}>
        {text('code.title')}
      </PageHeading>
      <p>{text('code.sent')}</p>
      <CodeForm
        key={attempt.resendAt}
        attempt={attempt}
        onEntered={enter}
        onMistakes={setMistakes}
      />
      <ResendCode attempt={attempt} onResent={onResent} />
      <p className={styles.muted}>{text('code.secret')}</p>
      <Link to="/sign-in" search={{ to }} className={styles.other}>
        {text('code.start-again')}
      </Link>
    </Sheet>
  );
}
