import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { AppearanceSwitches } from './appearance-switches.tsx';
import { CompanyMark } from './company-mark.tsx';
import { companyLogo, companyName } from './company-name.ts';
import { OfflineBanner } from './offline-banner.tsx';
import styles from './shell.module.css';
import { SkipLink } from './skip-link.tsx';

/** Pages anyone may see: one sheet alone on the paper. */
export function PlainShell({ children }: { readonly children?: ReactNode }): ReactNode {
  const text = useText();
  return (
    <div className={styles.plain}>
      <SkipLink />
      <OfflineBanner />
      <header className={styles.plainHeader}>
        <CompanyMark logo={companyLogo()} place="header" />
        <span className={styles.brand}>{companyName() ?? text('shell.name')}</span>
      </header>
      <main id="main" tabIndex={-1} className={styles.plainMain}>
        {children ?? <Outlet />}
      </main>
      <footer className={styles.footer}>
        <AppearanceSwitches />
      </footer>
    </div>
  );
}
