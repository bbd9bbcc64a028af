declare const brand: unique symbol;
/** A type that is told apart by its name: a CustomerId does not fit where a PaymentId is asked. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };

/** Pseudonymous: made by the inside, never the contract number. */
export type CustomerId = Brand<string, 'CustomerId'>;
export type AccountId = Brand<string, 'AccountId'>;
export type OperationId = Brand<string, 'OperationId'>;
/** Made before the first save; also the idempotency key at the provider. */
export type PaymentId = Brand<string, 'PaymentId'>;
/** A payment method a provider remembers for a customer. */
export type SavedMethodId = Brand<string, 'SavedMethodId'>;
/** One agreement to auto-pay; its words are kept for ever. */
export type ConsentId = Brand<string, 'ConsentId'>;
export type RefundId = Brand<string, 'RefundId'>;
export type StaffId = Brand<string, 'StaffId'>;
export type AttemptId = Brand<string, 'AttemptId'>;
export type CodeId = Brand<string, 'CodeId'>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Tells whether a text can be one of our ids: a UUID in lower case. */
export const isId = (text: string): boolean => uuid.test(text);
