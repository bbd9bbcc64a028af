import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AccountJson } from '../../http/contract/account-json.ts';
import { refreshAccount } from '../api/customer-calls.ts';
import { Problem } from '../api/problem.ts';
import { problemText } from '../api/problem-text.ts';
import { accountQuery, accountsQuery } from '../api/queries.ts';
import { useText } from '../i18n/text.ts';
import { withAccount } from '../live/live-cache.ts';
import { useFallbackPoll } from '../live/live-provider.tsx';
import { isPositive } from '../money/money-sum.ts';
import { Amount } from '../parts/amount.tsx';
import { AsOf } from '../parts/as-of.tsx';
import { Button, buttonClass } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Loading } from '../parts/loading.tsx';
import { Notice } from '../parts/notice.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Column, Sheet } from '../parts/sheet.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { NotFound } from '../shell/lost-pages.tsx';
import styles from './account.module.css';
import { History } from './history.tsx';
import { StatementForm } from './statement-form.tsx';

/** One account: its figures with their time, and everything that happened on it. */
export function AccountPage(): ReactNode {
  const text = useText();
  const navigate = useNavigate();
  const { id } = useParams({ from: '/customer/accounts/$id' });
  const filters = useSearch({ from: '/customer/accounts/$id' });
  const account = useQuery({ ...accountQuery(id), refetchInterval: useFallbackPoll() });
  const retry = (): void => void account.refetch();

  if (isNotThere(account.error)) return <NotFound />;
  return (
    <Column>
      <PageHeading title={account.data?.title ?? text('account.word')}>
        {account.data?.title ?? text('account.word')}
      </PageHeading>
      {account.isError && <Trouble error={account.error} onRetry={retry} />}
      {account.isPending && (
        <Sheet>
          <Loading lines={['short', 'hero', 'medium']} onRetry={retry} />
        </Sheet>
      )}
      {account.data !== undefined && <Figures account={account.data} />}
      {account.data !== undefined && <StatementForm accountId={id} />}
      <Sheet labelledBy="history">
        <h2 id="history">{text('history.title')}</h2>
        <History
          accountId={id}
          filters={filters}
          onFilter={(wanted) => {
            void navigate({
              to: '/accounts/$id',
              params: { id },
              search: wanted,
              replace: true,
              resetScroll: false,
            });
          }}
        />
      </Sheet>
    </Column>
  );
}

function Figures({ account }: { readonly account: AccountJson }): ReactNode {
  const text = useText();
  const owes = isPositive(account.due);
  return (
    <Sheet>
      <p className={styles.number}>
        {text('account.word')} {account.number}
      </p>
      <div className={styles.figures}>
        <div>
          <p className={styles.caption}>{text(owes ? 'home.due' : 'account.balance')}</p>
          <p>
            <Amount money={owes ? account.due : account.balance} size="hero" />
          </p>
        </div>
        <Link
          to="/pay"
          search={{ account: account.id }}
          className={`${buttonClass(owes ? 'main' : 'plain')} ${styles.pay}`}
        >
          {text(owes ? 'home.pay' : 'home.top-up')}
        </Link>
      </div>
      {owes && (
        <p className={styles.caption}>
          {text('account.balance')} <Amount money={account.balance} />
        </p>
      )}
      <RefreshLine account={account} />
    </Sheet>
  );
}

function RefreshLine({ account }: { readonly account: AccountJson }): ReactNode {
  const text = useText();
  const client = useQueryClient();
  const refreshing = useMutation({
    mutationFn: () => refreshAccount(account.id),
    onSuccess: (fresh) => {
      client.setQueryData(accountQuery(fresh.id).queryKey, fresh);
      client.setQueryData(accountsQuery.queryKey, (known) => known && withAccount(known, fresh));
    },
  });
  const problem = refreshing.isError ? problemText(refreshing.error) : undefined;
  return (
    <>
      <div className={styles.refresh}>
        <AsOf instant={account.asOf} />
        <Button
          look="quiet"
          onPress={refreshing.mutate}
          busyText={refreshing.isPending ? text('account.refreshing') : undefined}
        >
          <Icon name="refresh" />
          {text('account.refresh')}
        </Button>
      </div>
      {problem !== undefined && (
        <div role="alert">
          <Notice look="warn">{text(problem.id, problem.values)}</Notice>
        </div>
      )}
    </>
  );
}

function isNotThere(error: unknown): boolean {
  return error instanceof Problem && (error.status === 404 || error.reason === 'account-unknown');
}
