import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { StaffMethodJson } from '../../http/contract/desk-json.ts';
import { staffMethodsQuery } from '../api/staff-calls.ts';
import { intlLocale } from '../i18n/locale.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { moneyText } from '../money/money-text.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { Queue } from './staff-table.tsx';
import styles from './staff.module.css';

const stateWords = {
  on: 'staff.method.on',
  off: 'staff.method.off',
  'no-provider': 'staff.method.no-provider',
} as const;
const providerWords = {
  answers: 'staff.provider.answers',
  rests: 'staff.provider.rests',
  off: 'staff.provider.off',
} as const;

/** Every way to pay that is set up, whether payers see it, and why not. */
export function MethodsPage(): ReactNode {
  const text = useText();
  const locale = useLocale();
  const query = useQuery(staffMethodsQuery);
  return (
    <div className={styles.page}>
      <PageHeading title={text('staff.methods')}>{text('staff.methods')}</PageHeading>
      <Queue
        title={text('staff.methods.all')}
        query={query}
        empty={text('staff.no-methods')}
        columns={[text('staff.method'), text('staff.method.shown'), text('staff.routes')]}
        rows={(query.data?.items ?? []).map((method) => ({
          id: method.method,
          cells: [
            method.title[locale],
            <span key="state" className={method.state === 'on' ? styles.on : ''}>
              {text(stateWords[method.state])} {method.why?.[locale]}
            </span>,
            <Routes key="routes" routes={method.routes} />,
          ],
        }))}
      />
    </div>
  );
}

function Routes({ routes }: { readonly routes: StaffMethodJson['routes'] }): ReactNode {
  const text = useText();
  const tag = intlLocale[useLocale()];
  return (
    <ul>
      {routes.map((to) => (
        <li key={`${to.provider} ${to.min.currency} ${to.min.minor}`}>
          {to.provider}
          {to.as !== undefined && ` (${to.as})`}: {moneyText(to.min, tag)} –{' '}
          {moneyText(to.max, tag)}
          {to.converts && `, ${text('staff.converts')}`}
          {to.holds && `, ${text('staff.holds')}`},{' '}
          <span className={to.provides === 'answers' ? '' : styles.bad}>
            {text(providerWords[to.provides])}
          </span>
        </li>
      ))}
    </ul>
  );
}
