import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { PaymentJson } from '../../http/contract/payment-json.ts';
import { accountsQuery, paymentQuery } from '../api/queries.ts';
import { useLiveState } from '../live/live-provider.tsx';
import { isSettled } from './payment-view.ts';
import { pollDelayMs, redirectPollDelayMs } from './poll-delay.ts';

const longAfterMs = 60_000;
const calmPollMs = 15_000;
const watchPostingMs = 10 * 60_000;

export interface WatchedPayment {
  readonly payment: PaymentJson | undefined;
  /** When the server was last asked, in milliseconds. */
  readonly checkedAt: number;
  /** A minute has passed without an outcome. */
  readonly isLong: boolean;
  readonly query: UseQueryResult<PaymentJson>;
}

/**
 * Follows a payment until nothing more can happen. News come through the live stream; while it is
 * down we ask by ourselves after 2, 4, 8 and then every 15 s. With the stream up we still ask now
 * and then, because an outcome must not hang on one connection.
 */
export function useWatchedPayment(id: string, isLeaving: boolean): WatchedPayment {
  const client = useQueryClient();
  const isLive = useLiveState() === 'live';
  const [openedAt] = useState(() => Date.now());
  const isLong = useAfter(longAfterMs);
  const query = useQuery({
    ...paymentQuery(id),
    staleTime: 0,
    refetchIntervalInBackground: false,
    refetchInterval: ({ state }) => {
      const payment = state.data;
      if (payment !== undefined && isOver(payment, openedAt)) return false;
      const asked = Math.max(0, state.dataUpdateCount + state.errorUpdateCount - 1);
      if (isLeaving) return redirectPollDelayMs(asked);
      return isLive ? calmPollMs : pollDelayMs(asked);
    },
  });
  const state = query.data?.state;
  useEffect(() => {
    // Paid: the balance will change soon, so what other pages show is no longer fresh.
    if (state === 'succeeded') void client.invalidateQueries({ queryKey: accountsQuery.queryKey });
  }, [client, state]);
  return {
    payment: query.data,
    checkedAt: Math.max(query.dataUpdatedAt, query.errorUpdatedAt),
    isLong,
    query,
  };
}

// A paid sum comes back from the books a little later; we wait for that too, but not for ever.
function isOver(payment: PaymentJson, openedAt: number): boolean {
  if (!isSettled(payment)) return false;
  const isPosting = payment.state === 'succeeded' && payment.operationId === undefined;
  return !isPosting || Date.now() - openedAt > watchPostingMs;
}

function useAfter(delayMs: number): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(setOver, delayMs, true);
    return () => {
      clearTimeout(timer);
    };
  }, [delayMs]);
  return isOver;
}
