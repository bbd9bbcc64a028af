import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { accountsQuery } from '../api/queries.ts';
import { useText } from '../i18n/text.ts';
import { SpokenHeading } from '../parts/announcer.tsx';
import { Choice } from '../parts/choice.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Column, Sheet } from '../parts/sheet.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { History } from './history.tsx';
import type { OperationFilters } from './operation-filters.ts';

/** The history of one account at a time; account and filters live in the address. */
export function OperationsPage(): ReactNode {
  const text = useText();
  const navigate = useNavigate();
  const { account, ...filters } = useSearch({ from: '/customer/operations' });
  const accounts = useQuery(accountsQuery);
  const list = accounts.data?.items ?? [];
  const shown = list.find(({ id }) => id === account) ?? list[0];
  const show = (accountId: string | undefined, wanted: OperationFilters): void => {
    void navigate({
      to: '/operations',
      search: { account: accountId, ...wanted },
      replace: true,
      resetScroll: false,
    });
  };
  return (
    <Column>
      <PageHeading title={text('history.title')}>{text('history.title')}</PageHeading>
      <Sheet>
        <SpokenHeading>{text('shell.operations')}</SpokenHeading>
        {accounts.isError && <Trouble error={accounts.error} />}
        {accounts.isPending && <Loading lines={['medium', 'long', 'long', 'long']} />}
        {accounts.isSuccess && shown === undefined && (
          <Empty drawing="envelope">
            <p>{text('home.no-accounts')}</p>
          </Empty>
        )}
        {list.length > 1 && shown !== undefined && (
          <Choice
            label={text('account.word')}
            value={shown.id}
            options={list.map(({ id, number, title }) => ({
              value: id,
              title: `${title} · ${number}`,
            }))}
            onChange={(id) => {
              show(id, filters);
            }}
          />
        )}
        {shown !== undefined && (
          <History
            accountId={shown.id}
            filters={filters}
            onFilter={(wanted) => {
              show(account, wanted);
            }}
          />
        )}
      </Sheet>
    </Column>
  );
}
