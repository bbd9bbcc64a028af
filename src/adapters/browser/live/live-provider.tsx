import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import type { LiveOperationJson } from '../../http/contract/account-json.ts';
import { paths } from '../api/paths.ts';
import { accountQuery, accountsQuery, latestQuery, operationsQuery } from '../api/queries.ts';
import { intlLocale } from '../i18n/locale.ts';
import { useLocale, useText } from '../i18n/text.ts';
import { moneyText } from '../money/money-text.ts';
import { Announcer } from '../parts/announcer.tsx';
import {
  newerAccount,
  readLiveOperation,
  readLivePaymentId,
  withAccount,
  withOperation,
  withOperationInPages,
} from './live-cache.ts';
import { type LiveEventName, type LiveState, openLive } from './live-connection.ts';
import { makeLiveNews } from './live-news.ts';

const news = makeLiveNews();
const LiveContext = createContext<LiveState>('connecting');
const pollWhileDownMs = 15_000;

/** Whether news arrive by themselves at the moment. */
export const useLiveState = (): LiveState => useContext(LiveContext);

/** How often to ask instead, while they do not. */
export function useFallbackPoll(): number | false {
  return useLiveState() === 'down' ? pollWhileDownMs : false;
}

/** Tells which operations have just arrived. */
export function useNews(): (operationId: string) => boolean {
  useSyncExternalStore(news.subscribe, news.version);
  return news.isNew;
}

/** Keeps the cached figures of a signed-in customer fresh, and says new operations aloud. */
export function LiveProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const text = useText();
  const locale = useLocale();
  const [state, setState] = useState<LiveState>('connecting');
  const [lastTold, setLastTold] = useState<LiveOperationJson['operation']>();

  useEffect(() => {
    const onEvent = (name: LiveEventName, payload: string): void => {
      const told = applyLiveEvent(client, name, payload);
      if (told === undefined) return;
      news.add(told.id);
      setLastTold(told);
    };
    return openLive(paths.live, { onState: setState, onEvent });
  }, [client]);

  const spoken =
    lastTold === undefined
      ? ''
      : text('live.new-operation', {
          description: lastTold.description,
          sum: moneyText(lastTold.amount, intlLocale[locale], 'always'),
        });
  return (
    <LiveContext.Provider value={state}>
      {children}
      <Announcer text={spoken} />
    </LiveContext.Provider>
  );
}

/** Brings one live event into the cache; answers the operation if it is one the page had not seen. */
function applyLiveEvent(
  client: QueryClient,
  name: LiveEventName,
  payload: string,
): LiveOperationJson['operation'] | undefined {
  if (name === 'reset') {
    void client.invalidateQueries();
    return undefined;
  }
  if (name === 'payment') {
    const paymentId = readLivePaymentId(payload);
    if (paymentId !== undefined) {
      void client.invalidateQueries({ queryKey: ['payment', paymentId] });
    }
    return undefined;
  }
  const event = readLiveOperation(payload);
  if (event === undefined) return undefined;
  patchOperation(client, event);
  return event.operation;
}

function patchOperation(client: QueryClient, { operation, account }: LiveOperationJson): void {
  client.setQueryData(accountsQuery.queryKey, (known) => known && withAccount(known, account));
  client.setQueryData(
    accountQuery(account.id).queryKey,
    (known) => known && newerAccount(known, account),
  );
  client.setQueryData(
    latestQuery(account.id).queryKey,
    (known) => known && withOperation(known, operation),
  );
  client.setQueryData(
    operationsQuery(account.id, {}).queryKey,
    (known) => known && withOperationInPages(known, operation),
  );
  // Filtered histories: only the server knows whether the operation belongs there.
  void client.invalidateQueries({
    queryKey: ['operations', account.id],
    predicate: ({ queryKey }) => Object.keys(queryKey[2] ?? {}).length > 0,
  });
  if (operation.paymentId !== undefined) {
    void client.invalidateQueries({ queryKey: ['payment', operation.paymentId] });
  }
}
