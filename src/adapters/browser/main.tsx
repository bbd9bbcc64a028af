import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { makeQueryClient } from './api/query-client.ts';
import { showIn } from './i18n/catalogue.ts';
import { firstLocale } from './i18n/locale.ts';
import { ReactAriaLocale } from './i18n/react-aria-locale.tsx';
import { router } from './router.tsx';
import './styles/global.css';

/** Anything that answers "not signed in" leads to the sign-in page, and from there back again. */
function askToSignIn(): void {
  const { pathname, href } = router.state.location;
  if (pathname.startsWith('/sign-in') || pathname.startsWith('/staff/sign-in')) return;
  client.clear();
  if (pathname.startsWith('/staff')) {
    void router.navigate({ to: '/staff/sign-in', search: { to: href } });
    return;
  }
  void router.navigate({ to: '/sign-in', search: { to: href === '/' ? undefined : href } });
}

const client = makeQueryClient(askToSignIn);
const place = document.getElementById('app');
if (place === null) throw new Error('the page has no element with the id "app"');

await showIn(firstLocale());
createRoot(place).render(
  <I18nProvider i18n={i18n}>
    <ReactAriaLocale>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ReactAriaLocale>
  </I18nProvider>,
);
