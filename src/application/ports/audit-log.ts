import type { AuditEntry, AuditHead, AuditRecord } from '../../domain/protection/audit-chain.ts';

/**
 * What the gateway decided and what was done at it, as one chain of digests. Promises, proved by
 * test/contracts/audit-log.test.ts:
 * - entries of one call are records one after another, whoever else appends at the same time;
 * - a signed head stands at the last record of every call;
 * - nothing is changed or taken away by any method.
 */
export interface AuditLog {
  append(entries: readonly AuditEntry[]): Promise<void>;
  /** In order, at most `limit`, from behind `seq`. */
  after(seq: number, limit: number): Promise<readonly AuditRecord[]>;
  /** In order, at most `limit`, from behind `seq`. */
  headsAfter(seq: number, limit: number): Promise<readonly AuditHead[]>;
}

/** What a log needs to make its chain. */
export interface AuditSeal {
  digest(text: string): string;
  sign(text: string): { readonly kid: string; readonly signature: string };
  holds(text: string, kid: string, signature: string): boolean;
}
