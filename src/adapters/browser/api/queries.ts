import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { StatementMailJson } from '../../http/contract/statement-json.ts';
import type { AccountJson, OperationPageJson } from '../../http/contract/account-json.ts';
import type { PaymentJson, PaymentMethodJson } from '../../http/contract/payment-json.ts';
import type { MeJson } from '../../http/contract/sign-in-json.ts';
import type { OperationFilters } from '../history/operation-filters.ts';
import { call } from './call.ts';
import { paths, pathWith } from './paths.ts';

const operationsPerPage = '30';
const latestPerAccount = '5';

interface Items<Item> {
  readonly items: readonly Item[];
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call<MeJson>('GET', paths.me, { signal }),
  staleTime: 5 * 60_000,
});

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: ({ signal }) => call<Items<AccountJson>>('GET', paths.accounts, { signal }),
});

/** Whether and where statements are sent by e-mail. */
export const statementMailQuery = queryOptions({
  queryKey: ['statement-mail'],
  queryFn: ({ signal }) => call<StatementMailJson>('GET', paths.statementMail, { signal }),
});

export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', id],
    queryFn: ({ signal }) => call<AccountJson>('GET', pathWith(paths.account, { id }), { signal }),
  });

/** The last few operations of an account, for the home page. */
export const latestQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['latest', accountId],
    queryFn: ({ signal }) =>
      call<OperationPageJson>(
        'GET',
        pathWith(paths.operations, { id: accountId }, { limit: latestPerAccount }),
        { signal },
      ),
  });

/** The history page by page, newest first; the cursor of a page comes with the page before. */
export const operationsQuery = (accountId: string, filters: OperationFilters) =>
  infiniteQueryOptions({
    queryKey: ['operations', accountId, filters],
    queryFn: ({ signal, pageParam }) =>
      call<OperationPageJson>(
        'GET',
        pathWith(
          paths.operations,
          { id: accountId },
          { ...filters, after: pageParam, limit: operationsPerPage },
        ),
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
  });

/** Ways to pay; with a sum, priced for it. Frozen quotes come with the payment: what is shown here is fresh, no more. */
export const paymentMethodsQuery = (accountId: string, amount?: string) =>
  queryOptions({
    queryKey: ['payment-methods', accountId, amount],
    queryFn: ({ signal }) =>
      call<Items<PaymentMethodJson>>(
        'GET',
        pathWith(paths.paymentMethods, {}, { accountId, amount }),
        { signal },
      ),
    staleTime: 60_000,
  });

export const paymentQuery = (id: string) =>
  queryOptions({
    queryKey: ['payment', id],
    queryFn: ({ signal }) => call<PaymentJson>('GET', pathWith(paths.payment, { id }), { signal }),
  });
