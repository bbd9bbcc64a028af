import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { accountsQuery } from '../api/queries.ts';
import { useText } from '../i18n/text.ts';
import { useFallbackPoll } from '../live/live-provider.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Column, Sheet } from '../parts/sheet.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { AccountList } from './account-list.tsx';
import { DueCard } from './due-card.tsx';
import { LatestOperations } from './latest-operations.tsx';
import styles from './home.module.css';

/** One number and one thing to do; below it the accounts and what has just happened. */
export function HomePage(): ReactNode {
  const text = useText();
  const accounts = useQuery({ ...accountsQuery, refetchInterval: useFallbackPoll() });
  const retry = (): void => void accounts.refetch();
  const list = accounts.data?.items;
  return (
    <Column>
      <div className={styles.quietHeading}>
        <PageHeading title={text('home.title')}>{text('home.title')}</PageHeading>
      </div>
      {accounts.isError && <Trouble error={accounts.error} onRetry={retry} />}
      {list === undefined && !accounts.isError && (
        <Sheet>
          <Loading lines={['short', 'hero', 'long', 'long']} onRetry={retry} />
        </Sheet>
      )}
      {list !== undefined && list.length === 0 && (
        <Sheet>
          <Empty drawing="envelope">
            <p>{text('home.no-accounts')}</p>
          </Empty>
        </Sheet>
      )}
      {list !== undefined && list.length > 0 && (
        <>
          <DueCard accounts={list} />
          <AccountList accounts={list} />
          <LatestOperations accounts={list} />
        </>
      )}
    </Column>
  );
}
