/** What the zones tell each other, as plain JSON shapes; the schemas beside the broker check them. */
export interface MoneyMessage {
  readonly minor: string;
  readonly currency: string;
}

/** Event: the inside has a new or changed customer. */
export interface CustomerChanged {
  readonly customerId: string;
  readonly contract: string;
  readonly name: string;
  readonly phone: string;
  readonly email?: string | undefined;
  readonly locale: 'ru' | 'en';
  readonly version: number;
}

export interface OperationMessage {
  readonly id: string;
  readonly postedAt: string;
  readonly kind: string;
  readonly amount: MoneyMessage;
  readonly description: string;
  readonly counterparty?: string | undefined;
  readonly paymentId?: string | undefined;
}

/** Event, and the answer to `ledger.read-account`: an account's figures, and operations that may be new. */
export interface AccountChanged {
  readonly customerId: string;
  readonly accountId: string;
  readonly number: string;
  readonly title: string;
  readonly balance: MoneyMessage;
  readonly openedOn: string;
  readonly asOf: string;
  readonly version: number;
  /** At most `operationsPerMessage`. */
  readonly operations: readonly OperationMessage[];
}
export const operationsPerMessage = 150;

/** A longer name of a provider's is not told. */
export const longestProviderRef = 255;

/** Command: a provider captured a payment for an account. */
export interface RecordPayment {
  readonly paymentId: string;
  readonly accountId: string;
  readonly provider: string;
  /** The provider's own name of the payment: one capture is booked for it, whatever our ids are. */
  readonly providerRef?: string | undefined;
  readonly method: string;
  /** What the account is credited. */
  readonly amount: MoneyMessage;
  /** What was taken from the payer, where that is not the same: a fee on top, another currency. */
  readonly captured?: MoneyMessage | undefined;
  /** What the provider kept of it. */
  readonly providerFee?: MoneyMessage | undefined;
  readonly paidAt: string;
}

/** Command: a provider paid money back, or a refund it had paid came back. */
export interface RecordRefund {
  readonly refundId: string;
  readonly paymentId: string;
  readonly accountId: string;
  readonly provider: string;
  readonly kind: 'debit' | 'reversal';
  /** What the account is debited. */
  readonly amount: MoneyMessage;
  /** What the payer gets, in the currency that was taken. */
  readonly returned: MoneyMessage;
  readonly at: string;
}

/** Query: how does an account stand now? */
export interface ReadAccount {
  readonly accountId: string;
}

/** Limits of one operation: cost per second, and requests at once. */
export interface LimitsMessage {
  readonly rate: { readonly perSecond: number; readonly burst: number };
  readonly concurrency: number;
}

/** Control: the share of one gateway in what the inside grants. */
export interface BudgetGranted {
  /** The gateways the inside hears. */
  readonly gateways: readonly string[];
  readonly grants: readonly (LimitsMessage & {
    readonly operation: string;
    readonly seq: number;
    readonly cost: number;
    readonly mode: 'open' | 'throttle' | 'drain' | 'closed';
    readonly customer: LimitsMessage['rate'];
    readonly expiresAt: string;
    readonly safe: LimitsMessage;
  })[];
}

/** Beat: a gateway is there, and how its budgets stand. */
export interface GatewayBeat {
  readonly instance: string;
  readonly startedAt: string;
  readonly budgets: readonly (LimitsMessage & {
    readonly operation: string;
    readonly seq: number;
    readonly expiresAt: string;
    readonly underWay: number;
    readonly waiting: number;
    /** Since it started. */
    readonly passed: number;
    readonly busy: number;
  })[];
}
