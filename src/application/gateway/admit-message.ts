import type { AccountId } from '../../domain/ids.ts';
import type { DetectorCode } from '../../domain/protection/detector.ts';
import type { NonceWindow } from '../../domain/protection/nonce-window.ts';
import { ok, refused, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommandInbox } from '../ports/command-inbox.ts';
import type { Envelope, MessageClass, MessageType } from '../ports/envelope.ts';
import type { OwnershipStore } from '../ports/ownership-store.ts';

export interface AdmitRequest {
  readonly envelope: Envelope;
  /** Digest of type, subject and data: what is asked for, whoever asks and whenever. Commands only. */
  readonly requestHash?: string;
}

export type AdmitRefusal =
  | { readonly reason: 'expired' | 'too-early' | 'not-allowed' | 'issued-before-start' }
  | { readonly reason: 'not-asserted' | 'assertion-expired' }
  | { readonly reason: 'replayed' | 'key-conflict' | 'foreign-object' }
  | { readonly reason: 'over-budget'; readonly retryAfterMs: number }
  /** By the guard that stands before admission. */
  | { readonly reason: 'quarantined' };

/** How far two clocks may be apart. */
export const skewMs = 30_000;
/** Longest life of a query with the skew of both clocks: how long a nonce must be remembered. */
export const nonceSpanMs = 2 * skewMs + 60_000;

/** The closed list of what the portal may ask for. */
const allowed: Readonly<Partial<Record<MessageType, MessageClass>>> = {
  'ledger.read-account': 'query',
  'ledger.record-payment': 'command',
  'ledger.record-refund': 'command',
  'gateway.report-edge': 'query',
};

/** Decides by the rules whether a message from the portal may go inside; cheap questions come first. */
export const admitMessage =
  (ownership: OwnershipStore, inbox: CommandInbox, nonces: NonceWindow, clock: Clock) =>
  async ({ envelope, requestHash }: AdmitRequest): Promise<Result<undefined, AdmitRefusal>> => {
    const now = clock.now();
    const early = timeRefusal(envelope, now);
    if (early !== undefined) return refused(early);
    if (allowed[envelope.type] !== envelope.messageClass) return refused({ reason: 'not-allowed' });

    const spent = await replayRefusal(envelope, requestHash, { inbox, nonces }, now);
    if (spent !== undefined) return refused(spent);
    const isOwn = await owns(envelope, ownership);
    return isOwn ? ok(undefined) : refused({ reason: 'foreign-object' });
  };
export type AdmitMessage = ReturnType<typeof admitMessage>;

const timeRefusal = (envelope: Envelope, now: Instant): AdmitRefusal | undefined => {
  if (envelope.expiresAt + skewMs <= now) return { reason: 'expired' };
  return envelope.issuedAt - skewMs > now ? { reason: 'too-early' } : undefined;
};

/** A command may come twice and has one effect: its key tells. A query may not. */
const replayRefusal = async (
  envelope: Envelope,
  requestHash: string | undefined,
  seen: { readonly inbox: CommandInbox; readonly nonces: NonceWindow },
  now: Instant,
): Promise<AdmitRefusal | undefined> => {
  if (envelope.messageClass === 'command') {
    const { source, idempotencyKey } = envelope;
    if (idempotencyKey === undefined || requestHash === undefined) return { reason: 'not-allowed' };
    const entry = { source, idempotencyKey, requestHash };
    const verdict = await seen.inbox.take(entry, now);
    return verdict === 'conflict' ? { reason: 'key-conflict' } : undefined;
  }
  switch (seen.nonces.see(`${envelope.source} ${envelope.nonce}`, envelope.issuedAt, now)) {
    case 'new':
      return undefined;
    case 'seen':
      return { reason: 'replayed' };
    case 'unknowable':
      return { reason: 'issued-before-start' };
    case 'full':
      return { reason: 'over-budget', retryAfterMs: nonceSpanMs };
  }
};

/**
 * Whether the accounts named in the message are the subject's. A command about an account nobody told of passes:
 * it carries money that was taken already, and the inside keeps what it cannot place in suspense.
 */
const owns = async (envelope: Envelope, ownership: OwnershipStore): Promise<boolean> => {
  const account = accountIn(envelope.data);
  if (account === undefined) return true;
  const owner = await ownership.ownerOf(account, envelope.subject);
  if (owner === undefined) return envelope.messageClass === 'command';
  return owner === envelope.subject;
};

/** The account a message is about. */
export const accountIn = (data: unknown): AccountId | undefined => {
  if (typeof data !== 'object' || data === null || !('accountId' in data)) return undefined;
  return typeof data.accountId === 'string' ? (data.accountId as AccountId) : undefined;
};

/** Which refusals are a sign of an attack, and of which. */
export const detectorOf = (refusal: AdmitRefusal): DetectorCode | undefined => {
  switch (refusal.reason) {
    case 'replayed':
    case 'key-conflict':
      return 'replay';
    case 'foreign-object':
      return 'foreign-object';
    case 'not-asserted':
      return 'bad-signature';
    case 'not-allowed':
      return 'bad-schema';
    default:
      return undefined;
  }
};
