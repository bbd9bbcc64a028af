import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { signOutStaff, staffMeQuery } from '../api/staff-calls.ts';
import { useText } from '../i18n/text.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { AppearanceSwitches } from '../shell/appearance-switches.tsx';
import { CompanyMark } from '../shell/company-mark.tsx';
import { OfflineBanner } from '../shell/offline-banner.tsx';
import { SkipLink } from '../shell/skip-link.tsx';
import styles from './staff.module.css';

/** Pages of the company's own people. Until it is known who asks, nothing is drawn. */
export function StaffShell(): ReactNode {
  const text = useText();
  const me = useQuery({ ...staffMeQuery, staleTime: 60_000 });
  const retry = (): void => void me.refetch();
  return (
    <div className={styles.shell}>
      <SkipLink />
      <OfflineBanner />
      <header className={styles.header}>
        <CompanyMark logo={me.data?.company.logo} place="header" />
        <span className={styles.brand}>
          {me.data !== undefined && `${me.data.company.name} · `}
          {text('staff.desk')}
        </span>
        <span className={styles.who}>{me.data?.name}</span>
        {me.data !== undefined && <StaffSignOut />}
      </header>
      <div className={styles.body}>
        <StaffNavigation />
        <main id="main" tabIndex={-1} className={styles.main}>
          {me.data !== undefined && <Outlet />}
          {me.data === undefined &&
            (me.isError ? (
              <Trouble error={me.error} onRetry={retry} />
            ) : (
              <Loading lines={['medium', 'long', 'long']} onRetry={retry} />
            ))}
        </main>
      </div>
      <footer className={styles.footer}>
        <AppearanceSwitches />
      </footer>
    </div>
  );
}

function StaffNavigation(): ReactNode {
  const text = useText();
  const place = styles.place ?? '';
  return (
    <nav aria-label={text('shell.navigation')} className={styles.navigation}>
      <ul>
        <li>
          <Link to="/staff" className={place} activeOptions={{ exact: true }}>
            {text('staff.queues')}
          </Link>
        </li>
        <li>
          <Link to="/staff/reconciliation" className={place}>
            {text('staff.reconciliation')}
          </Link>
        </li>
        <li>
          <Link to="/staff/methods" className={place}>
            {text('staff.methods')}
          </Link>
        </li>
      </ul>
    </nav>
  );
}

function StaffSignOut(): ReactNode {
  const text = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leaving = useMutation({
    mutationFn: signOutStaff,
    onSuccess: async () => {
      await navigate({ to: '/staff/sign-in' });
      client.clear();
    },
  });
  return (
    <>
      {leaving.isError && <span role="alert">{text('shell.sign-out-failed')}</span>}
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
