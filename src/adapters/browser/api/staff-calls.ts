import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  OddNotificationListJson,
  ReconciliationJson,
  ReconciliationRowJson,
  StaffMethodJson,
} from '../../http/contract/desk-json.ts';
import type { MoneyJson } from '../../http/contract/money-json.ts';
import type {
  RefundJson,
  ReviewEndJson,
  StaffMeJson,
  StaffPaymentJson,
  StaffPaymentPageJson,
} from '../../http/contract/staff-json.ts';
import { call } from './call.ts';
import { pathWith } from './paths.ts';
import { staffPaths } from './staff-paths.ts';

interface Items<Item> {
  readonly items: readonly Item[];
}

export const signInStaff = (body: {
  readonly login: string;
  readonly password: string;
  readonly code: string;
}): Promise<StaffMeJson> => call('POST', staffPaths.signIn, { body });
export const signOutStaff = (): Promise<void> => call('POST', staffPaths.signOut);

export const requestRefund = (
  id: string,
  body: { readonly amount: MoneyJson; readonly reason: string },
  key: string,
): Promise<RefundJson> =>
  call('POST', pathWith(staffPaths.requestRefund, { id }), {
    body,
    headers: { 'Idempotency-Key': key },
  });
export const decideRefund = (id: string, agrees: boolean): Promise<RefundJson> =>
  call('POST', pathWith(staffPaths.decideRefund, { id }), { body: { agrees } });
export const resolveReview = (id: string, as: ReviewEndJson): Promise<StaffPaymentJson> =>
  call('POST', pathWith(staffPaths.resolveReview, { id }), { body: { as } });
export const capturePayment = (id: string, amount: MoneyJson): Promise<StaffPaymentJson> =>
  call('POST', pathWith(staffPaths.capturePayment, { id }), { body: { amount } });
export const releasePayment = (id: string): Promise<StaffPaymentJson> =>
  call('POST', pathWith(staffPaths.releasePayment, { id }));
export const breaksCsvPath = (id: string): string => pathWith(staffPaths.reconciliationCsv, { id });

const read = <Answer>(key: readonly string[], path: string) =>
  queryOptions({
    queryKey: ['staff', ...key],
    queryFn: ({ signal }) => call<Answer>('GET', path, { signal }),
  });

export const staffMeQuery = read<StaffMeJson>(['me'], staffPaths.me);
export const staffPaymentQuery = (id: string) =>
  read<StaffPaymentJson>(['payment', id], pathWith(staffPaths.payment, { id }));
export const waitingRefundsQuery = read<Items<RefundJson>>(
  ['refunds', 'requested'],
  pathWith(staffPaths.refunds, {}, { state: 'requested' }),
);
export const oddNotificationsQuery = read<OddNotificationListJson>(
  ['notifications'],
  staffPaths.notifications,
);
export const reconciliationsQuery = read<Items<ReconciliationRowJson>>(
  ['reconciliations'],
  staffPaths.reconciliations,
);
export const reconciliationQuery = (id: string) =>
  read<ReconciliationJson>(['reconciliation', id], pathWith(staffPaths.reconciliation, { id }));
export const staffMethodsQuery = read<Items<StaffMethodJson>>(['methods'], staffPaths.methods);

/** Payments in a state, page by page. */
export const staffPaymentsQuery = (state: string) =>
  infiniteQueryOptions({
    queryKey: ['staff', 'payments', state],
    queryFn: ({ signal, pageParam }) =>
      call<StaffPaymentPageJson>(
        'GET',
        pathWith(staffPaths.payments, {}, { state, after: pageParam }),
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
  });
