import type { AuditEntry, AuditHead, AuditRecord } from '../../domain/protection/audit-chain.ts';

/** The audit log as it is read. */
export interface AuditPages {
  /** In order, at most `limit`, from behind `seq`. */
  after(seq: number, limit: number): Promise<readonly AuditRecord[]>;
  /** In order, at most `limit`, from behind `seq`. */
  headsAfter(seq: number, limit: number): Promise<readonly AuditHead[]>;
}

/**
 * What the gateway decided and what was done at it, as one chain of digests. Promises, proved by
 * test/contracts/audit-log.test.ts:
 * - entries of one call are records one after another, whoever else appends at the same time;
 * - a signed head stands at the last record of every call;
 * - nothing is changed or taken away by any method.
 */
export interface AuditLog extends AuditPages {
  /** Answers the head; undefined where there was nothing to append. */
  append(entries: readonly AuditEntry[]): Promise<AuditHead | undefined>;
}

/** What it takes to look a chain over. */
export interface AuditReader {
  digest(text: string): string;
  /** Whether a key of the gateway’s signed this, however long ago. */
  holds(text: string, kid: string, signature: string): boolean;
}

/** What a log needs to make its chain. */
export interface AuditSeal extends AuditReader {
  sign(text: string): { readonly kid: string; readonly signature: string };
}
