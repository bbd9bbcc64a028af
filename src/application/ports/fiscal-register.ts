import type { FiscalData } from '../../domain/fiscal/fiscal-facts.ts';
import type { FiscalOrder } from '../../domain/fiscal/fiscal-order.ts';

export type FiscalAnswer =
  /** It has the order and no receipt yet. */
  | { readonly tag: 'pending' }
  | { readonly tag: 'registered'; readonly data: FiscalData }
  /** It never will: people must look. */
  | { readonly tag: 'refused'; readonly why: string }
  /** Nobody knows whether the order arrived. */
  | { readonly tag: 'unknown'; readonly why: string };

/**
 * A cash register, or a service that has some. Promises, proved by test/contracts/fiscal-register.test.ts:
 * - orders with one key make one fiscal document, however often and through whatever trouble they are given;
 * - giving an order again is asking about it;
 * - silence and broken answers are `unknown`, never `refused`.
 */
export interface FiscalRegister {
  register(order: FiscalOrder): Promise<FiscalAnswer>;
}
