import type { LedgerEvent, LedgerEventType } from './ledger-event.ts';
import { captureKey, refundKey } from './posting-rules.ts';

/** What has to be known, and kept still, before an event can be decided. */
export interface Asked {
  /** The key of the event's first entry: the event has one effect. */
  readonly key: string;
  /** The number of the customer's account it touches. */
  readonly account: string | undefined;
  /** The entry it is about; that one and all that belong to it are read. */
  readonly family: string | undefined;
}

export const chargeKey = (invoiceId: string): string => `charge:${invoiceId}`;
export const refundRequestKey = (refundId: string): string => `refund-req:${refundId}`;
export const chargebackKey = (provider: string, caseId: string): string =>
  `cb:${provider}:${caseId}`;

const keys: { readonly [Type in LedgerEventType]: (event: Of<Type>) => string } = {
  'charge-raised': ({ invoiceId }) => chargeKey(invoiceId),
  'charge-cancelled': ({ invoiceId }) => `charge-cancel:${invoiceId}`,
  'payment-captured': ({ provider, paymentId }) => captureKey(provider, paymentId),
  'fee-known': ({ provider, paymentId }) => `fee:${provider}:${paymentId}`,
  'fee-corrected': ({ registryId, line }) => `fee-adj:${registryId}:${String(line)}`,
  settled: ({ provider, batchId }) => `settle:${provider}:${batchId}`,
  'reserve-withheld': ({ provider, batchId }) => `reserve:${provider}:${batchId}`,
  'reserve-released': ({ provider, batchId }) => `reserve-release:${provider}:${batchId}`,
  'refund-requested': ({ refundId }) => refundRequestKey(refundId),
  'refund-confirmed': ({ provider, refundId }) => refundKey(provider, refundId),
  'refund-failed': ({ refundId }) => `refund-fail:${refundId}`,
  'chargeback-opened': ({ provider, caseId }) => chargebackKey(provider, caseId),
  'chargeback-lost': ({ caseId }) => `cb-lost:${caseId}`,
  'chargeback-won': ({ caseId }) => `cb-won:${caseId}`,
  'owner-found': ({ caseId }) => `ident:${caseId}`,
  'owner-never-found': ({ caseId }) => `suspense-refund:${caseId}`,
  'difference-tolerated': ({ caseId }) => `diff:${caseId}`,
  converted: ({ id }) => `fx:${id}`,
  'entry-reversed': ({ key }) => `rev:${key}`,
};
type Of<Type extends LedgerEventType> = Extract<LedgerEvent, { readonly type: Type }>;

/** The key under which an event has its one effect. */
export const keyOf = (event: LedgerEvent): string =>
  (keys[event.type] as (of: LedgerEvent) => string)(event);

/** What an event needs to be decided. */
export const askedBy = (event: LedgerEvent): Asked => ({
  key: keyOf(event),
  account: 'account' in event ? event.account : undefined,
  family: familyOf(event),
});

function familyOf(event: LedgerEvent): string | undefined {
  switch (event.type) {
    case 'charge-cancelled':
      return chargeKey(event.invoiceId);
    case 'refund-requested':
      return captureKey(event.provider, event.paymentId);
    case 'refund-failed':
      return refundRequestKey(event.refundId);
    case 'entry-reversed':
      return event.key;
    default:
      return undefined;
  }
}
