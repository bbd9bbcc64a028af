import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import type { AccountJson } from '../../http/contract/account-json.ts';
import type { MoneyJson } from '../../http/contract/money-json.ts';
import { accountsQuery } from '../api/queries.ts';
import { useText } from '../i18n/text.ts';
import { compareMoney } from '../money/money-sum.ts';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Column, Sheet } from '../parts/sheet.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { newPaymentKey } from './payment-key.ts';
import { PaySheet } from './pay-sheet.tsx';

/** Sum, method, check: one sheet that grows as each is settled. */
export function PayPage(): ReactNode {
  const text = useText();
  const { account: wanted, sum } = useSearch({ from: '/customer/pay' });
  const [opened] = useState(() => newPaymentKey(() => crypto.randomUUID()));
  const paymentKey = useRef(opened);
  const accounts = useQuery(accountsQuery);
  const retry = (): void => void accounts.refetch();
  const list = accounts.data?.items;
  const chosen = list?.find(({ id }) => id === wanted) ?? mostDue(list ?? []);
  return (
    <Column>
      <PageHeading title={text('pay.title')}>{text('pay.title')}</PageHeading>
      <Sheet>
        {accounts.isError && <Trouble error={accounts.error} onRetry={retry} />}
        {accounts.isPending && <Loading lines={['short', 'hero', 'medium']} onRetry={retry} />}
        {list !== undefined && chosen === undefined && (
          <Empty drawing="envelope">
            <p>{text('home.no-accounts')}</p>
          </Empty>
        )}
        {list !== undefined && chosen !== undefined && (
          <PaySheet
            key={chosen.id}
            account={chosen}
            accounts={list}
            startSum={startSum(sum, chosen)}
            paymentKey={paymentKey}
          />
        )}
      </Sheet>
    </Column>
  );
}

function startSum(minor: string | undefined, account: AccountJson): MoneyJson | undefined {
  const isSum = minor !== undefined && /^[1-9]\d{0,17}$/u.test(minor);
  return isSum ? { minor, currency: account.due.currency } : undefined;
}

function mostDue(accounts: readonly AccountJson[]): AccountJson | undefined {
  const [first, ...others] = accounts;
  return first === undefined ? undefined : others.reduce(largerDue, first);
}

// Sums of different currencies cannot be compared; then the first account stands.
function largerDue(one: AccountJson, other: AccountJson): AccountJson {
  const isComparable = one.due.currency === other.due.currency;
  return isComparable && compareMoney(other.due, one.due) > 0 ? other : one;
}
