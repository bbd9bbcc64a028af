import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AccountJson } from '../../http/contract/account-json.ts';
import { latestQuery } from '../api/queries.ts';
import { DayCards } from '../history/day-cards.tsx';
import { groupByDay } from '../history/day-groups.ts';
import { useTimeZone } from '../i18n/use-moments.ts';
import { useText } from '../i18n/text.ts';
import { useFallbackPoll } from '../live/live-provider.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loading } from '../parts/loading.tsx';
import { Sheet } from '../parts/sheet.tsx';
import { Trouble } from '../parts/trouble.tsx';
import styles from './home.module.css';

const accountsWatched = 6;
const operationsShown = 6;

/** The last few operations of the first accounts, together. New ones slide in by themselves. */
export function LatestOperations({
  accounts,
}: {
  readonly accounts: readonly AccountJson[];
}): ReactNode {
  const text = useText();
  const timeZone = useTimeZone();
  const refetchInterval = useFallbackPoll();
  const watched = accounts.slice(0, accountsWatched);
  const latest = useQueries({
    queries: watched.map(({ id }) => ({ ...latestQuery(id), refetchInterval })),
  });
  const broken = latest.find((query) => query.isError);
  const isWaiting = latest.some((query) => query.isPending && !query.isError);
  const retry = (): void => {
    for (const query of latest) void query.refetch();
  };
  const operations = latest
    .flatMap((query) => query.data?.items ?? [])
    .sort((one, other) => (one.postedAt < other.postedAt ? 1 : -1))
    .slice(0, operationsShown);

  return (
    <Sheet labelledBy="latest">
      <div className={styles.latestTitle}>
        <h2 id="latest">{text('home.latest')}</h2>
        <Link to="/operations" className={styles.all ?? ''}>
          {text('home.all-operations')}
        </Link>
      </div>
      {broken !== undefined && <Trouble error={broken.error} onRetry={retry} />}
      {isWaiting && <Loading lines={['long', 'long', 'long']} onRetry={retry} />}
      {operations.length > 0 && (
        <DayCards groups={groupByDay(operations, timeZone, false)} withTotals={false} />
      )}
      {!isWaiting && broken === undefined && operations.length === 0 && (
        <Empty drawing="sheet">
          <p>{text('home.no-operations')}</p>
        </Empty>
      )}
    </Sheet>
  );
}
