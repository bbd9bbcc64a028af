import type { Brand } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

export type RefusedBodyId = Brand<string, 'RefusedBodyId'>;

/** What is kept of the body of a message that could not be believed. */
export interface RefusedBody {
  readonly id: RefusedBodyId;
  readonly at: Instant;
  /** Of the incident it belongs to. */
  readonly incidentKey: string;
  /** As the message claimed. */
  readonly messageId: string;
  /** SHA-256 of the whole body, in hexadecimal. */
  readonly digest: string;
  /** Of the whole body, in bytes. */
  readonly length: number;
  /** Its beginning, locked: nobody reads it in passing. */
  readonly sealed: string;
}

/**
 * Bodies of messages that were refused at first sight. Promises, proved by test/contracts/refused-body-store.test.ts:
 * - of each hour no more than the newest `perHour` remain, however many come;
 * - what was added twice is there once.
 */
export interface RefusedBodyStore {
  add(bodies: readonly RefusedBody[], perHour: number): Promise<void>;
  find(id: RefusedBodyId): Promise<RefusedBody | undefined>;
  /** Newest first; of one incident key and time, or of all. */
  list(
    limit: number,
    of?: { readonly incidentKey: string; readonly from: Instant; readonly to: Instant },
  ): Promise<RefusedBody[]>;
  forgetBefore(moment: Instant): Promise<void>;
}

/** Digests bodies, and locks what is kept of them for people who have the key. */
export interface BodyLock {
  digest(body: Uint8Array): string;
  seal(bytes: Uint8Array, purpose: string): string;
  /** Opens what `seal` locked for the same purpose; throws when it was altered or locked with another key. */
  open(sealed: string, purpose: string): Uint8Array;
}
