import type { AuditLog, AuditSeal } from '../../application/ports/audit-log.ts';
import {
  type AuditEntry,
  type AuditHead,
  type AuditRecord,
  chained,
  type ChainEnd,
  emptyChain,
  headText,
} from '../../domain/protection/audit-chain.ts';

/** The audit log in lists. */
export class MemoryAuditLog implements AuditLog {
  readonly records: AuditRecord[] = [];
  readonly heads: AuditHead[] = [];
  readonly #seal: AuditSeal;

  constructor(seal: AuditSeal) {
    this.#seal = seal;
  }

  append(entries: readonly AuditEntry[]): Promise<AuditHead | undefined> {
    let end: ChainEnd = this.records.at(-1) ?? emptyChain;
    for (const entry of entries) {
      const record = chained(end, entry, (text) => this.#seal.digest(text));
      this.records.push(record);
      end = record;
    }
    const last = this.records.at(-1);
    if (entries.length === 0 || last === undefined) return Promise.resolve(undefined);
    const { seq, digest, at } = last;
    const head = { seq, digest, at, ...this.#seal.sign(headText({ seq, digest, at })) };
    this.heads.push(head);
    return Promise.resolve(head);
  }

  after(seq: number, limit: number): Promise<readonly AuditRecord[]> {
    return Promise.resolve(this.records.filter((record) => record.seq > seq).slice(0, limit));
  }

  headsAfter(seq: number, limit: number): Promise<readonly AuditHead[]> {
    return Promise.resolve(this.heads.filter((head) => head.seq > seq).slice(0, limit));
  }
}
