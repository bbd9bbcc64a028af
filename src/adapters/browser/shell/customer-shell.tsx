import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import type { MeJson } from '../../http/contract/sign-in-json.ts';
import { meQuery } from '../api/queries.ts';
import { showIn } from '../i18n/catalogue.ts';
import { chosenLocale } from '../i18n/locale.ts';
import { useText } from '../i18n/text.ts';
import { LiveProvider } from '../live/live-provider.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { AppearanceSwitches } from './appearance-switches.tsx';
import { CompanyMark } from './company-mark.tsx';
import { companyLogo, companyName, rememberCompany } from './company-name.ts';
import { Navigation } from './navigation.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import styles from './shell.module.css';
import { SignOut } from './sign-out.tsx';
import { SkipLink } from './skip-link.tsx';

/** Pages of a signed-in customer. Until it is known who asks, nothing of theirs is drawn. */
export function CustomerShell(): ReactNode {
  const text = useText();
  const me = useQuery(meQuery);
  useEffect(() => {
    if (me.data === undefined) return;
    rememberCompany(me.data.company.name, me.data.company.logo);
    if (chosenLocale() === undefined) void showIn(me.data.locale);
  }, [me.data]);

  return (
    <div className={styles.shell}>
      <SkipLink />
      <OfflineBanner />
      <header className={styles.header}>
        <div className={styles.headerRow}>
          <CompanyMark
            logo={me.data === undefined ? companyLogo() : me.data.company.logo}
            place="header"
          />
          <span className={styles.brand}>
            {me.data?.company.name ?? companyName() ?? text('shell.name')}
          </span>
          <span className={styles.who}>{me.data?.name}</span>
          <SignOut />
        </div>
      </header>
      <div className={styles.body}>
        <Navigation />
        <main id="main" tabIndex={-1} className={styles.main}>
          {me.data === undefined ? <Waiting query={me} /> : <SignedIn />}
        </main>
      </div>
      <Foot me={me.data} />
    </div>
  );
}

function SignedIn(): ReactNode {
  return (
    <LiveProvider>
      <Outlet />
    </LiveProvider>
  );
}

interface WaitingProps {
  readonly query: { readonly error: unknown; readonly refetch: () => Promise<unknown> };
}

function Waiting({ query }: WaitingProps): ReactNode {
  const retry = (): void => void query.refetch();
  return query.error === null ? (
    <Loading lines={['medium', 'hero', 'long', 'long']} onRetry={retry} />
  ) : (
    <Trouble error={query.error} onRetry={retry} />
  );
}

function Foot({ me }: { readonly me: MeJson | undefined }): ReactNode {
  const text = useText();
  return (
    <footer className={styles.footer}>
      {me !== undefined && (
        <p className={styles.help}>
          {text('shell.contract', { contract: me.contract })}
          {' · '}
          {text('shell.support', { support: me.company.support })}
        </p>
      )}
      <AppearanceSwitches />
    </footer>
  );
}
