import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { signOut } from '../api/sign-in-calls.ts';
import { useText } from '../i18n/text.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import styles from './shell.module.css';

/** Ends the session here and on the server, and forgets everything that was shown. */
export function SignOut(): ReactNode {
  const text = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      client.clear();
    },
  });
  return (
    <>
      {leaving.isError && (
        <span role="alert" className={styles.signOutFailed}>
          {text('shell.sign-out-failed')}
        </span>
      )}
      <Button
        look="quiet"
        onPress={leaving.mutate}
        busyText={leaving.isPending ? text('shell.signing-out') : undefined}
      >
        <Icon name="leave" />
        {text('shell.sign-out')}
      </Button>
    </>
  );
}
