import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useSyncExternalStore } from 'react';
import { operationsQuery } from '../api/queries.ts';
import { useText } from '../i18n/text.ts';
import { useTimeZone } from '../i18n/use-moments.ts';
import { useFallbackPoll } from '../live/live-provider.tsx';
import { Announcer } from '../parts/announcer.tsx';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { DayCards } from './day-cards.tsx';
import { groupByDay } from './day-groups.ts';
import { DayTable } from './day-table.tsx';
import { ExportButtons } from './export-buttons.tsx';
import { FilterBar } from './filter-bar.tsx';
import styles from './history.module.css';
import { isFiltered, type OperationFilters } from './operation-filters.ts';

interface HistoryProps {
  readonly accountId: string;
  readonly filters: OperationFilters;
  readonly onFilter: (filters: OperationFilters) => void;
}

/** An account's operations, narrowed by what the address says, thirty at a time. */
export function History({ accountId, filters, onFilter }: HistoryProps): ReactNode {
  const text = useText();
  const timeZone = useTimeZone();
  const history = useInfiniteQuery({
    ...operationsQuery(accountId, filters),
    refetchInterval: useFallbackPoll(),
  });
  const retry = (): void => void history.refetch();
  const operations = history.data?.pages.flatMap((page) => page.items) ?? [];
  const groups = groupByDay(operations, timeZone, history.hasNextPage);
  const isEmpty = history.isSuccess && operations.length === 0;
  const isWide = useWideScreen();

  return (
    <div className={styles.history}>
      <FilterBar filters={filters} onFilter={onFilter} />
      {history.isError && !history.isFetchNextPageError && (
        <Trouble error={history.error} onRetry={retry} />
      )}
      {history.isPending && (
        <Loading lines={['short', 'long', 'long', 'long', 'long']} onRetry={retry} />
      )}
      {isEmpty && <NothingFound filters={filters} onFilter={onFilter} />}
      {operations.length > 0 && <ExportButtons accountId={accountId} filters={filters} />}
      {operations.length > 0 &&
        (isWide ? <DayTable groups={groups} /> : <DayCards groups={groups} withTotals />)}
      {history.isFetchNextPageError && <Trouble error={history.error} />}
      {history.hasNextPage && (
        <Button
          onPress={() => void history.fetchNextPage()}
          busyText={history.isFetchingNextPage ? text('history.loading-more') : undefined}
        >
          {text('history.more')}
        </Button>
      )}
      <Announcer
        text={history.isSuccess ? text('history.shown', { count: operations.length }) : ''}
      />
    </div>
  );
}

function NothingFound({ filters, onFilter }: Omit<HistoryProps, 'accountId'>): ReactNode {
  const text = useText();
  if (!isFiltered(filters)) {
    return (
      <Empty drawing="sheet">
        <p>{text('home.no-operations')}</p>
      </Empty>
    );
  }
  return (
    <Empty drawing="magnifier">
      <p>{text('history.nothing-found')}</p>
      <Button
        onPress={() => {
          onFilter({});
        }}
      >
        {text('filter.clear')}
      </Button>
    </Empty>
  );
}

const wide = '(min-width: 768px)';

function useWideScreen(): boolean {
  return useSyncExternalStore(watchWidth, () => matchMedia(wide).matches);
}

function watchWidth(listener: () => void): () => void {
  const query = matchMedia(wide);
  query.addEventListener('change', listener);
  return () => {
    query.removeEventListener('change', listener);
  };
}
