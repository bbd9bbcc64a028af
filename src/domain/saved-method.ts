import type { CustomerId, PaymentId, SavedMethodId } from './ids.ts';
import type { Instant } from './time.ts';

/** A payment method a provider remembers for a customer who agreed to it; its token is kept sealed, elsewhere. */
export interface SavedMethod {
  readonly id: SavedMethodId;
  readonly customerId: CustomerId;
  readonly provider: string;
  readonly method: string;
  /** Words to tell it by: `YooMoney wallet •••• 4477`. */
  readonly title: string;
  /** The payment it was remembered with. */
  readonly paymentId: PaymentId;
  readonly createdAt: Instant;
}
