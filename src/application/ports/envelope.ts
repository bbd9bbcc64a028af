import type { AccountId, CustomerId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** The closed list of what may be said between the zones. */
export const messageTypes = [
  'ledger.record-payment',
  'ledger.record-refund',
  'ledger.read-account',
  'ledger.customer-changed',
  'ledger.account-changed',
  'gateway.budget-granted',
  'gateway.beat',
  'gateway.canaries-listed',
  'gateway.report-edge',
  'gateway.keys-announced',
] as const;
export type MessageType = (typeof messageTypes)[number];

/** Query: transient. Command: once. Event: from the inside, at least once. Reply: to a query. Control: from the inside to the gateway. Beat: from a gateway to the inside. */
export type MessageClass = 'query' | 'command' | 'event' | 'reply' | 'control' | 'beat';

export type ReplyStatus = 'OK' | 'BUSY' | 'NOT_FOUND' | 'INVALID' | 'EXPIRED' | 'INTERNAL';

/** Most accounts an assertion names; a customer with more gets one that names the account asked about. */
export const accountsPerAssertion = 64;

/** Who a query is asked for, as the portal's sign-in part signed it. */
export interface CustomerAssertion {
  readonly customerId: CustomerId;
  readonly sessionId: string;
  /** How sure it is: a password alone, or a second step with it. */
  readonly level: 'password' | 'second-step';
  readonly authenticatedAt: Instant;
  readonly accounts: readonly AccountId[];
  /** The customer's network: /24 of an IPv4 address, /56 of an IPv6 one. */
  readonly subnet: string;
}

/** Tells what is said between gateway and one neighbour, and never carried on. */
export const isForGateway = (type: MessageType): boolean => type.startsWith('gateway.');

/** The subject of messages that are about no customer. */
export const nobody = '00000000-0000-7000-8000-000000000000' as CustomerId;

/** A message whose signature, form and schema were checked. `data` fits the schema of its type. */
export interface Envelope {
  readonly id: string;
  readonly source: string;
  readonly type: MessageType;
  /** `<type>/<major>.<minor>`: a reply speaks the version of its query. */
  readonly dataschema: string;
  readonly messageClass: MessageClass;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly nonce: string;
  readonly subject: CustomerId;
  readonly correlationId: string;
  /** The message it is sent again for; commands and events only. */
  readonly causationId?: string;
  /** Queries only: the assertion as it was sent, which nobody has looked at yet. */
  readonly assertionToken: string | undefined;
  /** Queries only, once the gateway has checked it. */
  readonly assertion: CustomerAssertion | undefined;
  /** Commands only. */
  readonly idempotencyKey: string | undefined;
  /** Replies only. */
  readonly status: ReplyStatus | undefined;
  readonly retryAfterMs: number | undefined;
  readonly data: unknown;
  /** The gateway that carried it here; undefined where its author said it. */
  readonly carriedBy: string | undefined;
}
