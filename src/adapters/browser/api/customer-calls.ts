import type { AccountJson } from '../../http/contract/account-json.ts';
import type { MoneyJson } from '../../http/contract/money-json.ts';
import type { PaymentJson } from '../../http/contract/payment-json.ts';
import { call } from './call.ts';
import { paths, pathWith } from './paths.ts';

/** What is sent to start a payment. */
export interface StartPayment {
  readonly accountId: string;
  readonly amount: MoneyJson;
  readonly method: string;
  /** The payer agrees that the method is remembered. */
  readonly saves?: boolean;
  /** Charged to this remembered method at once. */
  readonly savedMethod?: string;
}

/** Records the wish to pay. The same key never makes a second payment. */
export const startPayment = (body: StartPayment, key: string): Promise<PaymentJson> =>
  call('POST', paths.startPayment, { body, headers: { 'Idempotency-Key': key } });

/** Takes back a payment nobody has paid yet. */
export const cancelPayment = (id: string): Promise<PaymentJson> =>
  call('POST', pathWith(paths.cancelPayment, { id }));

/** Asks the inside for fresh figures of an account. */
export const refreshAccount = (id: string): Promise<AccountJson> =>
  call('POST', pathWith(paths.refreshAccount, { id }));
