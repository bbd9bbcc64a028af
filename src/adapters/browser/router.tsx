import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { type OperationFilters, readFilters } from './history/operation-filters.ts';
import { readSearch, textParam, writeSearch } from './search-params.ts';
import { BrokenPage, NotFoundPage } from './shell/lost-pages.tsx';
import { PlainShell } from './shell/plain-shell.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';

type Search = Readonly<Record<string, unknown>>;
interface ReturnTo {
  readonly to?: string | undefined;
}
interface AccountFilters extends OperationFilters {
  readonly account?: string | undefined;
}
interface PayFor {
  readonly account?: string | undefined;
  /** A sum to start with, in smallest units: trying a failed payment again keeps its sum. */
  readonly sum?: string | undefined;
}

const root = createRootRoute({ notFoundComponent: NotFoundPage });

const publicPages = createRoute({
  getParentRoute: () => root,
  id: 'public',
  component: PlainShell,
});
const customerPages = createRoute({
  getParentRoute: () => root,
  id: 'customer',
  component: lazyRouteComponent(() => import('./shell/customer-shell.tsx'), 'CustomerShell'),
});

const staffPages = createRoute({
  getParentRoute: () => root,
  id: 'staff',
  component: lazyRouteComponent(() => import('./staff/staff-shell.tsx'), 'StaffShell'),
});

const readReturn = (search: Search): ReturnTo => ({ to: textParam(search, 'to') });

const signIn = createRoute({
  getParentRoute: () => publicPages,
  path: '/sign-in',
  validateSearch: readReturn,
  component: SignInPage,
});
const code = createRoute({
  getParentRoute: () => publicPages,
  path: '/sign-in/code',
  validateSearch: readReturn,
  component: lazyRouteComponent(() => import('./sign-in/code-page.tsx'), 'CodePage'),
});
const verify = createRoute({
  getParentRoute: () => publicPages,
  path: '/verify/$code',
  component: lazyRouteComponent(() => import('./receipt/verify-page.tsx'), 'VerifyPage'),
});
const refund = createRoute({
  getParentRoute: () => customerPages,
  path: '/refunds/$id',
  component: lazyRouteComponent(() => import('./receipt/refund-page.tsx'), 'RefundPage'),
});
const home = createRoute({
  getParentRoute: () => customerPages,
  path: '/',
  component: lazyRouteComponent(() => import('./home/home-page.tsx'), 'HomePage'),
});
const account = createRoute({
  getParentRoute: () => customerPages,
  path: '/accounts/$id',
  validateSearch: (search: Search): OperationFilters => readFilters(search),
  component: lazyRouteComponent(() => import('./history/account-page.tsx'), 'AccountPage'),
});
const operations = createRoute({
  getParentRoute: () => customerPages,
  path: '/operations',
  validateSearch: (search: Search): AccountFilters => ({
    account: textParam(search, 'account'),
    ...readFilters(search),
  }),
  component: lazyRouteComponent(() => import('./history/operations-page.tsx'), 'OperationsPage'),
});
const pay = createRoute({
  getParentRoute: () => customerPages,
  path: '/pay',
  validateSearch: (search: Search): PayFor => ({
    account: textParam(search, 'account'),
    sum: textParam(search, 'sum'),
  }),
  component: lazyRouteComponent(() => import('./payment/pay-page.tsx'), 'PayPage'),
});
const payment = createRoute({
  getParentRoute: () => customerPages,
  path: '/payments/$id',
  component: lazyRouteComponent(() => import('./payment/result-page.tsx'), 'ResultPage'),
});

const autopay = createRoute({
  getParentRoute: () => customerPages,
  path: '/autopay',
  component: lazyRouteComponent(() => import('./autopay/autopay-page.tsx'), 'AutoPayPage'),
});

const staffSignIn = createRoute({
  getParentRoute: () => publicPages,
  path: '/staff/sign-in',
  validateSearch: readReturn,
  component: lazyRouteComponent(() => import('./staff/staff-sign-in-page.tsx'), 'StaffSignInPage'),
});
const desk = createRoute({
  getParentRoute: () => staffPages,
  path: '/staff',
  component: lazyRouteComponent(() => import('./staff/desk-page.tsx'), 'DeskPage'),
});
const staffPayment = createRoute({
  getParentRoute: () => staffPages,
  path: '/staff/payments/$id',
  component: lazyRouteComponent(() => import('./staff/payment-page.tsx'), 'StaffPaymentPage'),
});
const reconciliation = createRoute({
  getParentRoute: () => staffPages,
  path: '/staff/reconciliation',
  component: lazyRouteComponent(
    () => import('./staff/reconciliation-page.tsx'),
    'ReconciliationPage',
  ),
});
const reconciliationRun = createRoute({
  getParentRoute: () => staffPages,
  path: '/staff/reconciliation/$id',
  component: lazyRouteComponent(
    () => import('./staff/reconciliation-run-page.tsx'),
    'ReconciliationRunPage',
  ),
});
const methods = createRoute({
  getParentRoute: () => staffPages,
  path: '/staff/methods',
  component: lazyRouteComponent(() => import('./staff/methods-page.tsx'), 'MethodsPage'),
});

const pages = root.addChildren([
  publicPages.addChildren([signIn, code, verify, staffSignIn]),
  staffPages.addChildren([desk, staffPayment, reconciliation, reconciliationRun, methods]),
  customerPages.addChildren([home, refund, account, operations, pay, payment, autopay]),
]);

/** Every page by its address. Pages behind sign-in are loaded when first opened. */
export const router = createRouter({
  routeTree: pages,
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultErrorComponent: BrokenPage,
  defaultNotFoundComponent: NotFoundPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
